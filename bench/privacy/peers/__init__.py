"""The scrubbers that are compared. Each is one file that keeps one contract and loads its library when it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Protocol

Span = tuple[int, int, str]
"""Start and end in the text as given, and the kind under our name (``PersonalKind.code``)."""

_TURN_BREAK = "\n"


class Peer(Protocol):
    """One scrubber. ``version`` is its package's, or empty where it is the checkout itself."""

    name: str
    version: str

    def find(self, text: str) -> list[Span] | None:
        """What it would take out of one utterance; None where it refuses the utterance as a whole."""

    def find_whole(self, turns: Sequence[str]) -> list[list[Span]]:
        """The same for the turns of a dialogue that is over, given at once; runs beside ``turns``."""

    def find_live(self, turns: Sequence[str]) -> list[list[Span]]:
        """The same while it goes on: a turn may be judged by those before it, never by those to come."""


class OneTextPeer:
    """What the libraries that know no dialogues share: a whole dialogue is a text, live each turn stands alone."""

    def find(self, text: str) -> list[Span]:
        raise NotImplementedError

    def find_whole(self, turns: Sequence[str]) -> list[list[Span]]:
        return list(cut_by_turn(turns, self.find(_TURN_BREAK.join(turns))))

    def find_live(self, turns: Sequence[str]) -> list[list[Span]]:
        return [self.find(turn) for turn in turns]


def cut_by_turn(turns: Sequence[str], spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Spans in the turns joined by line breaks, as spans in each turn; what crosses a break is cut there."""
    spans = list(spans)
    offsets = accumulate((len(turn) + len(_TURN_BREAK) for turn in turns), initial=0)
    for turn, offset in zip(turns, offsets, strict=False):
        yield [
            (max(start - offset, 0), min(end - offset, len(turn)), kind)
            for start, end, kind in spans
            if start - offset < len(turn) and end > offset
        ]


def renamed(found: Iterable[Span], kinds: Mapping[str, str]) -> list[Span]:
    """With our kinds for theirs; a kind that we have no name for (an age, a job) counts neither for nor against."""
    return [(start, end, kinds[kind]) for start, end, kind in found if kind in kinds]
