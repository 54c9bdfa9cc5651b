"""A part of a number said again: 공일공에 사사공공에 칠구일팔이요 … 사사공공이요."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from privacy.digit_chains import DigitChain
from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.number_topics import kind_named, kind_right_before
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.recognizers.plate import DISTRICT, USE
from privacy.recognizers.unexplained_number import goes_unexplained
from privacy.spoken_digits import READING

_FEWEST = 3
_PLATE_IN_ONE = (6, 7)
_AT_ONCE = re.compile(r"(?:이?요|이?에요|예요|입니다|이?고요)?[\s,.?!]{1,3}")
# 12가 3456, M123A 4567: the letter before the last four.
_LETTER_BEFORE = re.compile(
    rf"(?:\d|[십백]|{READING.pattern}|(?<![가-힣]){DISTRICT})\s?(?:{USE}|[A-Z]|에이|비|씨|디|에프)에?[\s\-]{{0,2}}\Z"
)

_LABEL_REACH = 60
_PASSPORT_BEGUN = re.compile(r"(?<![가-힣A-Za-z\d])(?:엠|에스|[A-Z])\s?\S{3,8}\s\S{1,2}\s?\Z")


class RepeatedNumberRecognizer(KoreanRecognizer):
    """Three digits and more that are also inside a long number or a plate of the same text; two if said at once."""

    KIND = PersonalKind.NUMBER

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        told = ""
        for chain in artifacts.chains:
            if told and _is_in(chain, told) and not goes_unexplained(chain, artifacts):
                yield Finding(chain.start, chain.end, 0.5, settled=True)
            elif _is_source(text, chain, artifacts):
                told += f"{chain.digits} {chain.corrected} "
        if not told:
            return
        for chain, again in pairwise(artifacts.chains):
            if len(chain.digits) <= len(again.digits) or not _AT_ONCE.fullmatch(text, chain.end, again.start):
                continue
            if chain.digits.endswith(
                (again.digits, again.digits + "2", again.digits.removesuffix("29") or "-")
            ):  # 구이요 is 92요 or 9이요
                yield Finding(again.start, again.end, 0.5, settled=True)


def _is_in(chain: DigitChain, told: str) -> bool:
    """Whether its digits were told, or those before a last 이구 that is the sentence's (0997이구요)."""
    if len(chain.digits) >= _FEWEST and chain.digits in told:
        return True
    before = chain.digits.removesuffix("29")
    return chain.spoken and before != chain.digits and len(before) >= _FEWEST and before in told


def _is_source(text: str, chain: DigitChain, artifacts: KoreanArtifacts) -> bool:
    if goes_unexplained(chain, artifacts):
        return True
    if len(chain.digits) in _PLATE_IN_ONE:  # 고 and 저 are fillers as well as letters of plates
        return kind_right_before(text, chain.start) is PersonalKind.PLATE
    if len(chain.digits) != 4:
        return False
    lettered = bool(_LETTER_BEFORE.search(text, max(0, chain.start - 12), chain.start))
    line = text[text.rfind("\n", 0, chain.start) + 1 : chain.start]
    named = kind_named(line[-_LABEL_REACH:]) in {PersonalKind.PLATE, PersonalKind.PASSPORT}
    return lettered and (named or bool(_PASSPORT_BEGUN.search(line)))
