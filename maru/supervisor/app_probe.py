"""What the supervisor asks the app: does it live, with which embedder, is everything ready."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import httpx

TIMEOUT_S = 10.0


class AppProbe:
    """A client of one app; an app that doesn't answer is an answer too."""

    def __init__(self, url: str, rasa_secret: str) -> None:
        # trust_env: a proxy has no business between two processes of one machine.
        self._client = httpx.AsyncClient(base_url=url, timeout=TIMEOUT_S, trust_env=False)
        self._authorization = {"Authorization": f"Bearer {rasa_secret}"}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def lives(self) -> bool:
        """Whether the process answers at all."""
        response = await self._get("/api/v1/health")
        return response is not None and response.status_code == 200

    async def fingerprint(self) -> str | None:
        """Which embedder the app has loaded; None while it hasn't, or where it doesn't know our secret."""
        response = await self._get("/internal/embeddings/fingerprint", headers=self._authorization)
        if response is None or response.status_code != 200:
            return None
        model = _object(response).get("model")
        return model if isinstance(model, str) and model else None

    async def missing_parts(self) -> list[str] | None:
        """The parts that aren't ready, none when all are; None when the app doesn't answer."""
        response = await self._get("/api/v1/ready")
        if response is None:
            return None
        if response.status_code == 200:
            return []
        parts = _object(response).get("parts")
        return sorted(name for name, ready in parts.items() if not ready) if isinstance(parts, dict) else None

    async def _get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response | None:
        try:
            return await self._client.get(path, headers=headers)
        except httpx.HTTPError:
            return None


def _object(response: httpx.Response) -> dict[str, Any]:
    try:
        content = response.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
