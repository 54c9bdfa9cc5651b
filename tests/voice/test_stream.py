"""One utterance while it is spoken: with the real model, and with one whose time and words the test decides."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest

from maru.settings import Settings
from tests.voice.recordings import Samples, noise, silence
from voice.audio import SAMPLE_RATE, AudioLimits, Waveform, decode
from voice.errors import SpeechBusy
from voice.hints import NearTitles
from voice.normalise import character_error_rate
from voice.recognizer import Hypothesis, Transcript
from voice.speech_service import SpeechService
from voice.stream import GLANCE, LiveSpeech, Partial, SpeechEnded, SpeechStarted
from voice.whisper_recognizer import WhisperRecognizer

SETTINGS = Settings(speech_patience_s=1.6, max_audio_s=20.0, speech_queue=2)
PIECE = SAMPLE_RATE // 10


class ScriptedRecognizer:
    """Says ``text`` of whatever it is given, once the gate is open."""

    def __init__(self) -> None:
        self.text: Callable[[Waveform], str] = lambda _waveform: "전입신고는 어떻게 하나요"
        self.gate = threading.Event()
        self.gate.set()
        self.read: list[float] = []
        self.samples: list[weakref.ref[Samples]] = []

    def transcribe(self, waveform: Waveform, locale: str, bias: NearTitles | None = None) -> Transcript:
        self.samples.append(weakref.ref(waveform.samples))
        assert self.gate.wait(30)
        text = self.text(waveform)
        self.read.append(waveform.seconds)
        return Transcript(text, 0.9, waveform.seconds, locale, (Hypothesis(text, 1.0),) if text else ())


class Person:
    """Speaks to a ``LiveSpeech`` faster than real time, a tenth of a second at a time."""

    def __init__(self, service: SpeechService, settings: Settings = SETTINGS, *, hands_free: bool = True) -> None:
        self.live = LiveSpeech(service, settings, "ko", hands_free=hands_free)
        self.told: list[SpeechStarted | Partial | SpeechEnded] = []
        self.listening = asyncio.create_task(self.live.listen(self._note))

    async def _note(self, event: SpeechStarted | Partial | SpeechEnded) -> None:
        self.told.append(event)

    async def say(self, samples: Samples) -> float:
        """Seconds of ``samples`` until nothing more was listened to."""
        for start in range(0, len(samples), PIECE):
            if self.live.is_full:
                return start / SAMPLE_RATE
            self.live.take(samples[start : start + PIECE])
            # What the scripted recogniser says takes no time worth speaking of.
            await asyncio.sleep(0.01)
        return len(samples) / SAMPLE_RATE

    @property
    def partials(self) -> list[str]:
        return [event.text for event in self.told if isinstance(event, Partial)]

    async def heard(self) -> Transcript:
        async with asyncio.timeout(60):
            transcript = await self.listening
        self.live.close()
        return transcript


@pytest.fixture(scope="module")
def question(clips: Path, limits: AudioLimits) -> Samples:
    """전입신고는 어떻게 하나요? without anything after it."""
    samples = decode((clips / "move-in.wav").read_bytes(), limits).samples
    loud = np.flatnonzero(np.abs(samples) > 0.02)
    return samples[: loud[-1] + 1]


@pytest.fixture
def scripted() -> ScriptedRecognizer:
    return ScriptedRecognizer()


@pytest.fixture
async def service(scripted: ScriptedRecognizer) -> AsyncIterator[SpeechService]:
    async with SpeechService(scripted, SETTINGS) as running:
        yield running
        scripted.gate.set()


@pytest.mark.slow
async def test_when_somebody_speaks_then_text_comes_meanwhile_and_the_end_is_found(
    whisper: WhisperRecognizer, question: Samples
) -> None:
    async with SpeechService(whisper, SETTINGS, quick=whisper.with_decoding(GLANCE)) as service:
        person = Person(service)
        sound = np.concatenate([silence(0.7), question, silence(6.0)])
        for start in range(0, len(sound), PIECE):
            if person.live.is_full:
                break
            person.live.take(sound[start : start + PIECE])
            await asyncio.sleep(0.1)
        transcript = await person.heard()
    print(person.told, transcript.timings)
    assert person.told[0] == SpeechStarted()
    assert person.told[-1] == SpeechEnded()
    assert person.partials
    assert character_error_rate(transcript.text, "전입신고는 어떻게 하나요") <= 0.2


@pytest.mark.parametrize(
    ("text", "patience_s"),
    [("전입신고는 어떻게 하나요", 0.96), ("전입신고", 1.6), ("이사를 했는데", 3.2)],
    ids=["whole", "open", "unfinished"],
)
async def test_when_somebody_falls_silent_then_they_are_given_the_time_their_words_ask_for(
    scripted: ScriptedRecognizer, service: SpeechService, question: Samples, text: str, patience_s: float
) -> None:
    scripted.text = lambda _waveform: text
    person = Person(service)
    ended = await person.say(np.concatenate([question, silence(6.0)]))
    assert (await person.heard()).text == text
    assert ended - len(question) / SAMPLE_RATE == pytest.approx(patience_s, abs=0.35)
    assert person.told[-1] == SpeechEnded()


async def test_when_a_button_is_held_then_silence_ends_nothing_for_long(
    service: SpeechService, question: Samples
) -> None:
    person = Person(service, hands_free=False)
    ended = await person.say(np.concatenate([question, silence(8.0)]))
    assert ended - len(question) / SAMPLE_RATE > 2.5
    await person.heard()


async def test_when_somebody_stops_to_think_then_what_follows_belongs_to_the_same_utterance(
    scripted: ScriptedRecognizer, service: SpeechService, question: Samples
) -> None:
    scripted.text = lambda waveform: "이사를 했는데" if waveform.seconds < 6 else "이사를 했는데 뭘 해야 하나요"
    person = Person(service)
    await person.say(np.concatenate([question, silence(2.5), question, silence(3.0)]))
    transcript = await person.heard()
    assert transcript.text == "이사를 했는데 뭘 해야 하나요"
    assert transcript.audio_s > 6.5
    assert person.told.count(SpeechEnded()) == 1


async def test_when_they_tap_then_everything_up_to_there_is_heard_and_no_end_is_told(
    service: SpeechService, question: Samples
) -> None:
    person = Person(service)
    await person.say(question)
    person.live.stop()
    transcript = await person.heard()
    assert transcript.text == "전입신고는 어떻게 하나요"
    assert transcript.audio_s == pytest.approx(len(question) / SAMPLE_RATE)
    assert SpeechEnded() not in person.told


async def test_when_the_end_comes_then_the_text_is_there_already(
    scripted: ScriptedRecognizer, service: SpeechService, question: Samples
) -> None:
    person = Person(service)
    await person.say(np.concatenate([question, silence(0.8)]))
    scripted.gate.clear()  # nothing is read from here on
    person.live.stop()
    assert (await person.heard()).text == "전입신고는 어떻게 하나요"


async def test_when_other_recordings_wait_then_there_are_no_glances_and_the_end_is_heard_all_the_same(
    scripted: ScriptedRecognizer, service: SpeechService, question: Samples
) -> None:
    scripted.gate.clear()
    others = [asyncio.create_task(service.transcribe_waveform(Waveform(question), "ko")) for _ in range(2)]
    await asyncio.sleep(0.05)
    person = Person(service)
    await person.say(np.concatenate([question, silence(6.0)]))
    assert person.partials == []
    scripted.gate.set()
    assert (await person.heard()).text
    await asyncio.gather(*others)


async def test_when_the_line_is_full_at_the_end_then_it_says_so(
    scripted: ScriptedRecognizer, service: SpeechService, question: Samples
) -> None:
    scripted.gate.clear()
    others = []
    for _ in range(3):
        others.append(asyncio.create_task(service.transcribe_waveform(Waveform(question), "ko")))
        await asyncio.sleep(0.05)
    person = Person(service)
    await person.say(question)
    person.live.stop()
    with pytest.raises(SpeechBusy):
        await person.heard()
    scripted.gate.set()
    await asyncio.gather(*others)


@pytest.mark.parametrize("sound", [silence(20.0), noise(20.0, 0.02)], ids=["silence", "noise"])
async def test_when_nobody_speaks_then_it_ends_after_a_while_with_an_empty_text(
    scripted: ScriptedRecognizer, service: SpeechService, sound: Samples
) -> None:
    person = Person(service)
    assert 9.5 < await person.say(sound) < 11
    assert (await person.heard()).text == ""
    assert person.told == [SpeechEnded()]
    assert scripted.read == []


async def test_when_a_cough_was_no_speech_then_what_is_said_after_it_is_heard(
    scripted: ScriptedRecognizer, service: SpeechService, question: Samples
) -> None:
    scripted.text = lambda waveform: "" if waveform.seconds < 4 else "전입신고는 어떻게 하나요"
    person = Person(service)
    cough = question[: SAMPLE_RATE // 2]
    await person.say(np.concatenate([cough, silence(3.0), question, silence(3.0)]))
    assert (await person.heard()).text == "전입신고는 어떻게 하나요"


async def test_when_a_first_glance_finds_no_word_then_the_next_comes_soon_and_later_ones_less_often(
    scripted: ScriptedRecognizer, service: SpeechService, question: Samples
) -> None:
    scripted.text = lambda waveform: "" if waveform.seconds < 1.0 else "전입신고"
    person = Person(service)
    await person.say(question)
    person.live.stop()
    await person.heard()
    glances = scripted.read[:-1]  # the last is the reading of the whole
    waits = np.diff(glances)
    wordless = sum(glance < 1.0 for glance in glances)
    assert wordless >= 2
    assert max(waits[: wordless - 1]) < 0.4 < min(waits[wordless:])


async def test_when_somebody_speaks_longer_than_is_taken_then_it_ends_there_and_nothing_before_is_lost(
    scripted: ScriptedRecognizer, service: SpeechService, question: Samples
) -> None:
    person = Person(service)
    story = np.concatenate([question] * 12)[: 25 * SAMPLE_RATE]
    assert len(story) == 25 * SAMPLE_RATE
    assert 19.9 < await person.say(story) < 20.2
    assert (await person.heard()).audio_s == pytest.approx(20.0)
    assert person.told[-1] == SpeechEnded()


async def test_when_a_story_is_long_then_only_its_end_is_read_again_and_the_rest_stays(
    scripted: ScriptedRecognizer, service: SpeechService, question: Samples
) -> None:
    scripted.text = lambda waveform: f"{waveform.seconds:.1f}초"
    person = Person(service)
    await person.say(np.concatenate([question, silence(0.6)] * 6))
    person.live.stop()
    story_s = (await person.heard()).audio_s
    glances = [read for read in scripted.read if read < 10]
    assert story_s > 15
    assert len(glances) > len(scripted.read) / 2  # the others are early readings of the whole, in pauses
    assert any(text.count("초") > 1 for text in person.partials)


async def test_when_the_person_is_gone_then_nothing_of_them_is_left(
    scripted: ScriptedRecognizer, service: SpeechService, question: Samples
) -> None:
    person = Person(service)
    await person.say(question)
    person.listening.cancel()
    await asyncio.gather(person.listening, return_exceptions=True)
    person.live.close()
    del person
    async with asyncio.timeout(5):
        while not service.is_idle:
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    gc.collect()
    assert scripted.samples
    assert all(sample() is None for sample in scripted.samples)


@pytest.mark.parametrize("seconds", [0.0, 0.1])
async def test_when_it_is_tapped_off_at_once_then_nothing_was_said(service: SpeechService, seconds: float) -> None:
    person = Person(service)
    await person.say(silence(seconds))
    person.live.stop()
    assert (await person.heard()).text == ""
