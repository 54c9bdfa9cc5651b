"""Sentences with their personal data marked by hand: ``제 이름은 [NAME:홍길동]이에요``, turns apart by `` || ``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_MARK = re.compile(r"\[([A-Z]+):([^\[\]]+)\]")
_TURN_BREAK = " || "


class MarkedTurn(NamedTuple):
    """A turn's text and its spans (start, end, kind's output code)."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def read_marked(path: Path) -> Iterator[tuple[int, tuple[MarkedTurn, ...]]]:
    """Line numbers and turns of a text file, one sentence or dialogue a line; skips empty lines and ``#`` remarks.

    ``ValueError`` with the line's number where a bracket is left over.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        turns = tuple(_turn(part) for part in line.strip().split(_TURN_BREAK))
        if any(set("[]") & set(turn.text) for turn in turns):
            raise ValueError(f"{path.name}:{number}: a bracket that marks nothing")
        yield number, turns


def _turn(marked: str) -> MarkedTurn:
    text, spans, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        spans.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        position = match.end()
    return MarkedTurn(text + marked[position:], tuple(spans))
