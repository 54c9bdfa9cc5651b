"""``/api/v1/voice/stream``: one utterance sent while it is spoken, its text so far, and its reply.

``docs/api.md`` describes the messages. Sound and words stay in memory and are gone when the connection ends.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter, WebSocket
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.websockets import WebSocketDisconnect, WebSocketState

from knowledge.entry import Locale
from maru.settings import Settings
from voice.audio import AudioLimits
from voice.commands import Expecting
from voice.errors import AudioEmpty, AudioError, AudioTooLarge, AudioUnreadable, SpeechError, VoiceError
from voice.recognizer import Transcript
from voice.stream import LiveSpeech, Partial, SpeechEnded, SpeechStarted
from voice.stream_audio import ContainerSlices, PcmSlices, SoundSlices
from web.parts import NotLoadedError
from web.problems import Problem, locale_of, sentence_of
from web.sessions import Session, UnknownSessionError
from web.spoken_turn import SpokenTurns

_LOG = structlog.get_logger("maru.voice_stream")

START_WITHIN_S: Final = 5.0
_IDLE_S = 10.0
"""Without sound for this long the utterance counts as ended; the microphone or the network is gone."""
_SLACK_S = 30.0

_CLOSING = {
    "audio_too_large": 1009,
    "speech_busy": 1013,
    "speech_timeout": 1013,
    "speech_unavailable": 1013,
    "internal_error": 1011,
}
_PROTOCOL = 1008

router = APIRouter()


class Start(BaseModel):
    """The first message: how the utterance is to be heard."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    type: Literal["start"]
    session_id: str = Field(max_length=400)
    format: Literal["pcm16", "opus"]
    locale: Locale | None = None
    turn_key: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")] = None
    expecting: Expecting | None = None
    commands: bool = False
    hands_free: bool = False


class OpenStreams:
    """Counts the utterances that are being spoken in this process; at most ``most`` at a time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open = 0

    def __len__(self) -> int:
        return self._open

    def __enter__(self) -> None:
        if self._open >= self._most:
            raise Problem(503, "speech_busy")
        self._open += 1

    def __exit__(self, *_error: object) -> None:
        self._open -= 1


@router.websocket("/api/v1/voice/stream")
async def voice_stream(socket: WebSocket) -> None:
    """Hear one utterance as it is spoken and answer it."""
    if not comes_from_own_page(socket):
        await socket.close(_PROTOCOL)  # before it is accepted: the client gets status 403
        return
    await socket.accept()
    try:
        await _served(socket)
    except WebSocketDisconnect:
        _LOG.info("live_speech_left")
    except Exception as error:
        problem = error if isinstance(error, Problem) else Problem(500, "internal_error")
        if not isinstance(error, Problem):
            _LOG.exception("live_speech_failed")
        await _refuse(socket, problem)


def comes_from_own_page(socket: WebSocket) -> bool:
    """Whether the page that opened this connection is of this server; programs, which name no page, always may.

    No script can forge either header. Ports are left out, for proxies do so too.
    """
    origin = socket.headers.get("origin")
    if origin is None:
        return True
    hosts = [*socket.headers.getlist("host"), *socket.headers.get("x-forwarded-host", "").split(",")]
    return _host(origin) in {_host(f"//{host.strip()}") for host in hosts if host.strip()}


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


async def _served(socket: WebSocket) -> None:
    with socket.app.state.open_streams:
        start, session = await _started(socket)
        stream = _Stream(socket, start, session)
        transcript = await stream.hear()
        if transcript is None:
            await socket.close()
            return
        await stream.answer(transcript)


async def _started(socket: WebSocket) -> tuple[Start, Session]:
    try:
        message = await asyncio.wait_for(socket.receive(), START_WITHIN_S)
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1006))
        start = Start.model_validate_json(message.get("text") or "")
        return start, socket.app.state.tokens.read(start.session_id)
    except (TimeoutError, ValidationError):
        raise Problem(422, "invalid_request", fields="start") from None
    except UnknownSessionError:
        raise Problem(404, "session_unknown") from None


async def _refuse(socket: WebSocket, problem: Problem) -> None:
    if problem.status >= 500:
        _LOG.warning("live_speech_refused", code=problem.code)
    body = {"code": problem.code, "message": sentence_of(problem, locale_of(socket))}
    try:
        await socket.send_json({"type": "error", "error": body})
        await socket.close(_CLOSING.get(problem.code, _PROTOCOL))
    except (WebSocketDisconnect, RuntimeError):
        return  # nobody is there to be told


class _Stream:
    """One utterance of a session."""

    def __init__(self, socket: WebSocket, start: Start, session: Session) -> None:
        settings: Settings = socket.app.state.settings
        self._socket = socket
        self._start = start
        self._session = session
        self._limits = AudioLimits.from_settings(settings)
        self._spoken: SpokenTurns = socket.app.state.spoken_turns
        try:
            service = socket.app.state.parts.speech
        except NotLoadedError:
            raise Problem(503, "speech_unavailable") from None
        locale = start.locale or session.locale
        hints = self._spoken.hints(session, start.locale, commands=start.commands, expecting=start.expecting)
        self._speech = LiveSpeech(service, settings, locale, hands_free=start.hands_free, hints=hints)
        self._slices: SoundSlices = (
            PcmSlices(self._speech.take)
            if start.format == "pcm16"
            else ContainerSlices(self._speech.take, self._limits)
        )
        self._bytes = 0
        self._ended_at = time.monotonic()

    async def hear(self) -> Transcript | None:
        """What was said, once it is said to the end; None where the client took it back."""
        receiving = asyncio.create_task(self._receive())
        listening = asyncio.create_task(self._speech.listen(self._tell))
        try:
            await self._send("ready")
            await asyncio.wait({receiving, listening}, return_when=asyncio.FIRST_COMPLETED)
            if listening.done():
                return listening.result()
            receiving.result()  # raises what was wrong
            return None
        except (AudioError, SpeechError) as error:
            raise _problem_of(error, self._limits) from None
        finally:
            receiving.cancel()
            listening.cancel()
            self._speech.close()
            self._slices.close()
            await asyncio.gather(receiving, listening, return_exceptions=True)

    async def answer(self, transcript: Transcript) -> None:
        """Tell what was heard and reply to it; a client that has left meanwhile is answered all the same."""
        meant = self._spoken.understood(transcript)
        try:
            await self._send("heard", text=meant.text)
        except (WebSocketDisconnect, RuntimeError):
            _LOG.info("live_speech_left")
        body = await self._spoken.answer(
            self._session, meant, locale=self._start.locale, turn_key=self._start.turn_key, started=self._ended_at
        )
        if self._socket.application_state is WebSocketState.CONNECTED:
            await self._send("reply", **body.model_dump(mode="json"))
            await self._socket.close()
        _LOG.info("live_speech", audio_s=round(transcript.audio_s, 2), ms=round(body.timings_ms.total))

    async def _receive(self) -> None:
        """Take sound until the client takes it back; ends otherwise only with an error or by being cancelled."""
        deadline = time.monotonic() + self._limits.max_seconds + _SLACK_S
        stopped = False
        while True:
            patience_s = None if stopped else max(0.0, min(_IDLE_S, deadline - time.monotonic()))
            try:
                message = await asyncio.wait_for(self._socket.receive(), patience_s)
            except TimeoutError:
                message = {"type": "websocket.receive", "text": '{"type": "stop"}'}
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1006))
            data = message.get("bytes")
            if data is not None:
                self._take(data)
            elif (wanted := _kind_of(message.get("text"))) == "cancel":
                return
            elif wanted != "stop":
                raise Problem(422, "invalid_request", fields="type")
            elif not stopped:
                stopped = True
                await self._stop()

    def _take(self, data: bytes) -> None:
        self._bytes += len(data)
        if self._bytes > self._limits.max_bytes:
            raise AudioTooLarge("more bytes than are taken")
        if not self._speech.is_full:
            self._slices.add(data)

    async def _stop(self) -> None:
        self._ended_at = time.monotonic()
        if not self._bytes:
            raise AudioEmpty("no bytes were sent")
        await self._slices.end()
        if not self._speech.seconds:
            raise AudioUnreadable("not a sample")
        self._speech.stop()

    async def _tell(self, event: SpeechStarted | Partial | SpeechEnded) -> None:
        match event:
            case SpeechStarted():
                await self._send("speech_started")
            case Partial(text):
                await self._send("partial", text=text)
            case SpeechEnded():
                self._ended_at = time.monotonic()
                await self._send("speech_ended")

    async def _send(self, kind: str, **values: Any) -> None:
        await self._socket.send_text(json.dumps({"type": kind, **values}, ensure_ascii=False))


def _kind_of(text: str | None) -> object:
    try:
        message = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    return message.get("type") if isinstance(message, dict) else None


def _problem_of(error: VoiceError, limits: AudioLimits) -> Problem:
    status = 503 if isinstance(error, SpeechError) else 422
    return Problem(status, error.code, limit=int(limits.max_seconds))
