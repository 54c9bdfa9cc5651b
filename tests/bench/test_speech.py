"""What the speech benchmark makes and counts by itself, apart from any model."""

from __future__ import annotations

import numpy as np
import pytest

from bench.speech.corpora import Recording
from bench.speech.measure import Heard, numbers_heard, summarise
from bench.speech.pronunciation import as_it_sounds, phonemes, read_out
from bench.speech.report import Report
from bench.speech.sounds import no_speech, over_the_telephone, with_noise
from tests.voice.recordings import main_frequency, tone
from voice.audio import SAMPLE_RATE, Waveform


def test_when_recordings_without_speech_are_made_then_there_are_sixty_and_the_same_every_time() -> None:
    speech = tone(2.0, 300.0)
    once, twice = dict(no_speech(speech)), dict(no_speech(speech))

    assert len(once) >= 60
    assert all(np.array_equal(samples, twice[name]) for name, samples in once.items())
    for name, samples in once.items():
        assert samples.dtype == np.float32, name
        assert np.isfinite(samples).all(), name
        assert np.abs(samples).max() <= 1.0, name


@pytest.mark.parametrize("db", [20, 5, -30])
def test_when_noise_is_laid_over_speech_then_it_is_as_loud_as_asked(db: int) -> None:
    speech = tone(2.0) * np.float32(0.1)

    mixed = with_noise(speech, db, np.random.default_rng(1)).astype(np.float64)

    # The part that goes with the speech, however the whole was scaled down, against what is left.
    kept = speech * (mixed @ speech / (speech @ speech))
    noise = mixed - kept
    assert 10 * np.log10(np.mean(kept**2) / np.mean(noise**2)) == pytest.approx(db, abs=0.7)


def test_when_speech_comes_over_the_telephone_then_only_its_band_is_left() -> None:
    low, middle, high = (over_the_telephone(tone(1.0, hertz)) for hertz in (100.0, 1000.0, 5000.0))

    assert main_frequency(middle) == pytest.approx(1000.0, abs=3.0)
    assert len(middle) == SAMPLE_RATE
    assert np.abs(low[2_000:-2_000]).max() < 0.02
    assert np.abs(high[2_000:-2_000]).max() < 0.02


@pytest.mark.parametrize(
    ("heard", "said", "counts"),
    [
        ("백이십 번으로 전화", "120번으로 전화", (1, 1)),
        ("120 번으로 전화", "120번으로 전화", (1, 1)),
        ("이천오백 원", "2,500원", (1, 1)),
        ("공이 백이십", "02-120", (2, 2)),
        ("3번 3번", "3번 3번", (2, 2)),
        ("3번 네 번", "3번 3번", (2, 1)),
        ("130번", "120번", (1, 0)),
        ("", "120번", (1, 0)),
        ("여권", "여권", (0, 0)),
    ],
)
def test_when_figures_are_said_then_their_readings_count_as_heard(
    heard: str, said: str, counts: tuple[int, int]
) -> None:
    assert numbers_heard(heard, said) == counts


@pytest.mark.parametrize(
    ("written", "sounds"),
    [
        ("국민연금", "궁미년금"),
        ("전입신고는 어떻게 하나요?", "저닙씬고는 어떠케 하나요?"),
        ("같이 굳이", "가치 구지"),
        ("많은 않소 싫어", "마는 안쏘 시러"),
        ("독립 협력 종로 신라", "동닙 혐녁 종노 실라"),
        ("값이 읽고 앉히다", "갑씨 익꼬 안치다"),
        ("120번 PDF", "배기십뻔 피디에프"),
        ("강아지 영어", "강아지 영어"),
    ],
)
def test_when_korean_is_read_aloud_then_it_sounds_as_the_rules_say(written: str, sounds: str) -> None:
    assert as_it_sounds(read_out(written)) == sounds


def test_when_sounds_become_ipa_then_plain_stops_are_voiced_between_vowels() -> None:
    assert phonemes("가구 달리 시") == "kaɡu talli ɕi"


def test_when_figures_are_published_then_each_group_has_a_row_and_invented_text_is_named() -> None:
    recording = Recording("spoken, clean", "d.flac", Waveform(tone(2.0)), "120번", "e1", "jf_alpha", 0.9)
    heard = [
        Heard(recording, "백이십번", 0.8, 3, 4, 0, 4, (1, 1), 0, 500.0, 300.0),
        Heard(recording, "", 0.0, 4, 4, 4, 4, (1, 0), None, 700.0, 300.0),
    ]

    figures = summarise("spoken, clean", heard)
    page = Report("a machine", [figures], (1.0, 1.0), 64, ["organ chords, 0.8"]).markdown()

    assert (figures.hit_1, figures.hit_3, figures.numbers_said, figures.numbers_heard) == (0.5, 0.5, 2, 1)
    assert "| spoken, clean | 2 | 0.875 | 0.500 | 0 | 1 of 2 | 0.500 | 0.500 | 0.30 | 500 | 700 |" in page
    assert "text in 1 of 64\n- organ chords, 0.8" in page
