"""Sentences with their personal data marked by hand: ``제 이름은 [NAME:홍길동]이에요``, turns apart by `` || ``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bench.privacy.measure import Sample, Turn

_MARK = re.compile(r"\[([A-Z]+):([^\[\]]+)\]")
_TURN_BREAK = " || "


def read_marked(path: Path) -> Iterator[Sample]:
    """Samples of a text file, one a line; empty lines and ``#`` remarks are skipped. ``category`` is the file's name.

    ``ValueError`` with the line's number where a bracket is left over.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        turns = tuple(_turn(part) for part in line.strip().split(_TURN_BREAK))
        if any(set("[]") & set(turn.text) for turn in turns):
            raise ValueError(f"{path.name}:{number}: a bracket that marks nothing")
        yield Sample(f"{path.stem}-{number}", path.stem, not any(turn.gold for turn in turns), turns)


def _turn(marked: str) -> Turn:
    text, gold, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        gold.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        position = match.end()
    return Turn(text + marked[position:], tuple(gold))
