"""The app's action endpoint: one kept connection, a short time limit, and a reply schema compiled once."""

from __future__ import annotations

from typing import Any

import aiohttp
import jsonschema
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

# Below the app's own limit for a turn (8 s), far below Rasa's (5 minutes, with the conversation locked).
TIMEOUT_S = 6.0


class ActionEndpoint(EndpointConfig):
    """EndpointConfig that keeps its session; error bodies other than 400 are dropped, for they could quote a text."""

    _session: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any | None:
        """The decoded reply. Raises ClientResponseError (status ≥ 400), aiohttp.ClientError or asyncio.TimeoutError."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers=self.headers, timeout=aiohttp.ClientTimeout(total=TIMEOUT_S), trust_env=False
            )
        async with self._session.request(method, self.url, json=kwargs["json"], compress=compress) as response:
            if response.status >= 400:
                body = await response.text() if response.status == 400 else "withheld"
                raise ClientResponseError(response.status, response.reason or "", body)
            return await response.json()

    async def close(self) -> None:
        """Close the kept connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def compile_reply_schema() -> None:
    """Stock Rasa checks the schema itself on every reply (25 ms); check the replies only."""
    schema = RemoteAction.action_response_format_spec()
    validator = jsonschema.validators.validator_for(schema)(schema)

    def validate(_action: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    setattr(RemoteAction, "_validate_action_result", validate)  # noqa: B010  (Rasa offers no hook)
