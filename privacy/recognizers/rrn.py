"""Resident and foreigner registration numbers, whole or in halves, masked, written or spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from privacy.digit_chains import DigitChain
from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout
from privacy.recognizers.korean_recognizer import Finding

_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_MASKED = re.compile(r"(?<!\d)\d{6}\s?[-–]?\s?[0-9][*●○xXㅇ＊•]{3,6}\d{0,3}|(?<!\d)\d{6}\s?[-–]\s?[*●○xX＊•]{5,7}")
_WHOLE = re.compile(r"\d{13}")


class RrnRecognizer(DigitLayoutRecognizer):
    """Six digits of birth date, then seven that begin with 1–4 (9, 0 before 1900) or, for foreigners, 5–8.

    Rule: 주민등록법 시행규칙 제2조, 출입국관리법 시행규칙 제47조. Since October 2020 without a checksum.
    """

    KIND = PersonalKind.RRN
    KINDS = (PersonalKind.RRN, PersonalKind.FOREIGNER)
    CONTEXT = (
        "주민등록번호", "주민번호", "주민", "외국인등록번호", "외국인번호", "외국인등록", "외국인", "등록번호",
        "민증", "앞자리", "뒷자리",
        "앞번호", "뒷번호", "성별번호", "rrn", "registration",
    )  # fmt: skip
    LAYOUTS = (
        layout(r"\d{6}-\d{7}", 0.75),
        layout(r"\d{6}-\d{7}(?=-)", 0.7),
        layout(r"\d{13}", 0.45, squeezed=True),
        layout(r"\d{6}-?[0-9]", 0.12),
        layout(r"\d{6}|\d{7}", 0.12, squeezed=True),
    )

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        yield from super().find(text, artifacts)
        for match in _MASKED.finditer(text):
            yield Finding(match.start(), match.end(), 0.7)

    def find_in_chain(self, chain: DigitChain) -> Iterator[Finding]:
        for finding in super().find_in_chain(chain):
            whole = (finding.start, finding.end) == (chain.start, chain.end)
            digits = chain.corrected if whole else _digits_between(chain, finding)
            bonus = 0.3 if _WHOLE.fullmatch(digits) and _begins_with_date(digits) else 0.0
            foreigner = len(digits) == 13 and digits[6] in "5678"
            yield finding._replace(
                score=finding.score + bonus, kind=PersonalKind.FOREIGNER if foreigner else PersonalKind.RRN
            )

    def checksum(self, digits: str) -> bool | None:
        if not _WHOLE.fullmatch(digits):
            return None
        total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
        return (11 - total % 11) % 10 == int(digits[12])


def _digits_between(chain: DigitChain, finding: Finding) -> str:
    return "".join(
        digit
        for digit, (start, end) in zip(chain.digits, chain.cells, strict=True)
        if finding.start <= start and end <= finding.end
    )


def _begins_with_date(digits: str) -> bool:
    century = {"9": 1800, "0": 1800, "3": 2000, "4": 2000, "7": 2000, "8": 2000}.get(digits[6], 1900)
    try:
        date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return False
    return True
