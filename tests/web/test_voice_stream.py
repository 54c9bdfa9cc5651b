"""The WebSocket of live speech, in this process: the real recogniser where words matter, hostile clients elsewhere."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from maru.settings import ROOT, Settings
from tests.voice.recordings import Samples, noise, silence
from voice.audio import AudioLimits, Waveform, decode
from voice.hints import Hints, NearTitles
from voice.normalise import character_error_rate
from voice.recognizer import Hypothesis, Transcript
from voice.speech_service import SpeechService
from voice.stream import GLANCE
from voice.whisper_recognizer import WhisperRecognizer
from web import voice_stream
from web.schemas import VoiceBody

PATH = "/api/v1/voice/stream"
CLIPS = ROOT / "tests" / "fixtures" / "audio"
SAID = "전입신고는 어떻게 하나요"


class ReadyRecognizer:
    """Hears the same words in every speech, at once."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.text = SAID

    def transcribe(self, waveform: Waveform, locale: str, bias: NearTitles | None = None) -> Transcript:
        assert self.gate.wait(30)
        if not np.abs(waveform.samples).max() > 0.05:
            return Transcript("", 0.0, waveform.seconds, locale)
        return Transcript(self.text, 0.9, waveform.seconds, locale, (Hypothesis(self.text, 1.0),))


@pytest.fixture(scope="module")
def question() -> Samples:
    limits = AudioLimits(max_bytes=10_000_000, max_seconds=60.0)
    return decode((CLIPS / "move-in.wav").read_bytes(), limits).samples


@pytest.fixture
def recognizer() -> ReadyRecognizer:
    return ReadyRecognizer()


@pytest.fixture
def client(app: FastAPI, app_settings: Settings, recognizer: ReadyRecognizer) -> Iterator[TestClient]:
    """Without the app's start: only speech is loaded, and replies say that the rest isn't."""
    service = app.state.parts._speech = SpeechService(recognizer, app_settings)
    yield TestClient(app, base_url="http://maru")
    recognizer.gate.set()
    asyncio.run(service.close())


@pytest.fixture
def start(app: FastAPI) -> dict[str, Any]:
    """A first message."""
    session = app.state.tokens.issue("citizen", "ko")
    return {"type": "start", "session_id": session.token, "format": "pcm16", "hands_free": True}


def pcm(samples: Samples) -> bytes:
    return (samples * 32767).astype("<i2").tobytes()


def until_closed(socket: WebSocketTestSession) -> tuple[list[dict[str, Any]], int]:
    """Every message until the server closes, and the code with which it does."""
    messages = []
    try:
        while True:
            messages.append(socket.receive_json())
    except WebSocketDisconnect as closed:
        return messages, closed.code


def kinds(messages: list[dict[str, Any]]) -> list[str]:
    return [message["type"] for message in messages]


def refusal(messages: list[dict[str, Any]]) -> str:
    assert messages[-1]["type"] == "error"
    assert messages[-1]["error"]["message"]
    return str(messages[-1]["error"]["code"])


def wait_until_free(app: FastAPI) -> None:
    deadline = time.monotonic() + 5
    while len(app.state.open_streams) or any(thread.name == "live-sound" for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_when_somebody_speaks_hands_free_then_every_event_comes_in_order(
    app: FastAPI, client: TestClient, start: dict[str, Any], question: Samples
) -> None:
    with client.websocket_connect(PATH) as socket:
        socket.send_json(start)
        assert socket.receive_json() == {"type": "ready"}
        sound = pcm(np.concatenate([question, silence(3.0)]))
        for begin in range(0, len(sound), 3201):  # odd: samples are cut in two
            socket.send_bytes(sound[begin : begin + 3201])
            time.sleep(0.01)
        messages, code = until_closed(socket)
    assert code == 1000
    assert list(dict.fromkeys(kinds(messages))) == ["speech_started", "partial", "speech_ended", "heard", "reply"]
    assert messages[-2] == {"type": "heard", "text": SAID}
    body = VoiceBody.model_validate({k: v for k, v in messages[-1].items() if k != "type"})
    assert body.heard.text == SAID
    assert body.reply is not None
    assert body.reply.status == "unavailable"
    wait_until_free(app)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["move-in.webm", "move-in.ogg"])
def test_when_a_browser_sends_what_it_records_then_it_is_heard(
    app: FastAPI, client: TestClient, start: dict[str, Any], name: str
) -> None:
    whisper = WhisperRecognizer.load(Settings())
    service = app.state.parts.speech
    service._recognizer, service._quick = whisper, whisper.with_decoding(GLANCE)
    data = (CLIPS / name).read_bytes()
    with client.websocket_connect(PATH) as socket:
        socket.send_json({**start, "format": "opus", "hands_free": False})
        step = len(data) // 25
        for begin in range(0, len(data), step):
            socket.send_bytes(data[begin : begin + step])
            time.sleep(0.1)
        socket.send_json({"type": "stop"})
        messages, code = until_closed(socket)
    assert code == 1000
    assert "speech_ended" not in kinds(messages)
    assert "partial" in kinds(messages)
    assert character_error_rate(messages[-2]["text"], SAID) <= 0.2


def test_when_a_held_button_is_let_go_then_everything_up_to_there_counts(
    client: TestClient, start: dict[str, Any], question: Samples
) -> None:
    with client.websocket_connect(PATH) as socket:
        socket.send_json({**start, "hands_free": False})
        socket.send_bytes(pcm(question))
        socket.send_json({"type": "stop"})
        socket.send_json({"type": "stop"})  # tapped twice
        messages, code = until_closed(socket)
    assert code == 1000
    assert kinds(messages)[-2:] == ["heard", "reply"]
    assert messages[-1]["heard"]["audio_s"] == pytest.approx(len(question) / 16_000, abs=0.01)


@pytest.mark.parametrize(
    ("text", "commands", "command", "heard", "replied"),
    [
        ("다시 읽어 줘.", True, "again", "다시 읽어 줘.", False),
        ("다시 읽어 줘.", False, None, "다시 읽어 줘.", True),
        ("응, 맞아.", True, "yes", "네", True),
        (SAID, True, None, SAID, True),
    ],
)
def test_when_commands_are_listened_for_then_live_and_uploaded_speech_tell_the_same(
    client: TestClient,
    start: dict[str, Any],
    question: Samples,
    recognizer: ReadyRecognizer,
    text: str,
    commands: bool,
    command: str | None,
    heard: str,
    replied: bool,
) -> None:
    recognizer.text = text
    with client.websocket_connect(PATH) as socket:
        socket.send_json({**start, "commands": commands, "expecting": "yes_no"})
        socket.send_bytes(pcm(question))
        socket.send_json({"type": "stop"})
        live = until_closed(socket)[0][-1]
    uploaded = client.post(
        "/api/v1/voice",
        files={"audio": ("speech.wav", (CLIPS / "move-in.wav").read_bytes())},
        data={"commands": str(commands).lower(), "expecting": "yes_no"},
        headers={"X-Maru-Session": start["session_id"]},
    ).json()
    for body in (live, uploaded):
        assert (body["command"], body["heard"]["text"], body["reply"] is not None) == (command, heard, replied)


@pytest.mark.parametrize("sound", [silence(11.0), noise(11.0, 0.01)], ids=["silence", "noise"])
def test_when_nothing_is_said_then_maru_asks_kindly_to_say_it_again(
    client: TestClient, start: dict[str, Any], sound: Samples
) -> None:
    with client.websocket_connect(PATH) as socket:
        socket.send_json(start)
        for begin in range(0, len(sound), 16_000):
            socket.send_bytes(pcm(sound[begin : begin + 16_000]))
        messages, code = until_closed(socket)
    assert code == 1000
    assert kinds(messages) == ["ready", "speech_ended", "heard", "reply"]
    assert messages[-1]["heard"]["text"] == ""
    assert messages[-1]["reply"]["status"] == "no_answer"


def test_when_a_minute_comes_at_once_then_it_is_answered_and_memory_is_bounded(
    app: FastAPI, client: TestClient, start: dict[str, Any], question: Samples
) -> None:
    sound = pcm(np.tile(question, 60)[: 16_000 * 90])
    with client.websocket_connect(PATH) as socket:
        socket.send_json({**start, "hands_free": False})
        for begin in range(0, len(sound), 200_000):
            socket.send_bytes(sound[begin : begin + 200_000])
        messages, code = until_closed(socket)
    assert code == 1000
    assert kinds(messages)[-3:] == ["speech_ended", "heard", "reply"]
    assert messages[-1]["heard"]["audio_s"] == pytest.approx(60.0, abs=0.1)


def test_when_the_wire_falls_silent_then_what_was_said_is_answered(
    client: TestClient, start: dict[str, Any], question: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_stream, "_IDLE_S", 0.3)
    with client.websocket_connect(PATH) as socket:
        socket.send_json(start)
        socket.send_bytes(pcm(question))
        messages, code = until_closed(socket)
    assert (code, messages[-1]["type"]) == (1000, "reply")


def test_when_it_is_cancelled_then_nothing_is_answered_and_everything_is_let_go(
    app: FastAPI, client: TestClient, start: dict[str, Any], question: Samples
) -> None:
    with client.websocket_connect(PATH) as socket:
        socket.send_json(start)
        socket.send_bytes(pcm(question))
        socket.send_json({"type": "cancel"})
        messages, code = until_closed(socket)
    assert code == 1000
    assert not {"heard", "reply", "error"} & set(kinds(messages))
    wait_until_free(app)


@pytest.mark.parametrize("sound_format", ["pcm16", "opus"])
def test_when_the_client_is_gone_in_the_middle_of_a_sentence_then_everything_is_let_go(
    app: FastAPI, client: TestClient, start: dict[str, Any], question: Samples, sound_format: str
) -> None:
    data = pcm(question) if sound_format == "pcm16" else (CLIPS / "move-in.webm").read_bytes()
    with client.websocket_connect(PATH) as socket:
        socket.send_json({**start, "format": sound_format})
        socket.send_bytes(data[: len(data) // 2])
        socket.receive_json()
    wait_until_free(app)
    assert app.state.parts.speech.waiting == 0


FIRST_MESSAGES = {
    "sound": b"\0" * 3200,
    "no JSON": "안녕하세요",
    "a list": "[]",
    "deep": "[" * 100_000,
    "another type": '{"type": "stop"}',
    "a number": "1e400",
}


@pytest.mark.parametrize("first", FIRST_MESSAGES.values(), ids=FIRST_MESSAGES)
def test_when_it_doesnt_begin_with_a_start_then_it_is_refused(client: TestClient, first: str | bytes) -> None:
    with client.websocket_connect(PATH) as socket:
        if isinstance(first, bytes):
            socket.send_bytes(first)
        else:
            socket.send_text(first)
        messages, code = until_closed(socket)
    assert (code, refusal(messages)) == (1008, "invalid_request")


@pytest.mark.parametrize(
    "change",
    [
        {"format": "mp3"},
        {"locale": "xx"},
        {"turn_key": "짧다"},
        {"expecting": "maybe"},
        {"commands": "perhaps"},
        {"more": 1},
        {"session_id": "x" * 500},
        {"session_id": None},
    ],
)
def test_when_the_start_is_wrong_then_it_is_refused(
    client: TestClient, start: dict[str, Any], change: dict[str, Any]
) -> None:
    with client.websocket_connect(PATH) as socket:
        socket.send_json(start | change)
        messages, code = until_closed(socket)
    assert (code, refusal(messages)) == (1008, "invalid_request")


def test_when_nothing_comes_at_all_then_the_connection_is_given_up(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_stream, "START_WITHIN_S", 0.1)
    with client.websocket_connect(PATH) as socket:
        messages, code = until_closed(socket)
    assert (code, refusal(messages)) == (1008, "invalid_request")


def test_when_the_session_is_unknown_then_it_says_so(client: TestClient, start: dict[str, Any]) -> None:
    with client.websocket_connect(PATH, headers={"Accept-Language": "en"}) as socket:
        socket.send_json(start | {"session_id": "nobody"})
        messages, code = until_closed(socket)
    assert (code, refusal(messages)) == (1008, "session_unknown")
    assert messages[-1]["error"]["message"].isascii()


@pytest.mark.parametrize("message", ['{"type": "sing"}', "stop", "[]", "[" * 50_000, '{"type": ["stop"]}'])
def test_when_a_later_message_is_unknown_then_it_is_refused(
    client: TestClient, start: dict[str, Any], message: str
) -> None:
    with client.websocket_connect(PATH) as socket:
        socket.send_json(start)
        socket.send_text(message)
        messages, code = until_closed(socket)
    assert (code, refusal(messages)) == (1008, "invalid_request")


@pytest.mark.parametrize(
    ("sound_format", "data", "error"),
    [
        ("opus", b"this is text, not sound" * 50, "audio_unreadable"),
        ("opus", (CLIPS / "move-in.webm").read_bytes()[:200], "audio_unreadable"),
        ("opus", b"#EXTM3U\nfile:///etc/passwd\n" * 20, "audio_unreadable"),
        ("opus", b"", "audio_empty"),
        ("pcm16", b"", "audio_empty"),
        ("pcm16", b"\0", "audio_unreadable"),
    ],
)
def test_when_what_was_sent_holds_no_sound_then_it_says_so(
    app: FastAPI, client: TestClient, start: dict[str, Any], sound_format: str, data: bytes, error: str
) -> None:
    with client.websocket_connect(PATH) as socket:
        socket.send_json({**start, "format": sound_format})
        socket.send_bytes(data)
        socket.send_json({"type": "stop"})
        messages, code = until_closed(socket)
    assert (code, refusal(messages)) == (1008, error)
    wait_until_free(app)


def test_when_more_bytes_come_than_are_taken_then_it_is_refused(client: TestClient, start: dict[str, Any]) -> None:
    with client.websocket_connect(PATH) as socket:
        socket.send_json({**start, "format": "opus"})
        for _ in range(60):
            socket.send_bytes(b"\x1a\x45\xdf\xa3" + b"\0" * 199_996)
        messages, code = until_closed(socket)
    assert (code, refusal(messages)) in {(1009, "audio_too_large"), (1008, "audio_unreadable")}


def test_when_the_recogniser_has_no_place_then_the_client_is_told_to_come_again(
    app: FastAPI, client: TestClient, start: dict[str, Any], question: Samples, recognizer: ReadyRecognizer
) -> None:
    recognizer.gate.clear()
    service = app.state.parts.speech
    waiting = []
    for _ in range(9):
        waiting.append(service._enqueue(Waveform(question), "ko", Hints()))
        time.sleep(0.05)
    with client.websocket_connect(PATH) as socket:
        socket.send_json(start)
        socket.send_bytes(pcm(question))
        socket.send_json({"type": "stop"})
        messages, code = until_closed(socket)
    assert (code, refusal(messages)) == (1013, "speech_busy")
    recognizer.gate.set()


def test_when_speech_isnt_loaded_then_the_client_is_told(
    app: FastAPI, client: TestClient, start: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.state.parts, "_speech", None)
    with client.websocket_connect(PATH) as socket:
        socket.send_json(start)
        messages, code = until_closed(socket)
    assert (code, refusal(messages)) == (1013, "speech_unavailable")


def test_when_too_many_speak_at_once_then_the_next_is_told_to_come_again(
    app: FastAPI, client: TestClient, start: dict[str, Any]
) -> None:
    app.state.open_streams = voice_stream.OpenStreams(1)
    with client.websocket_connect(PATH) as first:
        first.send_json(start)
        assert first.receive_json() == {"type": "ready"}
        with client.websocket_connect(PATH) as second:
            messages, code = until_closed(second)
        assert (code, refusal(messages)) == (1013, "speech_busy")
    wait_until_free(app)
    with client.websocket_connect(PATH) as third:
        third.send_json(start)
        assert third.receive_json() == {"type": "ready"}


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({}, True),
        ({"Origin": "http://maru"}, True),
        ({"Origin": "https://maru:8443"}, True),
        ({"Origin": "https://talk.city.example", "X-Forwarded-Host": "talk.city.example"}, True),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "https://maru.elsewhere.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "http://[maru"}, False),
        ({"Origin": "https://elsewhere.example", "X-Forwarded-Host": ""}, False),
    ],
)
def test_when_a_page_opens_it_then_only_our_own_may(
    client: TestClient, start: dict[str, Any], headers: dict[str, str], taken: bool
) -> None:
    def opened() -> None:
        with client.websocket_connect(PATH, headers={"Host": "maru:8000"} | headers) as socket:
            socket.send_json(start)
            assert socket.receive_json() == {"type": "ready"}
            # Who just leaves is sometimes cancelled by the test client before the server has noticed.
            socket.send_json({"type": "cancel"})
            assert socket.receive()["type"] == "websocket.close"

    if taken:
        opened()
    else:
        with pytest.raises(WebSocketDisconnect):
            opened()


def test_when_somebody_speaks_then_no_word_of_it_is_logged(
    client: TestClient, start: dict[str, Any], question: Samples, capsys: pytest.CaptureFixture[str]
) -> None:
    with client.websocket_connect(PATH) as socket:
        socket.send_json(start)
        socket.send_bytes(pcm(np.concatenate([question, silence(2.0)])))
        until_closed(socket)
    out = capsys.readouterr()
    logged = out.out + out.err
    assert "live_speech" in logged
    assert not re.search(r"[가-힣]|\\u[a-d]", logged)


def test_when_the_protocol_is_described_then_every_message_and_field_of_it_is() -> None:
    document = (ROOT / "docs" / "api.md").read_text("utf-8")
    section = document.split("## Live speech")[1]
    source = Path(voice_stream.__file__).read_text("utf-8")
    sent = set(re.findall(r'_send\("(\w+)"', source)) | {"error"}
    assert {"ready", "speech_started", "partial", "speech_ended", "heard", "reply"} <= sent
    for name in sent | set(voice_stream.Start.model_fields) | {"stop", "cancel"}:
        assert f'"{name}"' in section or f"`{name}`" in section, name
    example = re.search(r"```json\n(.*?)```", section, re.DOTALL)
    assert example is not None
    assert set(json.loads(example[1])) == set(voice_stream.Start.model_fields)
