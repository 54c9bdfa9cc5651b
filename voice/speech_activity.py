"""Where in a recording somebody speaks: Silero VAD, and windows that fit one pass of Whisper.

Without this step Whisper writes subtitles' endings over silence (faster-whisper#1356).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from faster_whisper.vad import VadOptions, get_speech_timestamps
from numpy.typing import NDArray

from voice.audio import SAMPLE_RATE, Waveform

# A pause for thought stays part of the utterance; what is longer is cut out. Padding keeps soft first and last sounds.
_LONGEST_WINDOW_S = 28.0
_VAD = VadOptions(
    threshold=0.5,
    min_speech_duration_ms=150,
    min_silence_duration_ms=1000,
    speech_pad_ms=300,
    max_speech_duration_s=_LONGEST_WINDOW_S,
)


@dataclass(frozen=True, slots=True, eq=False)
class SpeechWindow:
    """Speech of at most 28 s with long pauses cut out; ``chunks`` are its sample ranges in the whole recording."""

    samples: NDArray[np.float32]
    chunks: tuple[tuple[int, int], ...]

    @property
    def seconds(self) -> float:
        """Length without the pauses."""
        return len(self.samples) / SAMPLE_RATE

    @property
    def start_s(self) -> float:
        """Where it begins in the recording, seconds."""
        return self.chunks[0][0] / SAMPLE_RATE

    @property
    def end_s(self) -> float:
        """Where it ends in the recording, seconds."""
        return self.chunks[-1][1] / SAMPLE_RATE

    def at(self, seconds: float) -> float:
        """Where in the recording a place in the window lies, both in seconds; its end for whatever lies beyond."""
        left = round(seconds * SAMPLE_RATE)
        for start, end in self.chunks:
            if left <= end - start:
                return (start + left) / SAMPLE_RATE
            left -= end - start
        return self.end_s

    def split(self, seconds: float) -> tuple[SpeechWindow, SpeechWindow]:
        """The first ``seconds`` of it and the rest; both must be longer than nothing."""
        at = round(seconds * SAMPLE_RATE)
        if not 0 < at < len(self.samples):
            raise ValueError(f"a window of {self.seconds:.2f} s can't be split at {seconds:.2f} s")
        first: list[tuple[int, int]] = []
        rest: list[tuple[int, int]] = []
        left = at
        for start, end in self.chunks:
            cut = min(max(start + left, start), end)
            left -= cut - start
            if cut > start:
                first.append((start, cut))
            if end > cut:
                rest.append((cut, end))
        return SpeechWindow(self.samples[:at], tuple(first)), SpeechWindow(self.samples[at:], tuple(rest))


def speech_windows(waveform: Waveform) -> list[SpeechWindow]:
    """The speech of a recording in order, in as few windows as it fits; empty where nobody speaks."""
    windows: list[SpeechWindow] = []
    pending: list[tuple[int, int]] = []
    length = 0
    for chunk in get_speech_timestamps(waveform.samples, _VAD):
        start, end = int(chunk["start"]), int(chunk["end"])
        if pending and length + end - start > _LONGEST_WINDOW_S * SAMPLE_RATE:
            windows.append(_join(waveform.samples, pending))
            pending, length = [], 0
        pending.append((start, end))
        length += end - start
    if pending:
        windows.append(_join(waveform.samples, pending))
    return windows


def _join(samples: NDArray[np.float32], chunks: list[tuple[int, int]]) -> SpeechWindow:
    return SpeechWindow(np.concatenate([samples[start:end] for start, end in chunks]), tuple(chunks))
