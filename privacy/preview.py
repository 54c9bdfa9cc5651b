"""What would be kept of a dialogue, and which rule found what: for staff who try it out. Nothing of it stays."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from maru.clock import new_identifier
from privacy.errors import ScrubFailed
from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KiwiNlpEngine
from privacy.recognizers import ALL_RECOGNIZERS, KoreanRecognizer
from privacy.scrubbed_text import ScrubbedText
from privacy.scrubber import Scrubber


@dataclass(frozen=True, slots=True, repr=False)
class PreviewedSpan:
    """One find: where it stands in its turn (NFC offsets, end exclusive), its words, how sure, who found it.

    ``recognizer`` is None for a value that only stands there again.
    """

    turn: int
    start: int
    end: int
    kind: PersonalKind
    words: str
    score: float
    recognizer: str | None
    placeholder: str


@dataclass(frozen=True, slots=True, repr=False)
class Preview:
    """The turns in NFC, what would be kept of each, and the finds in reading order. Holds originals."""

    turns: tuple[str, ...]
    kept: tuple[str, ...]
    finds: tuple[PreviewedSpan, ...]

    def as_json(self) -> dict[str, Any]:
        """What ``maru privacy try --json`` prints and the API answers."""
        finds = [
            {
                "turn": find.turn,
                "start": find.start,
                "end": find.end,
                "type": find.kind.code,
                "label": find.kind.label,
                "words": find.words,
                "score": find.score,
                "recognizer": find.recognizer,
                "placeholder": find.placeholder,
            }
            for find in self.finds
        ]
        return {"kept": list(self.kept), "finds": finds, "stored": False}


class _Candidate(NamedTuple):
    """What one recognizer said; offsets in the turns joined by line ends."""

    start: int
    end: int
    code: str
    score: float
    recognizer: str


def preview(scrubber: Scrubber, turns: Sequence[str]) -> Preview:
    """Scrub the turns of one dialogue in a session of their own, wiped before this returns or raises.

    Raises ``ScrubFailed``, and ``VaultUnavailable`` when the shared vault can't be wiped; neither holds a word.
    """
    session = new_identifier()
    try:
        kept = scrubber.scrub_turns(turns, session)
    finally:
        scrubber.vault.wipe(session)
    try:
        normal = tuple(unicodedata.normalize("NFC", turn) for turn in turns)
        return Preview(normal, tuple(each.text for each in kept), tuple(_finds(normal, kept)))
    except Exception:
        reason = "the finds could not be explained"
    raise ScrubFailed(reason)  # outside the handler: no chain, no frames that hold the text


def _finds(turns: Sequence[str], kept: Sequence[ScrubbedText]) -> Iterator[PreviewedSpan]:
    candidates = _candidates(turns)
    offset = 0
    for number, (turn, scrubbed) in enumerate(zip(turns, kept, strict=True)):
        for span in scrubbed.spans:
            yield PreviewedSpan(
                turn=number,
                start=span.start,
                end=span.end,
                kind=PersonalKind.of_placeholder(span.placeholder),
                words=turn[span.start : span.end],
                score=span.score,
                recognizer=_recognizer(candidates, offset + span.start, offset + span.end, span.type),
                placeholder=span.placeholder,
            )
        offset += len(turn) + 1


def _candidates(turns: Sequence[str]) -> list[_Candidate]:
    """What every recognizer says of the dialogue, before the surest are chosen."""
    text = "\n".join(turn.replace("\r", " ").replace("\n", " ") for turn in turns)
    # No budget: the scrubber has just read the same words within its own.
    artifacts = KiwiNlpEngine().read(text, deadline=float("inf"))
    return [
        _Candidate(each.start, each.end, PersonalKind(each.entity_type).code, each.score, type(recognizer).__name__)
        for recognizer in _recognizers()
        for each in recognizer.analyze(text, [], artifacts)
    ]


@lru_cache(maxsize=1)
def _recognizers() -> tuple[KoreanRecognizer, ...]:
    return tuple(each() for each in ALL_RECOGNIZERS)


def _recognizer(candidates: Sequence[_Candidate], start: int, end: int, code: str) -> str | None:
    """The recognizer of that kind that covers most of a span."""
    covering = [each for each in candidates if each.code == code and each.start < end and start < each.end]
    best = max(covering, key=lambda each: (min(each.end, end) - max(each.start, start), each.score), default=None)
    return best.recognizer if best else None
