"""Commands through the real recogniser on a part of the committed clips (all of them: ``make bench-commands``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.commands.__main__ import Heard, listen
from bench.commands.clips import noise_clips, spoken_clips
from maru.settings import Settings
from voice.audio import SAMPLE_RATE, Waveform
from voice.commands import Form, told_words
from voice.commands_spotter import Candidate, CommandSpotter, Spotting
from voice.hints import NearTitles
from voice.recognizer import Hypothesis, Transcript
from voice.short_speech import HeardClosely
from voice.whisper_recognizer import WhisperRecognizer

EVERY = 16  # of the clips, so that this takes well under a minute
LEAST = 0.95


@pytest.fixture(scope="module")
def heard(whisper: WhisperRecognizer) -> list[Heard]:
    clips = [clip for clip in spoken_clips(EVERY) if clip.locale == "ko"]
    return listen([*clips, *noise_clips()], whisper, Settings())


@pytest.mark.slow
def test_when_a_listed_form_is_said_then_it_is_the_command(heard: list[Heard]) -> None:
    listed = [each for each in heard if each.clip.kind == "listed"]
    right = [each for each in listed if each.command(Spotting(), expected=True) == each.clip.command]
    assert len(listed) >= 30
    assert len(right) / len(listed) >= LEAST


@pytest.mark.slow
def test_when_a_short_question_or_noise_is_heard_then_it_is_no_command(heard: list[Heard]) -> None:
    others = [each for each in heard if each.clip.command is None]
    assert len(others) >= 20
    assert [each.clip.text for each in others if each.command(Spotting()) is not None] == []


@pytest.mark.slow
def test_when_texts_are_scored_then_the_one_that_was_said_fits_best(whisper: WhisperRecognizer) -> None:
    clip = next(clip for clip in spoken_clips() if clip.text == "안 들려요")
    texts = ["안 들려요", "너무 커요", "다시 읽어 줘"]
    scores = whisper.closely(clip.waveform(Settings()).samples, "ko").scores(texts)
    assert max(zip(scores, texts, strict=True))[1] == "안 들려요"
    assert whisper.closely(np.zeros(SAMPLE_RATE, dtype=np.float32), "ko").scores([]) == []


@pytest.mark.slow
def test_when_the_recogniser_is_told_what_people_say_then_it_hears_a_lone_word(whisper: WhisperRecognizer) -> None:
    clip = next(clip for clip in spoken_clips() if clip.text == "그만" and clip.voice == "jf_tebukuro")
    speech = clip.waveform(Settings())
    assert "그만" not in whisper.transcribe(speech, "ko").text
    assert "그만" in whisper.closely(speech.samples, "ko").readings(told_words("ko"))[0]


class Deaf:
    """An engine that can't score texts."""

    def transcribe(self, waveform: Waveform, locale: str, bias: NearTitles | None = None) -> Transcript:
        raise NotImplementedError


class Scoring(Deaf):
    """An engine that knows what was said, and counts how often it is asked; told, it hears ``told``."""

    def __init__(self, said: str, told: str = "") -> None:
        self.said = said
        self.told = told
        self.asked = 0

    def closely(self, samples: NDArray[np.float32], locale: str) -> HeardClosely:
        self.asked += 1
        return Asked(self.said if samples.any() else "", self.told)


@dataclass(frozen=True)
class Asked:
    """What such an engine heard."""

    said: str
    told: str

    def scores(self, texts: Sequence[str]) -> list[float]:
        return [-1.0 if text == self.said else -6.0 for text in texts]

    def readings(self, told: str) -> list[str]:
        return [self.told]


def transcript(*texts: str, locale: str = "ko") -> Transcript:
    hypotheses = tuple(Hypothesis(text, 1 / len(texts)) for text in texts)
    return Transcript(texts[0] if texts else "", 0.5, 1.0, locale, hypotheses)


@pytest.fixture(scope="module")
def spoken() -> Waveform:
    return next(clip for clip in spoken_clips() if clip.text == "안 들려요").waveform(Settings())


def test_when_the_text_is_a_command_outright_then_no_sound_is_scored(spoken: Waveform) -> None:
    engine = Scoring("다시")
    assert CommandSpotter(engine).spot(spoken, transcript("다시 읽어 줘."), "ko") == "again"
    assert engine.asked == 0


def test_when_the_text_is_misheard_then_the_form_that_fits_the_sound_is_meant(spoken: Waveform) -> None:
    assert CommandSpotter(Scoring("안 들려요")).spot(spoken, transcript("안 돌려요"), "ko") == "louder"
    assert CommandSpotter(Deaf()).spot(spoken, transcript("안 돌려요"), "ko") == "louder"


def test_when_only_a_told_reading_is_a_command_then_it_counts_however_often_it_is_said(spoken: Waveform) -> None:
    heard = transcript("모두 여기")
    assert CommandSpotter(Scoring("")).spot(spoken, heard, "ko") is None
    assert CommandSpotter(Scoring("", "안 들려요. 안 들려요. 안 들")).spot(spoken, heard, "ko") == "louder"


def test_when_nobody_speaks_or_for_long_then_nothing_is_a_command(spoken: Waveform) -> None:
    spotter = CommandSpotter(Scoring("안 들려요"))
    silence = Waveform(np.zeros(SAMPLE_RATE, dtype=np.float32))
    assert spotter.spot(silence, transcript(), "ko") is None
    long = Waveform(np.tile(spoken.samples, 5))
    assert spotter.spot(long, transcript("안 돌려요"), "ko") is None


def test_when_a_language_has_no_commands_then_none_is_heard(spoken: Waveform) -> None:
    assert CommandSpotter(Deaf()).spot(spoken, transcript("oui", locale="fr"), "fr") is None


def test_when_yes_or_no_is_waited_for_then_less_makes_one() -> None:
    spotting = Spotting()
    yes = Candidate(Form("yes", "네"), spotting.threshold - 0.01, 0.0, 0.0)
    again = Candidate(Form("again", "다시"), spotting.threshold - 0.01, 0.0, 0.0)
    assert spotting.choose([yes], None) is None
    assert spotting.choose([yes], "yes_no") == "yes"
    assert spotting.choose([again], "yes_no") is None
    assert spotting.choose([], "yes_no") is None
