"""The app's side of Rasa's channel."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np

from actions.outcome import Outcome
from knowledge.embedder import Vectors
from knowledge.entry import Viewer
from privacy.scrubbed_text import ScrubbedText, require_scrubbed


class RasaUnavailableError(Exception):
    """Rasa can't be reached, is too slow, or answered with nothing: the turn has to do without it."""


@dataclass(frozen=True, slots=True)
class RasaAnswer:
    """What Rasa made of a message: the outcome its action gave, and the intent it heard."""

    outcome: Outcome
    intent: str | None
    confidence: float


class RasaClient:
    """Sends scrubbed utterances to Rasa's ``maru`` channel; nothing else may pass (checked at run time)."""

    def __init__(self, base_url: str, secret: str, timeout_s: float) -> None:
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=httpx.Timeout(timeout_s, connect=1.0),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=32),
            trust_env=False,
        )

    async def send(
        self,
        session: str,
        utterance: ScrubbedText | None,
        viewer: Viewer,
        *,
        turn_id: str,
        modality: str,
        choice: str | None = None,
        vector: Vectors | None = None,
    ) -> RasaAnswer:
        """One turn. ``vector`` is the utterance's embedding (dimension,), so that Rasa needn't ask for it.

        Raises ``RasaUnavailableError``; an empty reply counts as that too, for it means the action server was down.
        """
        body = {
            "sender": session,
            "text": require_scrubbed(utterance).text if utterance is not None else "",
            "choice": choice,
            "vector": None if vector is None else encode_vector(vector),
            "metadata": {
                "audience": viewer.audience,
                "locale": viewer.locale,
                "agency": viewer.agency,
                "modality": modality,
                "session": session,
                "turn": turn_id,
            },
        }
        try:
            response = await self._http.post("/webhooks/maru/webhook", json=body)
            response.raise_for_status()
            return _answer_of(response.json())
        except (httpx.HTTPError, ValueError, LookupError, TypeError, AttributeError, OverflowError):
            # Without the cause: its text may quote the request.
            raise RasaUnavailableError("Rasa didn't answer") from None

    async def forget(self, session: str) -> bool:
        """Erase a conversation from Rasa's tracker store; False where Rasa couldn't be reached."""
        try:
            response = await self._http.post("/webhooks/maru/forget", json={"sender": session})
        except httpx.HTTPError:
            return False
        return response.is_success

    async def is_ready(self) -> bool:
        """Whether Rasa has its model loaded and its own tracker store open."""
        try:
            response = await self._http.get("/webhooks/maru/health", timeout=2.0)
        except httpx.HTTPError:
            return False
        return response.is_success

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def _answer_of(content: Any) -> RasaAnswer:
    intent = content.get("intent") or {}
    name, confidence = intent.get("name"), float(intent.get("confidence") or 0.0)
    if not isinstance(name, str | None) or not 0 <= confidence <= 1:
        raise ValueError("not an intent")
    return RasaAnswer(Outcome.from_message(content["messages"][-1]), name, confidence)


def encode_vector(vector: Vectors) -> str:
    """A float vector as base64 of little-endian float16."""
    return base64.b64encode(np.ascontiguousarray(vector, dtype="<f2").tobytes()).decode("ascii")
