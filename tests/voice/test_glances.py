"""Quick readings of speech that still goes on: never before a whole recording, and never more than wait their turn."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from maru.settings import Settings
from tests.voice.recordings import encode, tone
from voice.audio import Waveform
from voice.errors import SpeechBusy, SpeechTimeout
from voice.hints import NearTitles
from voice.recognizer import Hypothesis, Transcript
from voice.speech_service import SpeechService

CLIP = encode(tone(0.5))
SOUND = Waveform(tone(0.5))


class GatedRecognizer:
    """Reads only while the gate is open, and notes in which order."""

    def __init__(self, text: str, order: list[str], gate: threading.Event) -> None:
        self._text = text
        self._order = order
        self._gate = gate
        self.started = threading.Semaphore(0)

    def transcribe(self, waveform: Waveform, locale: str, bias: NearTitles | None = None) -> Transcript:
        self.started.release()
        assert self._gate.wait(30)
        self._order.append(self._text)
        return Transcript(self._text, 0.9, waveform.seconds, locale, (Hypothesis(self._text, 1.0),))


class Desk:
    """A service with both recognisers, held by the test."""

    def __init__(self, timeout_s: float = 10.0) -> None:
        self.order: list[str] = []
        self.gate = threading.Event()
        self.whole = GatedRecognizer("whole", self.order, self.gate)
        self.quick = GatedRecognizer("glance", self.order, self.gate)
        settings = Settings(speech_queue=2, speech_timeout_s=timeout_s)
        self.service = SpeechService(self.whole, settings, quick=self.quick)

    async def until_reading(self, which: GatedRecognizer) -> None:
        assert await asyncio.to_thread(which.started.acquire, True, 10)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    held = Desk()
    async with held.service:
        yield held
        held.gate.set()


async def test_when_nobody_waits_then_a_glance_is_read_quickly(desk: Desk) -> None:
    desk.gate.set()
    glance = await desk.service.glance(SOUND, "ko")
    assert glance is not None
    assert glance.text == "glance"


async def test_when_speech_is_decoded_already_then_it_is_read_like_a_recording(desk: Desk) -> None:
    desk.gate.set()
    transcript = await desk.service.transcribe_waveform(SOUND, "ko")
    assert transcript.text == "whole"
    assert transcript.timings.decode_ms < 5


async def test_when_a_recording_is_read_or_waits_then_nobody_glances(desk: Desk) -> None:
    idle = [desk.service.is_idle]
    reading = asyncio.create_task(desk.service.transcribe(CLIP, "ko"))
    await desk.until_reading(desk.whole)
    idle.append(desk.service.is_idle)
    assert idle == [True, False]
    assert await desk.service.glance(SOUND, "ko") is None
    desk.gate.set()
    await reading


async def test_when_a_recording_comes_then_it_is_read_before_the_glances_that_wait(desk: Desk) -> None:
    glances = [asyncio.create_task(desk.service.glance(SOUND, "ko"))]
    await desk.until_reading(desk.quick)
    glances.append(asyncio.create_task(desk.service.glance(SOUND, "ko")))
    await asyncio.sleep(0)
    assert desk.service.is_idle
    whole = asyncio.create_task(desk.service.transcribe(CLIP, "ko"))
    await asyncio.sleep(0)
    desk.gate.set()
    await asyncio.gather(whole, *glances)
    assert desk.order == ["glance", "whole", "glance"]


async def test_when_glances_wait_then_the_places_of_recordings_are_free(desk: Desk) -> None:
    glances = [asyncio.create_task(desk.service.glance(SOUND, "ko"))]
    await desk.until_reading(desk.quick)
    glances += [asyncio.create_task(desk.service.glance(SOUND, "ko")) for _ in range(2)]
    await asyncio.sleep(0)
    assert await desk.service.glance(SOUND, "ko") is None  # their own line is bounded too
    recordings = [asyncio.create_task(desk.service.transcribe(CLIP, "ko")) for _ in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(SpeechBusy):
        await desk.service.transcribe(CLIP, "ko")
    desk.gate.set()
    assert [each.text for each in await asyncio.gather(*recordings)] == ["whole"] * 3
    await asyncio.gather(*glances)


async def test_when_a_waiting_glance_is_given_up_then_it_is_not_read(desk: Desk) -> None:
    reading = asyncio.create_task(desk.service.glance(SOUND, "ko"))
    await desk.until_reading(desk.quick)
    waiting = asyncio.create_task(desk.service.glance(SOUND, "ko"))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    desk.gate.set()
    await reading
    assert await desk.service.glance(SOUND, "ko") is not None
    assert desk.order == ["glance", "glance"]


async def test_when_the_service_closes_then_waiting_glances_are_turned_away() -> None:
    desk = Desk()
    reading = asyncio.create_task(desk.service.glance(SOUND, "ko"))
    await desk.until_reading(desk.quick)
    waiting = asyncio.create_task(desk.service.glance(SOUND, "ko"))
    await asyncio.sleep(0)
    closing = asyncio.create_task(desk.service.close())
    await asyncio.sleep(0)
    desk.gate.set()
    await closing
    assert await reading is not None
    with pytest.raises(SpeechBusy):
        await waiting
    assert await desk.service.glance(SOUND, "ko") is None


async def test_when_a_glance_takes_too_long_then_it_is_given_up() -> None:
    desk = Desk(timeout_s=0.05)
    with pytest.raises(SpeechTimeout):
        await desk.service.glance(SOUND, "ko")
    desk.gate.set()
    await desk.service.close()
