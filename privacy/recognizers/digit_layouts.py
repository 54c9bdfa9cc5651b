"""Base of the recognizers that match layouts on digit chains (010-1234-5678, 900101-1234567, …)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from privacy.digit_chains import DigitChain
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

PROVEN = 0.1
"""What a correct checksum adds. A wrong one takes nothing away: one misheard digit must not leak the others."""


class Layout(NamedTuple):
    """A layout over canonical digits (groups joined by ``-``) and its score without any label near.

    Below 0.5 a layout only counts beside a label. ``squeezed`` layouts are also tried on the whole chain with its
    separators taken out, because people pause where they like (공일 공일이 삼사오 …).
    """

    pattern: re.Pattern[str]
    score: float
    squeezed: bool = False


def layout(pattern: str, score: float, *, squeezed: bool = False) -> Layout:
    """A ``Layout`` that begins and ends at a digit group's edge."""
    return Layout(re.compile(rf"(?<!\d)(?:{pattern})(?!\d)"), score, squeezed)


class DigitLayoutRecognizer(KoreanRecognizer):
    """Matches ``LAYOUTS`` on every digit chain."""

    LAYOUTS: ClassVar[tuple[Layout, ...]]

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for chain in artifacts.chains:
            yield from self.find_in_chain(chain)

    def find_in_chain(self, chain: DigitChain) -> Iterator[Finding]:
        """Finds of every layout in one chain."""
        for each in self.LAYOUTS:
            for match in each.pattern.finditer(chain.canonical):
                start, end = chain.where_canonical(*match.span())
                yield self._finding(start, end, each.score, match.group().replace("-", ""))
            if each.squeezed and "-" in chain.canonical and each.pattern.fullmatch(chain.digits):
                yield self._finding(chain.start, chain.end, each.score - 0.05, chain.digits)
            if each.squeezed and chain.corrected != chain.digits and each.pattern.fullmatch(chain.corrected):
                yield self._finding(chain.start, chain.end, each.score - 0.05, chain.corrected)

    def checksum(self, digits: str) -> bool | None:
        """True proven, False disproven, None unknown."""
        return None

    def _finding(self, start: int, end: int, score: float, digits: str) -> Finding:
        return Finding(start, end, score + (PROVEN if self.checksum(digits) else 0.0))
