"""Run a recogniser over recordings and count what came out and what it cost."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.speech.corpora import Recording
from voice.normalise import character_edits
from voice.recognizer import SpeechRecognizer


@dataclass(frozen=True, slots=True)
class Heard:
    """One recording as it was heard: edits against what was said (both normalised), wall and CPU milliseconds."""

    recording: Recording
    text: str
    confidence: float
    edits: int
    length: int
    wall_ms: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    """A group's figures. ``cer`` is edits per character said; ``real_time_factor`` is wall time per second of audio."""

    group: str
    recordings: int
    cer: float
    exact: int
    empty: int
    confidence: float
    real_time_factor: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float


def listen(recognizer: SpeechRecognizer, recordings: Sequence[Recording]) -> list[Heard]:
    """Recognise every recording, one after the other."""
    heard = []
    for recording in recordings:
        wall, cpu = time.perf_counter(), time.process_time()
        transcript = recognizer.transcribe(recording.waveform, "ko")
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        edits, length = character_edits(transcript.text, recording.said)
        heard.append(Heard(recording, transcript.text, transcript.confidence, edits, length, wall * 1000, cpu * 1000))
    return heard


def summarise(group: str, heard: Sequence[Heard]) -> Figures:
    """The figures of a group that has at least one recording."""
    walls = sorted(each.wall_ms for each in heard)
    return Figures(
        group=group,
        recordings=len(heard),
        cer=sum(each.edits for each in heard) / sum(each.length for each in heard),
        exact=sum(each.edits == 0 for each in heard),
        empty=sum(not each.text for each in heard),
        confidence=sum(each.confidence for each in heard) / len(heard),
        real_time_factor=sum(walls) / 1000 / sum(each.recording.waveform.seconds for each in heard),
        p50_ms=_quantile(walls, 0.5),
        p95_ms=_quantile(walls, 0.95),
        cpu_ms=sum(each.cpu_ms for each in heard) / len(heard),
    )


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of the values don't exceed."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
