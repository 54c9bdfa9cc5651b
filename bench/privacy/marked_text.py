"""Sentences with their personal data marked by hand, as samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.privacy.measure import Sample, Turn
from privacy.training import marked_text


def read_marked(path: Path) -> Iterator[Sample]:
    """Samples of a marked text file, one a line; ``category`` is the file's name. ``ValueError`` for a broken mark."""
    for number, turns in marked_text.read_marked(path):
        gold = tuple(Turn(turn.text, turn.spans) for turn in turns)
        yield Sample(f"{path.stem}-{number}", path.stem, not any(turn.gold for turn in gold), gold)
