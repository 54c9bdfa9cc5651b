"""Speaks a recording into ``/api/v1/voice/stream`` as a microphone would, and notes when what came back."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from voice.audio import SAMPLE_RATE
from voice.stream_activity import SpeechTracker

Ending = Literal["hands-free", "tapped"]

_PIECE_S = 0.1
# What follows the words while the server makes up its mind.
_LONGEST_SILENCE_S = 12.0


@dataclass(slots=True)
class Spoken:
    """What came of one utterance. Milliseconds; None where there was nothing of the kind.

    ``first_text_ms`` counts from the first sound of speech, ``reply_ms`` from its last (or from the tap).
    """

    text: str = ""
    first_text_ms: float | None = None
    partials: list[str] = field(default_factory=list)
    cut_off: bool = False
    reply_ms: float | None = None
    error: str | None = None


def speech_ends(samples: NDArray[np.float32]) -> tuple[float, float]:
    """Seconds into the recording at which speech begins and ends; raises ValueError where nobody speaks."""
    tracker = SpeechTracker()
    tracker.add(samples)
    if tracker.started_at is None:
        raise ValueError("nobody speaks")
    return tracker.started_at / SAMPLE_RATE, min(tracker.ended_at, len(samples)) / SAMPLE_RATE


async def speak(url: str, session_id: str, samples: NDArray[np.float32], ending: Ending) -> Spoken:
    """Send ``samples`` (16 kHz) in real time; with "tapped" ``stop`` follows the last sound of speech at once."""
    begins_s, ends_s = speech_ends(samples)
    if ending == "tapped":
        samples = samples[: round(ends_s * SAMPLE_RATE)]
    spoken = Spoken()
    async with connect(url, proxy=None, compression=None) as socket:
        start = {"type": "start", "session_id": session_id, "format": "pcm16", "hands_free": ending == "hands-free"}
        await socket.send(json.dumps(start))
        while json.loads(await socket.recv())["type"] != "ready":
            pass
        began = time.perf_counter()
        sending = asyncio.create_task(_send(socket, samples, ending, began))
        try:
            while True:
                message = json.loads(await socket.recv())
                _note(spoken, message, time.perf_counter() - began, begins_s, ends_s)
        except ConnectionClosed:
            if spoken.reply_ms is None and spoken.error is None:
                spoken.error = f"closed with {socket.close_code}"
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
    return spoken


async def _send(socket: ClientConnection, samples: NDArray[np.float32], ending: Ending, began: float) -> None:
    if ending == "hands-free":
        samples = np.concatenate([samples, np.zeros(round(_LONGEST_SILENCE_S * SAMPLE_RATE), dtype=np.float32)])
    pcm = (samples * 32767).astype("<i2")
    step = round(_PIECE_S * SAMPLE_RATE)
    for start in range(0, len(pcm), step):
        piece = pcm[start : start + step]
        # A microphone hands a piece over when it is full.
        await asyncio.sleep(began + (start + len(piece)) / SAMPLE_RATE - time.perf_counter())
        await socket.send(piece.tobytes())
    if ending == "tapped":
        await socket.send(json.dumps({"type": "stop"}))


def _note(spoken: Spoken, message: dict[str, Any], at_s: float, begins_s: float, ends_s: float) -> None:
    match message["type"]:
        case "partial":
            if spoken.first_text_ms is None:
                spoken.first_text_ms = (at_s - begins_s) * 1000
            spoken.partials.append(message["text"])
        case "speech_ended":
            spoken.cut_off = at_s < ends_s
        case "heard":
            spoken.text = message["text"]
        case "reply":
            spoken.reply_ms = (at_s - ends_s) * 1000
        case "error":
            spoken.error = message["error"]["code"]
