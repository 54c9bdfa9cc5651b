from __future__ import annotations

import asyncio
import threading

import pytest

from voice.errors import SynthesisBusy
from voice.synthesis_service import SynthesisService
from voice.synthesizer import Speech


class Slow:
    """Reads when it is let; remembers what it read."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.read: list[str] = []

    def speak(self, text: str, locale: str, rate: float = 1.0) -> Speech:
        self.go.wait(5)
        self.read.append(text)
        return Speech(b"\0\0", 16_000)


async def test_when_every_place_is_taken_then_the_next_is_told_so_and_the_others_are_served() -> None:
    slow = Slow()
    service = SynthesisService(slow, places=1)
    served = [asyncio.create_task(service.speak(name, "ko")) for name in ("first", "second")]
    await asyncio.sleep(0)
    with pytest.raises(SynthesisBusy):
        await service.speak("third", "ko")
    slow.go.set()
    assert [speech.sample_rate for speech in await asyncio.gather(*served)] == [16_000, 16_000]
    assert (await service.speak("fourth", "ko")).pcm == b"\0\0"
    assert slow.read == ["first", "second", "fourth"]
    service.close()


async def test_when_a_waiting_caller_goes_away_then_its_text_is_not_read_and_its_place_is_free() -> None:
    slow = Slow()
    service = SynthesisService(slow, places=1)
    first = asyncio.create_task(service.speak("first", "ko"))
    second = asyncio.create_task(service.speak("second", "ko"))
    await asyncio.sleep(0.05)
    second.cancel()
    await asyncio.sleep(0.05)
    third = asyncio.create_task(service.speak("third", "ko"))
    await asyncio.sleep(0)
    slow.go.set()
    await asyncio.gather(first, third)
    assert slow.read == ["first", "third"]
    service.close()
