"""Label words around a place in the text: 주민등록번호, 연락처, 계좌, …"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from privacy.korean_token import KoreanToken

WINDOW = 5
"""Words before and words after that may be a label."""
BEFORE, PER_WORD_BEFORE = 0.45, 0.015
AFTER, PER_WORD_AFTER = 0.40, 0.03


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """The words of a text and their lemmas ("" for particles, endings and punctuation, which use up no window)."""

    text: str
    tokens: Sequence[KoreanToken]
    lemmas: Sequence[str]
    starts: Sequence[int]

    def boost(self, start: int, end: int, labels: tuple[str, ...]) -> float:
        """What the nearest of ``labels`` around ``text[start:end]`` adds to a score, 0 when none stands near.

        At most 0.45, less for every word in between; a label after counts less than one before. In a dialogue (turns
        joined by newlines) the whole turn before counts: it is the question. A label is a part of a word, or with a
        leading ``=`` the whole word.
        """
        before = self._distance_before(start, labels)
        after = self._distance_after(end, labels)
        return max(
            0.0 if before is None else BEFORE - PER_WORD_BEFORE * before,
            0.0 if after is None else AFTER - PER_WORD_AFTER * after,
        )

    def _distance_before(self, start: int, labels: tuple[str, ...]) -> int | None:
        distance = lines_up = 0
        edge = start
        for index in range(bisect_left(self.starts, start) - 1, -1, -1):
            token, lemma = self.tokens[index], self.lemmas[index]
            lines_up += self.text.count("\n", token.idx, edge)
            edge = min(edge, token.idx)
            if lines_up > 1 or (lines_up == 0 and distance >= WINDOW):
                return None
            if lemma:
                if _is_label(lemma, labels):
                    return min(distance, WINDOW - 1)
                distance += 1
        return None

    def _distance_after(self, end: int, labels: tuple[str, ...]) -> int | None:
        distance = 0
        for index in range(bisect_right(self.starts, end - 1), len(self.tokens)):
            if distance >= WINDOW or "\n" in self.text[end : self.tokens[index].idx]:
                return None
            if lemma := self.lemmas[index]:
                if _is_label(lemma, labels):
                    return distance
                distance += 1
        return None


def _is_label(lemma: str, labels: tuple[str, ...]) -> bool:
    return any(label[1:] == lemma if label[0] == "=" else label in lemma for label in labels)
