"""Which finds stand when recognizers disagree: the surest wins, and what it leaves uncovered still goes."""

from __future__ import annotations

from typing import NamedTuple

from presidio_analyzer import RecognizerResult

from privacy.digit_chains import is_gap
from privacy.kinds import PersonalKind

THRESHOLD = 0.5
"""Score from which a find counts."""
_SMALLEST_REST = 3


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
            elif rest := _rest(text, start, end):
                chosen.append(find._replace(start=rest[0], end=rest[1]))
    return _neighbours_joined(text, sorted(chosen))


def _neighbours_joined(text: str, spans: list[ChosenSpan]) -> list[ChosenSpan]:
    """Parts of one address side by side (왕십리로 83-21 1502호) made one."""
    joined: list[ChosenSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        both = last and span.kind is last.kind is PersonalKind.ADDRESS
        if last and both and not text[last.end : span.start].strip(" ,()"):
            joined[-1] = last._replace(end=span.end, score=max(last.score, span.score))
        else:
            joined.append(span)
    return joined


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


def _rest(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A leftover without the separators at its edges; None when nothing worth hiding is left."""
    while start < end and is_gap(text[start : start + 1]):
        start += 1
    while start < end and is_gap(text[end - 1 : end]):
        end -= 1
    letters = sum(letter.isalnum() for letter in text[start:end])
    return (start, end) if letters >= _SMALLEST_REST else None
