"""Reads trained weights and finds spans with their probability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import local
from typing import NamedTuple

import pycrfsuite

from privacy.kinds import PersonalKind
from privacy.tagger.features import Features

ASKED = Path(__file__).with_name("asked.crfsuite")
"""Every kind, in what citizens and staff type and say."""
TOLD = Path(__file__).with_name("told.crfsuite")
"""Names of people, in prose."""
OUTSIDE = "O"
_KINDS = frozenset(PersonalKind)


class TaggedSpan(NamedTuple):
    """A span, its kind and how likely its characters belong to one (the least of them, 0 to 1)."""

    start: int
    end: int
    kind: PersonalKind
    probability: float


class Tagger:
    """A trained conditional random field. Thread-safe: each thread opens the weights once for itself."""

    def __init__(self, weights: Path) -> None:
        self._weights = weights
        self._mine = local()
        self._open()

    def find(self, features: Sequence[Features], *, least: float) -> list[TaggedSpan]:
        """Spans whose characters are personal with a probability of at least ``least``.

        ``features`` are those of each character (``features_of``); offsets count from the first of them.
        """
        if not features:
            return []
        tagger = self._open()
        tagger.set(features)
        size = len(features)
        if 1.0 - tagger.probability([OUTSIDE] * size) < least:
            return []  # no character can be likelier than that
        inside = [1.0 - tagger.marginal(OUTSIDE, at) for at in range(size)]
        for other in (label for label in tagger.labels() if label != OUTSIDE and label[2:] not in _KINDS):
            inside = [share - tagger.marginal(other, at) for at, share in enumerate(inside)]
        return list(_spans(tagger, inside, least)) if max(inside) >= least else []

    def _open(self) -> pycrfsuite.Tagger:
        tagger = getattr(self._mine, "tagger", None)
        if tagger is None:
            tagger = self._mine.tagger = pycrfsuite.Tagger()
            tagger.open(str(self._weights))
        return tagger


def _spans(tagger: pycrfsuite.Tagger, inside: list[float], least: float) -> Iterator[TaggedSpan]:
    kinds = [label[2:] for label in tagger.labels() if label.startswith("B-") and label[2:] in _KINDS]
    at = 0
    while at < len(inside):
        if inside[at] < least:
            at += 1
            continue
        start = at
        mass = dict.fromkeys(kinds, 0.0)
        while at < len(inside) and inside[at] >= least:
            begins = {kind: tagger.marginal(f"B-{kind}", at) for kind in kinds}
            if at > start and sum(begins.values()) > inside[at] / 2:
                break
            for kind in kinds:
                mass[kind] += begins[kind] + tagger.marginal(f"I-{kind}", at)
            at += 1
        kind = max(mass, key=lambda each: mass[each])
        if mass[kind] / (at - start) >= least:
            yield TaggedSpan(start, at, PersonalKind(kind), min(inside[start:at]))
