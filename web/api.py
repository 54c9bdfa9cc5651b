"""The REST API, version 1."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, File, Form, Header, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from actions.outcome import Outcome
from knowledge.entry import Locale
from maru.settings import Settings
from privacy.errors import VaultUnavailable
from privacy.transcripts import TranscriptStore
from voice.commands import Expecting
from voice.errors import AudioError, SpeechError
from voice.hints import Hints
from voice.recognizer import Transcript
from web.conversation import Conversation
from web.idempotency import RepeatedTurns, TurnKey
from web.parts import NotLoadedError, Parts
from web.privacy_try import preview_of
from web.problems import Problem
from web.rasa_client import RasaClient
from web.schemas import (
    ConsentBody,
    ConsentRequest,
    FeedbackRequest,
    HealthBody,
    NewSessionBody,
    ReadyBody,
    ReplyBody,
    SessionBody,
    SessionRequest,
    TriedBody,
    TryRequest,
    TurnRequest,
    VoiceBody,
)
from web.sessions import Session, SessionTokens, UnknownSessionError, opens_staff
from web.spoken_turn import SpokenTurns

_LOG = structlog.get_logger("maru.api")
_SPEECH_STATUS = {"audio_too_large": 413, "audio_too_long": 413, "speech_busy": 503, "speech_timeout": 503}

router = APIRouter(prefix="/api/v1")


def _session(request: Request, x_maru_session: Annotated[str | None, Header()] = None) -> Session:
    tokens: SessionTokens = request.app.state.tokens
    try:
        return tokens.read(x_maru_session)
    except UnknownSessionError:
        raise Problem(404, "session_unknown") from None


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _conversation(request: Request) -> Conversation:
    conversation: Conversation = request.app.state.turns
    return conversation


def _transcripts(request: Request) -> TranscriptStore:
    transcripts: TranscriptStore = request.app.state.transcripts
    return transcripts


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


def _repeated(request: Request) -> RepeatedTurns:
    repeated: RepeatedTurns = request.app.state.repeated_turns
    return repeated


def _spoken(request: Request) -> SpokenTurns:
    spoken: SpokenTurns = request.app.state.spoken_turns
    return spoken


CurrentSession = Annotated[Session, Depends(_session)]
CurrentSettings = Annotated[Settings, Depends(_settings)]
CurrentConversation = Annotated[Conversation, Depends(_conversation)]
Transcripts = Annotated[TranscriptStore, Depends(_transcripts)]
LoadedParts = Annotated[Parts, Depends(_parts)]
Repeated = Annotated[RepeatedTurns, Depends(_repeated)]
Spoken = Annotated[SpokenTurns, Depends(_spoken)]


@router.post("/sessions", status_code=201)
async def begin(
    body: SessionRequest,
    request: Request,
    settings: CurrentSettings,
    conversation: CurrentConversation,
    authorization: Annotated[str, Header()] = "",
) -> NewSessionBody:
    """Begin a conversation; the staff audience needs the staff token."""
    if body.audience == "staff" and not opens_staff(authorization, request.app.state.secrets.staff_token):
        raise Problem(403, "staff_token_required")
    if body.agency is not None and not await asyncio.to_thread(request.app.state.agencies.knows, body.agency):
        raise Problem(422, "agency_unknown")
    tokens: SessionTokens = request.app.state.tokens
    session = tokens.issue(body.audience, body.locale or settings.default_locale, body.agency)
    greeting = conversation.say(session, Outcome("smalltalk", wording="welcome"))
    return NewSessionBody(**SessionBody.of(session, consent=False).model_dump(), reply=ReplyBody.of(greeting))


@router.post("/turns")
async def turn(
    body: TurnRequest,
    session: CurrentSession,
    settings: CurrentSettings,
    conversation: CurrentConversation,
    repeated: Repeated,
    turn_key: TurnKey = None,
) -> ReplyBody:
    """Answer a question or a pressed suggestion; the same ``Idempotency-Key`` gets the same reply."""
    if (body.text is None) == (body.entry_id is None):
        raise Problem(422, "text_or_entry")
    if body.entry_id is not None:
        answer = partial(conversation.handle_choice, session, body.entry_id, body.locale)
    else:
        answer = partial(conversation.handle_text, session, checked_text(body.text, settings), body.locale)
    reply = await repeated.once(session.key, turn_key, answer)
    if reply.erased:
        repeated.forget(session.key)
    return ReplyBody.of(reply)


def checked_text(text: str | None, settings: Settings) -> str:
    """The question without surrounding space; raises ``Problem`` for an empty or over-long one."""
    text = (text or "").replace("\x00", " ").strip()
    if not text:
        raise Problem(422, "text_empty")
    if len(text) > settings.max_text_chars:
        raise Problem(413, "text_too_long", limit=settings.max_text_chars)
    return text


@router.post("/voice")
async def voice(
    session: CurrentSession,
    settings: CurrentSettings,
    parts: LoadedParts,
    spoken: Spoken,
    audio: Annotated[UploadFile, File()],
    locale: Annotated[Locale | None, Form()] = None,
    expecting: Annotated[Expecting | None, Form()] = None,
    commands: Annotated[bool, Form()] = False,
    turn_key: TurnKey = None,
) -> VoiceBody:
    """Answer a spoken question; the recording stays in memory and is gone with this request."""
    started = time.monotonic()
    hints = spoken.hints(session, locale, commands=commands, expecting=expecting)
    transcript = await _transcribed(await audio.read(), locale or session.locale, hints, parts, settings)
    meant = spoken.understood(transcript)
    return await spoken.answer(session, meant, locale=locale, turn_key=turn_key, started=started)


async def _transcribed(data: bytes, locale: Locale, hints: Hints, parts: Parts, settings: Settings) -> Transcript:
    try:
        return await parts.speech.transcribe(data, locale, hints)
    except NotLoadedError:
        raise Problem(503, "speech_unavailable") from None
    except (AudioError, SpeechError) as error:
        _LOG.warning("speech_refused", code=error.code)
        status = _SPEECH_STATUS.get(error.code, 422)
        raise Problem(status, error.code, limit=int(settings.max_audio_s)) from None


@router.get("/session")
async def session_state(session: CurrentSession, transcripts: Transcripts) -> SessionBody:
    """What holds for this conversation."""
    return SessionBody.of(session, await asyncio.to_thread(transcripts.has_consent, session.key))


@router.put("/session/consent")
async def set_consent(body: ConsentRequest, session: CurrentSession, transcripts: Transcripts) -> ConsentBody:
    """Allow or forbid keeping scrubbed turns; forbidding erases what was kept."""
    try:
        await asyncio.to_thread(transcripts.set_consent, session.key, body.consent)
    except SQLAlchemyError:
        raise Problem(503, "storage_failed") from None
    return ConsentBody(consent=body.consent)


@router.delete("/session", status_code=204)
async def forget(session: CurrentSession, conversation: CurrentConversation, repeated: Repeated) -> Response:
    """Erase transcript, dialogue state and vault of this conversation."""
    repeated.forget(session.key)
    try:
        erasure = await conversation.forget(session)
    except (SQLAlchemyError, VaultUnavailable):
        raise Problem(503, "storage_failed") from None
    if not erasure.complete:
        raise Problem(503, "rasa_unreachable")
    return Response(status_code=204)


@router.post("/feedback", status_code=204)
async def feedback(
    body: FeedbackRequest, session: CurrentSession, conversation: CurrentConversation, transcripts: Transcripts
) -> Response:
    """Remember whether a reply helped; the same turn's later vote replaces the earlier one.

    A vote is kept without consent, so nothing in it may be made up: an id that no entry has is left out.
    """
    entry_id = body.entry_id if body.entry_id and await conversation.offers(session, body.entry_id) else None
    try:
        await asyncio.to_thread(transcripts.record_feedback, body.turn_id, body.value, entry_id)
    except SQLAlchemyError:
        raise Problem(503, "storage_failed") from None
    return Response(status_code=204)


@router.post("/staff/privacy/try")
async def try_privacy(
    body: TryRequest, session: CurrentSession, settings: CurrentSettings, parts: LoadedParts
) -> TriedBody:
    """What would be kept of a dialogue, for staff to see; nothing of it is stored, logged or passed on."""
    if session.audience != "staff":
        raise Problem(403, "staff_token_required")
    return TriedBody.model_validate((await preview_of(body.turns, settings, parts)).as_json())


@router.get("/health")
async def health() -> HealthBody:
    """The process lives."""
    return HealthBody()


@router.get("/ready", responses={503: {"model": ReadyBody}})
async def ready(request: Request, parts: LoadedParts) -> JSONResponse:
    """Whether every part answers."""
    rasa: RasaClient = request.app.state.rasa
    status = await asyncio.to_thread(parts.status) | {"rasa": await rasa.is_ready()}
    body = ReadyBody(ready=all(status.values()), parts=status)
    return JSONResponse(body.model_dump(), 200 if body.ready else 503)
