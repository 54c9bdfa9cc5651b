"""Speaking live to the whole running system."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from maru.settings import ROOT
from tests.e2e.running_system import Conversation
from voice.audio import AudioLimits, decode

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
CLIPS = ROOT / "tests" / "fixtures" / "audio"


def _address(conversation: Conversation) -> str:
    return f"ws{conversation.system.url.removeprefix('http')}/api/v1/voice/stream"


async def _speak(conversation: Conversation, pieces: list[bytes], **start: Any) -> tuple[list[dict[str, Any]], int]:
    """Every message, and the code with which it ended, of sound that is sent in real time."""
    messages: list[dict[str, Any]] = []
    async with connect(_address(conversation), proxy=None) as socket:
        await socket.send(json.dumps({"type": "start", "session_id": conversation.token, **start}))

        async def send() -> None:
            for piece in pieces:
                await socket.send(piece)
                await asyncio.sleep(0.1)
            if not start.get("hands_free"):
                await socket.send('{"type": "stop"}')

        sending = asyncio.create_task(send())
        try:
            while True:
                messages.append(json.loads(await socket.recv()))
        except ConnectionClosed:
            return messages, socket.close_code or 0
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)


def _pcm(path: Path, silence_s: float) -> list[bytes]:
    samples = decode(path.read_bytes(), AudioLimits(10_000_000, 60.0)).samples
    sound = np.concatenate([samples, np.zeros(round(silence_s * 16_000), dtype=np.float32)])
    pcm = (sound * 32_767).astype("<i2").tobytes()
    return [pcm[start : start + 3200] for start in range(0, len(pcm), 3200)]


async def test_when_somebody_speaks_hands_free_then_the_end_is_found_and_the_entry_answers(
    conversation: Conversation,
) -> None:
    messages, code = await _speak(
        conversation, _pcm(CLIPS / "move-in.wav", 8.0), format="pcm16", hands_free=True, commands=True
    )
    print([(message["type"], message.get("text")) for message in messages])
    assert code == 1000
    kinds = [message["type"] for message in messages]
    assert kinds[:2] == ["ready", "speech_started"]
    assert kinds[-3:] == ["speech_ended", "heard", "reply"]
    reply = messages[-1]["reply"]
    found = {reply["entry_id"], *(suggestion["entry_id"] for suggestion in reply["suggestions"])}
    assert "resident-move-in-report" in found


async def test_when_a_browser_sends_what_it_records_until_a_tap_then_the_entry_answers(
    conversation: Conversation,
) -> None:
    data = (CLIPS / "move-in.webm").read_bytes()
    pieces = [data[start : start + 400] for start in range(0, len(data), 400)]
    messages, code = await _speak(conversation, pieces, format="opus", turn_key="live-turn-1")
    assert code == 1000
    reply = messages[-1]["reply"]
    found = {reply["entry_id"], *(suggestion["entry_id"] for suggestion in reply["suggestions"])}
    assert "resident-move-in-report" in found
    # The same utterance, uploaded because the reply seemed lost, is the same turn.
    again = conversation.system.http.post(
        "/api/v1/voice",
        files={"audio": ("audio.webm", data)},
        headers=conversation.headers | {"Idempotency-Key": "live-turn-1"},
    ).json()
    assert again["reply"]["turn_id"] == reply["turn_id"]


async def test_when_a_message_is_too_large_then_it_is_refused_and_the_server_goes_on(
    conversation: Conversation,
) -> None:
    _messages, code = await _speak(conversation, [b"\0" * 2_000_000], format="pcm16", hands_free=True)
    assert code == 1009
    assert conversation.ask("안녕하세요")["status"] == "smalltalk"


async def test_when_a_page_of_another_host_opens_it_then_the_handshake_is_refused(conversation: Conversation) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(_address(conversation), proxy=None, origin="https://elsewhere.example"):  # type: ignore[arg-type]
            pass
    assert refused.value.response.status_code == 403
