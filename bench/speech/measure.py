"""Run a recogniser over recordings and count what came out and what it cost."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.speech.corpora import Recording
from voice.hints import NearTitles
from voice.normalise import character_edits, digits_read, normalise
from voice.recognizer import SpeechRecognizer

Search = Callable[[str, Sequence[str]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Heard:
    """One recording as it was heard: edits against what was said (both normalised), wall and CPU milliseconds.

    ``read_edits`` and ``read_length`` count a figure and its reading as the same. ``numbers`` are the figures said and
    those of them heard. ``rank`` is the place of the entry that answers (0 is the first; None: not found, or no
    question). ``wall_ms`` is from the end of the recording to the found entries.
    """

    recording: Recording
    text: str
    confidence: float
    edits: int
    length: int
    read_edits: int
    read_length: int
    numbers: tuple[int, int]
    rank: int | None
    wall_ms: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    """A group's figures. ``cer`` is edits per character said; ``real_time_factor`` is wall time per second of audio.

    ``hit_1`` and ``hit_3`` are shares of the questions whose entry is found first, or among the first three.
    """

    group: str
    recordings: int
    cer: float
    cer_read: float
    exact: int
    empty: int
    confidence: float
    numbers_said: int
    numbers_heard: int
    hit_1: float | None
    hit_3: float | None
    real_time_factor: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float


def listen(
    recognizer: SpeechRecognizer,
    recordings: Sequence[Recording],
    bias: NearTitles | None = None,
    search: Search | None = None,
) -> list[Heard]:
    """Recognise every recording, one after the other, and search for what was heard."""
    heard = []
    for recording in recordings:
        wall, cpu = time.perf_counter(), time.process_time()
        transcript = recognizer.transcribe(recording.waveform, "ko", bias)
        text = transcript.text
        found = search(text, [each.text for each in transcript.hypotheses[1:]]) if search else []
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        heard.append(
            Heard(
                recording,
                text,
                transcript.confidence,
                *character_edits(text, recording.said),
                *character_edits(digits_read(text), digits_read(recording.said)),
                numbers_heard(text, recording.said),
                found.index(recording.answer) if recording.answer in found else None,
                wall * 1000,
                cpu * 1000,
            )
        )
    return heard


def numbers_heard(heard: str, said: str) -> tuple[int, int]:
    """How many figures were said, and how many of them were heard, in figures or in words, as often as said."""
    left = normalise(digits_read(heard))
    figures = [normalise(digits_read(found)) for found in re.findall(r"\d[\d,]*", said)]
    right = 0
    for figure in sorted(figures, key=len, reverse=True):
        if figure in left:
            left = left.replace(figure, " ", 1)
            right += 1
    return len(figures), right


def summarise(group: str, heard: Sequence[Heard]) -> Figures:
    """The figures of a group that has at least one recording."""
    walls = sorted(each.wall_ms for each in heard)
    asked = [each for each in heard if each.recording.answer is not None]
    return Figures(
        group=group,
        recordings=len(heard),
        cer=sum(each.edits for each in heard) / sum(each.length for each in heard),
        cer_read=sum(each.read_edits for each in heard) / sum(each.read_length for each in heard),
        exact=sum(each.edits == 0 for each in heard),
        empty=sum(not each.text for each in heard),
        confidence=sum(each.confidence for each in heard) / len(heard),
        numbers_said=sum(each.numbers[0] for each in heard),
        numbers_heard=sum(each.numbers[1] for each in heard),
        hit_1=_hits(asked, 1),
        hit_3=_hits(asked, 3),
        real_time_factor=sum(walls) / 1000 / sum(each.recording.waveform.seconds for each in heard),
        p50_ms=quantile(walls, 0.5),
        p95_ms=quantile(walls, 0.95),
        cpu_ms=sum(each.cpu_ms for each in heard) / len(heard),
    )


def _hits(asked: Sequence[Heard], most: int) -> float | None:
    return sum(each.rank is not None and each.rank < most for each in asked) / len(asked) if asked else None


def quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of the ordered values don't exceed."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
