"""Which finds stand when recognizers disagree: the surest wins, and what it leaves uncovered still goes."""

from __future__ import annotations

from typing import NamedTuple

from presidio_analyzer import RecognizerResult

from privacy.digit_gaps import REPAIR, is_gap
from privacy.kinds import PersonalKind
from privacy.normal_form import NUMERIC

THRESHOLD = 0.5
"""Score from which a find counts."""
_SMALLEST_REST = 3
_OF_DIGITS = NUMERIC | {PersonalKind.PASSPORT, PersonalKind.PLATE}


class ChosenSpan(NamedTuple):
    """A find that stands."""

    start: int
    end: int
    kind: PersonalKind
    score: float


def choose_spans(text: str, results: list[RecognizerResult]) -> list[ChosenSpan]:
    """Non-overlapping spans in text order covering every result of at least ``THRESHOLD``, but for crumbs."""
    chosen: list[ChosenSpan] = []
    for find in sorted(_united(results), key=lambda each: (-each.score, each.start - each.end, each.start)):
        whole = not any(each.start < find.end and find.start < each.end for each in chosen)
        for start, end in _uncovered(find.start, find.end, chosen):
            if whole:
                chosen.append(find)
            elif rest := _rest(text, start, end, smallest=1 if find.kind in _OF_DIGITS else _SMALLEST_REST):
                chosen.append(find._replace(start=rest[0], end=rest[1]))
    return _neighbours_joined(text, sorted(chosen))


def _neighbours_joined(text: str, spans: list[ChosenSpan]) -> list[ChosenSpan]:
    """Parts of one address side by side (왕십리로 83-21 1502호) made one; so are a number and its left-over digits."""
    joined: list[ChosenSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and _belong_together(text, last, span):
            surer = max(last, span, key=lambda each: (each.kind is not PersonalKind.NUMBER, each.score))
            joined[-1] = surer._replace(start=last.start, end=span.end)
        else:
            joined.append(span)
    return joined


def _belong_together(text: str, last: ChosenSpan, span: ChosenSpan) -> bool:
    between = text[last.end : span.start]
    if span.kind is last.kind is PersonalKind.ADDRESS:
        return not between.strip(" ,()")
    if span.kind is last.kind and span.kind in NUMERIC and REPAIR.search(between) and is_gap(between):
        return "\n" not in between
    rest = PersonalKind.NUMBER in (last.kind, span.kind)
    return rest and {last.kind, span.kind} <= NUMERIC and "\n" not in between and is_gap(between)


def _united(results: list[RecognizerResult]) -> list[ChosenSpan]:
    """Finds that count; those of one kind that overlap made one."""
    united: list[ChosenSpan] = []
    for result in sorted(results, key=lambda each: (each.entity_type, each.start)):
        if result.score < THRESHOLD:
            continue
        kind = PersonalKind(result.entity_type)
        last = united[-1] if united else None
        if last and last.kind is kind and result.start < last.end:
            united[-1] = ChosenSpan(last.start, max(last.end, result.end), kind, max(last.score, result.score))
        else:
            united.append(ChosenSpan(result.start, result.end, kind, result.score))
    return united


def _uncovered(start: int, end: int, chosen: list[ChosenSpan]) -> list[tuple[int, int]]:
    pieces = [(start, end)]
    for span in chosen:
        pieces = [
            piece
            for left, right in pieces
            for piece in ((left, min(right, span.start)), (max(left, span.end), right))
            if piece[0] < piece[1]
        ]
    return pieces


def _rest(text: str, start: int, end: int, *, smallest: int) -> tuple[int, int] | None:
    """A leftover without the separators at its edges; None when nothing worth hiding is left."""
    if is_gap(text[start:end]):
        return None
    while start < end and _parts(text, start, end):
        start += 1
    while start < end and is_gap(text[end - 1 : end]) and not text[end - 1].isalnum():
        end -= 1
    letters = sum(letter.isalnum() for letter in text[start:end])
    return (start, end) if letters >= smallest else None


def _parts(text: str, at: int, end: int) -> bool:
    """Whether a separator, or a filler of one syllable (not the first of a word such as 아홉), stands at ``at``."""
    if not is_gap(text[at]):
        return False
    return not text[at].isalnum() or (at + 1 < end and text[at + 1].isspace())
