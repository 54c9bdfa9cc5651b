"""``POST /api/v1/speech``: a reply of this conversation as sound, for devices without a voice of their own."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from voice.errors import SynthesisError
from voice.synthesis_service import SynthesisService
from web.api import CurrentConversation, CurrentSession
from web.problems import Problem

_LOG = structlog.get_logger("maru.speech")

router = APIRouter(prefix="/api/v1")


class SpeechRequest(BaseModel):
    """Which reply to read aloud, and how fast."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    turn_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{32}$")]
    rate: Annotated[float, Field(ge=0.5, le=2.0)] = 1.0


@router.post("/speech", responses={200: {"content": {"audio/wav": {}}}}, response_class=Response)
async def speech(
    body: SpeechRequest, request: Request, session: CurrentSession, conversation: CurrentConversation
) -> Response:
    """Read one of the session's last replies aloud; no text is taken from the client."""
    reply = conversation.spoken.find(session.key, body.turn_id)
    if reply is None:
        raise Problem(404, "turn_unknown")
    synthesis: SynthesisService = request.app.state.synthesis
    try:
        sound = await synthesis.speak(reply.speech, reply.locale, body.rate)
    except (SynthesisError, ValueError) as error:
        code = error.code if isinstance(error, SynthesisError) else SynthesisError.code
        _LOG.warning("synthesis_refused", code=code)
        raise Problem(503, code) from None
    return Response(sound.as_wav(), media_type="audio/wav", headers={"Cache-Control": "no-store"})
