"""How well the scrubber finds what annotated sentences hold, and how fast."""

from __future__ import annotations

import json
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from privacy import PersonalSpan, Scrubber


@dataclass(frozen=True, slots=True)
class Turn:
    """One annotated turn; ``gold`` holds (start, end, type)."""

    text: str
    gold: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence (one turn) or a short dialogue of ``pii/dev.jsonl``; ``clean`` when nothing may be touched."""

    id: str
    category: str
    clean: bool
    turns: tuple[Turn, ...]


@dataclass(slots=True)
class Tally:
    """Counts over samples. Full cover: every character of a gold span lies in found spans."""

    gold: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    typed: int = 0
    found: int = 0
    found_right: int = 0
    clean: int = 0
    clean_touched: int = 0
    missed: list[str] = field(default_factory=list)
    too_much: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.covered.total() / max(1, self.gold.total())

    @property
    def precision(self) -> float:
        """Found spans that overlap a gold one, over found spans."""
        return self.found_right / max(1, self.found)

    def quantile(self, share: float) -> float:
        """Milliseconds a sample at a share of the samples (0.95 → p95)."""
        return statistics.quantiles(self.milliseconds, n=100, method="inclusive")[round(share * 100) - 1]


def read_samples(path: Path) -> Iterator[Sample]:
    """Samples of a JSON Lines file: ``text`` with ``spans``, or ``turns`` of both."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        turns = tuple(_turn(each) for each in row.get("turns", [row]))
        yield Sample(row["id"], row["cat"], not any(turn.gold for turn in turns), turns)


def measure(scrubber: Scrubber, samples: Iterable[Sample]) -> Tally:
    """Scrub every sample in a session of its own and count."""
    tally = Tally()
    for sample in samples:
        began = time.perf_counter()
        results = scrubber.scrub_turns([turn.text for turn in sample.turns], sample.id)
        tally.milliseconds.append((time.perf_counter() - began) * 1000)
        tally.clean += sample.clean
        tally.clean_touched += sample.clean and any(result.spans for result in results)
        for turn, result in zip(sample.turns, results, strict=True):
            _count(tally, sample, turn, result.spans)
    return tally


def _turn(row: Mapping[str, Any]) -> Turn:
    return Turn(row["text"], tuple((start, end, kind) for start, end, kind in row["spans"]))


def _count(tally: Tally, sample: Sample, turn: Turn, spans: tuple[PersonalSpan, ...]) -> None:
    hidden = {index for span in spans for index in range(span.start, span.end)}
    for start, end, kind in turn.gold:
        key = f"{sample.category}/{kind}"
        tally.gold[key] += 1
        if hidden.issuperset(range(start, end)):
            tally.covered[key] += 1
            tally.typed += any(span.type == kind and span.start < end and start < span.end for span in spans)
        else:
            tally.missed.append(f"{sample.id} {kind}: {turn.text[start:end]} in: {turn.text}")
    for span in spans:
        tally.found += 1
        if any(span.start < end and start < span.end for start, end, _ in turn.gold):
            tally.found_right += 1
        else:
            tally.too_much.append(f"{sample.id} {span.type}: {turn.text[span.start : span.end]} in: {turn.text}")
