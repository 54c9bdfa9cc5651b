"""Where somebody speaks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.voice.recordings import Samples, hum, noise, silence
from voice.audio import SAMPLE_RATE, AudioLimits, Waveform, decode
from voice.speech_activity import SpeechWindow, speech_windows


@pytest.fixture(scope="module")
def spoken(clips: Path) -> Samples:
    return decode((clips / "move-in.webm").read_bytes(), AudioLimits(10_000_000, 60.0)).samples


@pytest.mark.parametrize(
    "samples",
    [silence(0.3), silence(5.0), noise(5.0, 0.01), noise(5.0, 0.05), hum(5.0, 0.3)],
    ids=["a-moment", "silence", "hiss", "fan", "hum"],
)
def test_when_nobody_speaks_then_there_are_no_windows(samples: Samples) -> None:
    assert speech_windows(Waveform(samples)) == []


def test_when_silence_surrounds_the_speech_then_it_is_cut_away_but_for_a_margin(spoken: Samples) -> None:
    around = np.concatenate([silence(2.0), spoken, silence(3.0)])

    (window,) = speech_windows(Waveform(around))

    assert window.start_s == pytest.approx(1.75, abs=0.2)
    assert window.end_s == pytest.approx(2.0 + len(spoken) / SAMPLE_RATE, abs=0.5)
    assert len(window.samples) == pytest.approx((window.end_s - window.start_s) * SAMPLE_RATE, abs=2)


def test_when_a_speaker_pauses_to_think_then_the_pause_is_cut_out_and_the_window_stays_one(spoken: Samples) -> None:
    (window,) = speech_windows(Waveform(np.concatenate([spoken, silence(6.0), spoken])))

    assert window.end_s - window.start_s > 10.0
    assert len(window.samples) / SAMPLE_RATE < 7.0


def test_when_somebody_speaks_for_a_minute_then_windows_fit_whisper_and_stay_in_order(spoken: Samples) -> None:
    story = np.concatenate([spoken, silence(0.2)] * 23)

    windows = speech_windows(Waveform(story))

    assert len(windows) >= 2
    assert all(len(window.samples) <= 29.0 * SAMPLE_RATE for window in windows)
    assert [window.start_s for window in windows] == sorted(window.start_s for window in windows)
    kept = sum(len(window.samples) for window in windows)
    assert kept == pytest.approx(len(story), rel=0.05)


@pytest.mark.parametrize(
    ("seconds", "first", "rest"),
    [
        (1.0, ((0, 16_000),), ((16_000, 32_000), (96_000, 112_000))),
        (2.0, ((0, 32_000),), ((96_000, 112_000),)),
        (2.5, ((0, 32_000), (96_000, 104_000)), ((104_000, 112_000),)),
    ],
)
def test_when_a_window_is_split_then_both_parts_know_their_place(
    seconds: float, first: tuple[tuple[int, int], ...], rest: tuple[tuple[int, int], ...]
) -> None:
    window = SpeechWindow(silence(3.0), ((0, 32_000), (96_000, 112_000)))

    head, tail = window.split(seconds)

    assert (head.chunks, tail.chunks) == (first, rest)
    assert (head.seconds, tail.seconds) == (seconds, 3.0 - seconds)


@pytest.mark.parametrize("seconds", [0.0, 3.0, 4.0])
def test_when_a_split_would_leave_nothing_then_it_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="split"):
        SpeechWindow(silence(3.0), ((0, 48_000),)).split(seconds)


@pytest.mark.parametrize(("seconds", "at"), [(0.0, 1.0), (1.5, 2.5), (2.5, 6.5), (3.0, 7.0), (9.0, 7.0)])
def test_when_a_pause_was_cut_out_then_a_place_in_the_window_is_found_in_the_recording(
    seconds: float, at: float
) -> None:
    assert SpeechWindow(silence(3.0), ((16_000, 48_000), (96_000, 112_000))).at(seconds) == at
