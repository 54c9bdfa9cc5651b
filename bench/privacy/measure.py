"""Annotated sentences, and what it counts as to have found what they hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from bench.privacy.peers import Span
from privacy import Scrubber

OVER_TURNS, SPOKEN, WRITTEN = "over turns", "spoken", "written"
GROUPS = {
    "numbers": frozenset(
        ("PHONE", "RRN", "CARD", "ACCOUNT", "PLATE", "PASSPORT", "DRIVER", "BRN", "BIRTH", "CASE", "NUMBER")
    ),
    "names": frozenset(("NAME",)),
    "addresses": frozenset(("ADDRESS",)),
    "online": frozenset(("EMAIL", "URL", "IP", "ID")),
}
_DIGIT_SYLLABLES = frozenset("공영제로일하나이둘삼셋사넷오다섯육여칠곱팔덟구아홉천백십")


@dataclass(frozen=True, slots=True)
class Turn:
    """One annotated turn; ``gold`` holds (start, end, type)."""

    text: str
    gold: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence (one turn) or a short dialogue of ``pii/dev.jsonl``; ``clean`` when nothing may be touched."""

    id: str
    category: str
    clean: bool
    turns: tuple[Turn, ...]

    @property
    def style(self) -> str:
        """``OVER_TURNS`` for a dialogue, ``SPOKEN`` where a number stands in syllables more than in digits."""
        if len(self.turns) > 1:
            return OVER_TURNS
        if self.category.startswith(SPOKEN) or any(
            kind in GROUPS["numbers"] and _is_spoken(turn.text[start:end])
            for turn in self.turns
            for start, end, kind in turn.gold
        ):
            return SPOKEN
        return WRITTEN


def read_samples(path: Path) -> Iterator[Sample]:
    """Samples of a JSON Lines file: ``text`` with ``spans``, or ``turns`` of both."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        turns = tuple(_turn(each) for each in row.get("turns", [row]))
        yield Sample(row["id"], row["cat"], not any(turn.gold for turn in turns), turns)


Found = Sequence[Sequence[Span]]
"""What was found in a sample, turn by turn."""


class GoldSpan(NamedTuple):
    """What became of one annotated span.

    Exact: found with these very bounds. Covered: every character lies in found spans. Typed: covered, and a found
    span of the same kind lies on it.
    """

    kind: str
    style: str
    exact: bool
    covered: bool
    typed: bool


class FoundSpan(NamedTuple):
    """What was found; ``right`` where it overlaps an annotated span."""

    kind: str
    style: str
    right: bool


@dataclass(slots=True)
class Tally:
    """Counts over samples."""

    gold: list[GoldSpan] = field(default_factory=list)
    found: list[FoundSpan] = field(default_factory=list)
    clean: int = 0
    clean_touched: int = 0
    missed: list[str] = field(default_factory=list)
    too_much: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Covered spans over annotated ones."""
        return share(each.covered for each in self.gold)

    @property
    def precision(self) -> float:
        """Found spans that overlap an annotated one, over found spans."""
        return share(each.right for each in self.found)

    def of(self, wanted: Callable[[str, str], bool]) -> Tally:
        """The annotated and found spans whose kind and style are wanted."""
        return Tally(
            [each for each in self.gold if wanted(each.kind, each.style)],
            [each for each in self.found if wanted(each.kind, each.style)],
        )


def share(flags: Iterable[bool]) -> float:
    """How many of them are true, 0 to 1; 1 for none at all."""
    flags = list(flags)
    return sum(flags) / len(flags) if flags else 1.0


def measure(scrubber: Scrubber, samples: Iterable[Sample]) -> Tally:
    """Scrub every sample (a dialogue as a whole) in a session of its own and count."""
    samples = list(samples)
    found = []
    for sample in samples:
        results = scrubber.scrub_turns([turn.text for turn in sample.turns], sample.id)
        found.append([[(span.start, span.end, span.type) for span in result.spans] for result in results])
    return tally(samples, found)


def tally(samples: Iterable[Sample], found: Iterable[Found]) -> Tally:
    """Count; ``found`` runs beside ``samples``."""
    counts = Tally()
    for sample, spans_of_turns in zip(samples, found, strict=True):
        counts.clean += sample.clean
        counts.clean_touched += sample.clean and any(spans_of_turns)
        for turn, spans in zip(sample.turns, spans_of_turns, strict=True):
            _count(counts, sample, turn, spans)
    return counts


def is_covered(gold: Span, spans: Iterable[Span]) -> bool:
    """Whether every character of ``gold`` lies in ``spans`` together."""
    return not set(range(gold[0], gold[1])).difference(*(range(start, end) for start, end, _ in spans))


def _turn(row: Mapping[str, Any]) -> Turn:
    return Turn(row["text"], tuple((start, end, kind) for start, end, kind in row["spans"]))


def _is_spoken(value: str) -> bool:
    return sum(letter in _DIGIT_SYLLABLES for letter in value) > sum(letter.isdecimal() for letter in value)


def _count(counts: Tally, sample: Sample, turn: Turn, spans: Sequence[Span]) -> None:
    style = sample.style
    for gold in turn.gold:
        start, end, kind = gold
        covered = is_covered(gold, spans)
        exact = any(span[:2] == gold[:2] for span in spans)
        typed = covered and any(span[2] == kind and _overlap(span, gold) for span in spans)
        counts.gold.append(GoldSpan(kind, style, exact, covered, typed))
        if not covered:
            counts.missed.append(f"{sample.id} {kind}: {turn.text[start:end]} in: {turn.text}")
    for span in spans:
        right = any(_overlap(span, gold) for gold in turn.gold)
        counts.found.append(FoundSpan(span[2], style, right))
        if not right:
            counts.too_much.append(f"{sample.id} {span[2]}: {turn.text[span[0] : span[1]]} in: {turn.text}")


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
