"""How many people can speak at once: each speaks for as long as a recording lasts, then waits for what is found."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from bench.speech.corpora import SHARED
from bench.speech.measure import Search, quantile
from voice.errors import SpeechBusy, SpeechTimeout
from voice.hints import Hints
from voice.speech_service import SpeechService

SPEAKERS = (1, 2, 3, 4, 6, 8, 12, 16)
SLOW_MS = 3000.0
_QUESTIONS_EACH = 6
_STAGGER_S = 0.7


@dataclass(frozen=True, slots=True)
class Load:
    """Milliseconds from the end of speech to the found entries, by speakers; ``refused`` were told to wait."""

    speakers: int
    questions: int
    refused: int
    p50_ms: float
    p95_ms: float


def recorded(every: int = 2, folder: Path = SHARED / "spoken-questions") -> list[bytes]:
    """Spoken questions as they were uploaded, undecoded."""
    return [path.read_bytes() for path in sorted(folder.glob("*.flac"))[::every]]


async def speak_at_once(
    service: SpeechService, search: Search, hints: Hints, clips: Sequence[tuple[bytes, float]], speakers: int
) -> Load:
    """``clips`` are uploads with their seconds; people begin a moment after each other, as they do."""
    times: list[float] = []
    refused = 0
    todo = cycle(clips)

    async def one(number: int) -> None:
        nonlocal refused
        await asyncio.sleep(number * _STAGGER_S)
        for data, seconds in islice(todo, _QUESTIONS_EACH):
            await asyncio.sleep(seconds)
            ended = time.perf_counter()
            try:
                transcript = await service.transcribe(data, "ko", hints)
            except (SpeechBusy, SpeechTimeout):
                refused += 1
                continue
            others = [each.text for each in transcript.hypotheses[1:]]
            await asyncio.to_thread(partial(search, transcript.text, others))
            times.append((time.perf_counter() - ended) * 1000)

    await asyncio.gather(*(one(number) for number in range(speakers)))
    ordered = sorted(times)
    return Load(speakers, len(times), refused, quantile(ordered, 0.5), quantile(ordered, 0.95))
