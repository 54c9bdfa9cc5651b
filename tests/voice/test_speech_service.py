"""The line in front of the recogniser: bounded, timed, fair to those who leave, and forgetful."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
import weakref
from collections.abc import AsyncIterator

import pytest

from maru.settings import Settings
from tests.voice.recordings import Samples, encode, tone
from voice import speech_service
from voice.audio import Waveform
from voice.errors import AudioEmpty, AudioTooLarge, AudioTooLong, AudioUnreadable, SpeechBusy, SpeechTimeout
from voice.hints import Hints, NearTitles
from voice.recognizer import Hypothesis, Transcript
from voice.speech_service import SpeechService

CLIP = encode(tone(0.5))


class HeldRecognizer:
    """A recogniser that takes as long as the test wants: it reads only while the gate is open."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.started = threading.Semaphore(0)
        self.heard: list[str] = []
        self.told: list[tuple[tuple[str, ...], str]] = []
        self.samples: list[weakref.ref[Samples]] = []
        self.concurrent = 0
        self.most_concurrent = 0

    def transcribe(self, waveform: Waveform, locale: str, bias: NearTitles | None = None) -> Transcript:
        self.samples.append(weakref.ref(waveform.samples))
        self.concurrent += 1
        self.most_concurrent = max(self.most_concurrent, self.concurrent)
        self.started.release()
        assert self.gate.wait(30)
        self.concurrent -= 1
        self.heard.append(locale)
        if bias is not None:
            self.told.append((tuple(bias("여권")), threading.current_thread().name))
        if locale == "xx":
            raise ValueError("unknown language")
        return Transcript("여권", 0.9, waveform.seconds, locale, (Hypothesis("여권", 1.0),))

    async def until_reading(self) -> None:
        assert await asyncio.to_thread(self.started.acquire, True, 10)


@pytest.fixture
def recognizer() -> HeldRecognizer:
    return HeldRecognizer()


@pytest.fixture
async def service(recognizer: HeldRecognizer) -> AsyncIterator[SpeechService]:
    settings = Settings(speech_queue=2, speech_timeout_s=10.0, max_audio_s=5.0, max_audio_bytes=400_000)
    async with SpeechService(recognizer, settings) as running:
        yield running
        recognizer.gate.set()


async def test_when_a_recording_comes_then_its_text_and_its_stages_come_back(service: SpeechService) -> None:
    transcript = await service.transcribe(CLIP, "ko")

    assert (transcript.text, transcript.locale) == ("여권", "ko")
    assert transcript.audio_s == pytest.approx(0.5)
    assert transcript.timings.decode_ms > 0
    assert transcript.timings.recognise_ms >= 0
    assert transcript.timings.queue_ms >= 0


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", AudioEmpty),
        (b"x" * 400_001, AudioTooLarge),
        (encode(tone(6.0)), AudioTooLong),
        ("글입니다".encode() * 100, AudioUnreadable),
    ],
    ids=["empty", "large", "long", "text"],
)
async def test_when_a_recording_is_unusable_then_the_caller_hears_why_and_the_next_is_served(
    data: bytes, error: type[Exception], service: SpeechService
) -> None:
    with pytest.raises(error):
        await service.transcribe(data, "ko")

    assert (await service.transcribe(CLIP, "ko")).text == "여권"


async def test_when_the_recogniser_fails_then_only_that_caller_is_told(service: SpeechService) -> None:
    answers = await asyncio.gather(
        service.transcribe(CLIP, "xx"), service.transcribe(CLIP, "ko"), return_exceptions=True
    )

    assert isinstance(answers[0], ValueError)
    assert isinstance(answers[1], Transcript)


async def test_when_every_place_is_taken_then_the_next_is_turned_away_at_once(
    service: SpeechService, recognizer: HeldRecognizer
) -> None:
    recognizer.gate.clear()
    reading = asyncio.create_task(service.transcribe(CLIP, "ko"))
    await recognizer.until_reading()
    waiting = [asyncio.create_task(service.transcribe(CLIP, "ko")) for _ in range(2)]
    await asyncio.sleep(0)
    assert service.waiting == 2

    with pytest.raises(SpeechBusy):
        await service.transcribe(CLIP, "ko")

    recognizer.gate.set()
    assert [each.text for each in await asyncio.gather(reading, *waiting)] == ["여권"] * 3
    assert recognizer.most_concurrent == 1


async def test_when_fifty_come_at_once_then_each_is_served_or_turned_away_and_none_is_lost(
    service: SpeechService, recognizer: HeldRecognizer
) -> None:
    answers = await asyncio.gather(*(service.transcribe(CLIP, "ko") for _ in range(50)), return_exceptions=True)

    served = [each for each in answers if isinstance(each, Transcript)]
    assert all(isinstance(each, Transcript | SpeechBusy) for each in answers)
    assert len(served) >= 3
    assert len(recognizer.heard) == len(served)
    assert service.waiting == 0


async def test_when_a_waiting_caller_leaves_then_the_place_is_free_and_nothing_is_read_for_it(
    service: SpeechService, recognizer: HeldRecognizer
) -> None:
    recognizer.gate.clear()
    reading = asyncio.create_task(service.transcribe(CLIP, "ko"))
    await recognizer.until_reading()
    leaving = [asyncio.create_task(service.transcribe(CLIP, "en")) for _ in range(2)]
    await asyncio.sleep(0)
    for task in leaving:
        task.cancel()
    assert [type(each) for each in await asyncio.gather(*leaving, return_exceptions=True)] == [
        asyncio.CancelledError
    ] * 2
    assert service.waiting == 0

    staying = asyncio.create_task(service.transcribe(CLIP, "ko"))
    recognizer.gate.set()
    await asyncio.gather(reading, staying)

    assert recognizer.heard == ["ko", "ko"]


async def test_when_the_caller_being_read_leaves_then_the_next_is_still_served(
    service: SpeechService, recognizer: HeldRecognizer
) -> None:
    recognizer.gate.clear()
    reading = asyncio.create_task(service.transcribe(CLIP, "en"))
    await recognizer.until_reading()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    following = asyncio.create_task(service.transcribe(CLIP, "ko"))
    recognizer.gate.set()

    assert (await following).text == "여권"


async def test_when_it_takes_too_long_then_the_caller_is_told_and_its_place_is_free(recognizer: HeldRecognizer) -> None:
    settings = Settings(speech_queue=1, speech_timeout_s=0.2)
    async with SpeechService(recognizer, settings) as service:
        recognizer.gate.clear()
        first = asyncio.create_task(service.transcribe(CLIP, "ko"))
        await recognizer.until_reading()
        second = asyncio.create_task(service.transcribe(CLIP, "ko"))

        outcomes = await asyncio.gather(first, second, return_exceptions=True)

        assert [type(each) for each in outcomes] == [SpeechTimeout, SpeechTimeout]
        assert service.waiting == 0
        recognizer.gate.set()
        while len(recognizer.heard) < 1:
            await asyncio.sleep(0.01)
        assert (await service.transcribe(CLIP, "ko")).text == "여권"
        assert recognizer.heard == ["ko", "ko"], "the one that timed out while waiting was never read"


async def test_when_the_service_closes_then_waiting_callers_are_told_and_the_thread_ends(
    recognizer: HeldRecognizer,
) -> None:
    service = SpeechService(recognizer, Settings(speech_queue=2))
    recognizer.gate.clear()
    reading = asyncio.create_task(service.transcribe(CLIP, "ko"))
    await recognizer.until_reading()
    waiting = asyncio.create_task(service.transcribe(CLIP, "ko"))
    await asyncio.sleep(0)
    closing = asyncio.create_task(service.close())
    with pytest.raises(SpeechBusy):
        await waiting
    recognizer.gate.set()

    assert (await reading).text == "여권"
    await closing
    assert not any(thread.name == "speech" and thread.is_alive() for thread in threading.enumerate())
    with pytest.raises(SpeechBusy):
        await service.transcribe(CLIP, "ko")
    await service.close()


async def test_when_a_recording_has_been_read_then_neither_bytes_nor_samples_stay_in_memory(
    service: SpeechService, recognizer: HeldRecognizer
) -> None:
    data = encode(tone(0.7))
    references = sys.getrefcount(data)

    await service.transcribe(data, "ko")
    await asyncio.sleep(0.05)
    gc.collect()

    assert sys.getrefcount(data) == references
    assert [samples() for samples in recognizer.samples] == [None]


async def test_when_a_caller_left_the_line_then_its_recording_is_let_go_at_once(
    service: SpeechService, recognizer: HeldRecognizer
) -> None:
    data = encode(tone(0.7))
    references = sys.getrefcount(data)
    recognizer.gate.clear()
    reading = asyncio.create_task(service.transcribe(CLIP, "ko"))
    await recognizer.until_reading()
    leaving = asyncio.create_task(service.transcribe(data, "ko"))
    await asyncio.sleep(0)

    leaving.cancel()
    await asyncio.wait({leaving})
    del leaving
    gc.collect()

    assert sys.getrefcount(data) == references
    recognizer.gate.set()
    await reading


async def test_when_near_questions_can_be_told_then_they_are_looked_up_on_the_worker_thread(
    service: SpeechService, recognizer: HeldRecognizer
) -> None:
    await service.transcribe(CLIP, "ko", Hints(bias=lambda text: [f"{text} 재발급"]))

    assert recognizer.told == [(("여권 재발급",), "speech")]


async def test_when_the_text_is_a_command_outright_then_nothing_is_looked_up(
    service: SpeechService, recognizer: HeldRecognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech_service, "command_in_text", lambda _text, _locale: "again")

    await service.transcribe(CLIP, "ko", Hints(commands=True, bias=lambda text: [f"{text} 재발급"]))

    assert recognizer.told == [((), "speech")]
