"""Speech in sound that still comes in, against the real model over the whole recording."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.voice.recordings import Samples, hum, noise, silence, tone
from voice.audio import SAMPLE_RATE, AudioLimits, Waveform, decode
from voice.speech_activity import speech_windows
from voice.stream_activity import SpeechTracker


@pytest.fixture(scope="module")
def question(clips: Path, limits: AudioLimits) -> Samples:
    """A question between a second of silence before and two after."""
    spoken = decode((clips / "move-in.wav").read_bytes(), limits).samples
    return np.concatenate([silence(1.0), spoken, silence(2.0)])


@pytest.mark.parametrize("step", [100, 512, 1600, 16_000, 1_000_000])
def test_when_sound_comes_in_pieces_of_any_length_then_speech_is_found_where_it_is(
    question: Samples, step: int
) -> None:
    tracker = SpeechTracker()
    for start in range(0, len(question), step):
        tracker.add(question[start : start + step])
    (window,) = speech_windows(Waveform(question))

    assert tracker.started_at is not None
    # Windows are padded by 0.3 s.
    assert tracker.started_at / SAMPLE_RATE == pytest.approx(window.start_s + 0.3, abs=0.1)
    assert tracker.ended_at / SAMPLE_RATE == pytest.approx(window.end_s - 0.3, abs=0.15)
    assert tracker.quiet_s > 1.9


@pytest.mark.parametrize(
    "samples",
    [silence(3.0), noise(3.0, 0.05), hum(3.0, 0.3), tone(3.0), np.concatenate([silence(1), noise(0.05, 0.5)])],
    ids=["silence", "noise", "hum", "tone", "knock"],
)
def test_when_nobody_speaks_then_no_speech_begins(samples: Samples) -> None:
    tracker = SpeechTracker()
    tracker.add(samples)
    assert tracker.started_at is None
    assert tracker.quiet_s == pytest.approx(len(samples) / SAMPLE_RATE, abs=0.04)


def test_when_somebody_stops_and_goes_on_then_the_silence_is_over(question: Samples) -> None:
    tracker = SpeechTracker()
    tracker.add(question)
    first_end = tracker.ended_at
    tracker.add(question[SAMPLE_RATE : SAMPLE_RATE * 2])
    assert tracker.ended_at > first_end
    assert tracker.quiet_s < 0.3


def test_when_what_sounded_like_speech_was_none_then_it_begins_anew(question: Samples) -> None:
    tracker = SpeechTracker()
    tracker.add(question)
    begins = []
    for _ in range(2):
        tracker.forget()
        tracker.add(question)
        begins.append(tracker.started_at)
    assert begins[0] is not None
    assert begins[1] is not None
    assert len(question) < begins[0] < begins[1]
