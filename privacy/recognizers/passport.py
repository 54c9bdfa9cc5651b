"""Passport numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.spoken_digits import READING

# Old booklets: a letter and eight digits; since December 2021: letter, three digits, letter, four digits (외교부).
_WRITTEN = re.compile(
    r"(?<![A-Za-z\d])(?:[MSRODPTGJ]\s?-?\s?\d{4}\s?\d{4}|[MSRODPTGJ]\s?\d{3}\s?[A-Z]\s?\d{4})(?!\d)", re.IGNORECASE
)
_OTHER = re.compile(r"(?<![A-Za-z\d])[A-Z]{1,2}\s?\d{6,9}(?![A-Za-z\d])", re.IGNORECASE)
_LETTER = "엠|에스|알|아르|오|디|피|티|지|제이|에이치|에이|비|씨|이"
_SPOKEN = re.compile(
    rf"(?<![가-힣])(?:{_LETTER})[\s,]*(?:(?:{READING.pattern}"
    rf"|\d)[\s,]*){{3}}(?:(?:{_LETTER})[\s,]*)?(?:(?:{READING.pattern}|\d)[\s,]*){{3,4}}(?:{READING.pattern}|\d)"
)


class PassportRecognizer(KoreanRecognizer):
    """M12345678, M123A4567, 엠 일이삼사오육칠팔; other countries' layouts beside a label."""

    KIND = PersonalKind.PASSPORT
    CONTEXT = ("여권", "passport")

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for pattern, score in ((_WRITTEN, 0.7), (_OTHER, 0.2), (_SPOKEN, 0.45)):
            for match in pattern.finditer(text):
                yield Finding(match.start(), match.end(), score)
        for chain in artifacts.chains:
            if 7 <= len(chain.digits) <= 9:
                yield Finding(chain.start, chain.end, 0.14)
