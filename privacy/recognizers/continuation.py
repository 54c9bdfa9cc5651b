"""The rest of a number whose beginning was said a turn before and is a pseudonym by now."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

_NUMBERS = {
    kind.label: kind
    for kind in (
        PersonalKind.PHONE,
        PersonalKind.RRN,
        PersonalKind.FOREIGNER,
        PersonalKind.CARD,
        PersonalKind.ACCOUNT,
        PersonalKind.DRIVER,
        PersonalKind.BRN,
        PersonalKind.PASSPORT,
        PersonalKind.PLATE,
        PersonalKind.CASE,
        PersonalKind.NUMBER,
    )
}
_UNFINISHED = re.compile(rf"<({'|'.join(_NUMBERS)})_\d+>[^\n\d]{{0,8}}(?:\n[^\n\d]{{0,40}})?\n[^\n\d]{{0,6}}\Z")
_FEWEST = 3


class ContinuationRecognizer(KoreanRecognizer):
    """``<전화번호_1>에`` / 이삼사오에 / 육칠팔구입니다: when turns come one by one, earlier ones only as pseudonyms."""

    KIND = PersonalKind.NUMBER
    KINDS = tuple(_NUMBERS.values())

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for chain in artifacts.chains:
            before = _UNFINISHED.search(text, max(0, chain.start - 80), chain.start)
            if before and len(chain.digits) >= _FEWEST:
                yield Finding(chain.start, chain.end, 0.55, settled=True, kind=_NUMBERS[before[1]])
