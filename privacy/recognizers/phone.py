"""Telephone numbers of people: mobile, landline, internet and safe numbers, written or spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout
from privacy.recognizers.korean_recognizer import Finding

_AREA = "0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4])"

_LAST_FOUR = re.compile(
    r"(?:전화|핸드폰|휴대폰|휴대전화|폰|연락처)\s?(?:번호)?\s?(?:의\s)?(?:뒷|뒤|끝|마지막|가운데|중간)\s?(?:네"
    r"|4)?\s?(?:자리|번호)?[은는이가]?\s+\Z"
)


class PhoneRecognizer(DigitLayoutRecognizer):
    """010-1234-5678, 011-234-5678, 02-555-1234, 070-…, 0507-…, 1234-5678 after a label; also +82.

    Numbering plan: 전기통신번호관리세칙. Special and nationwide numbers (120, 1588-…) never get here, nor do
    landlines that the sentence introduces as an office's.
    """

    KIND = PersonalKind.PHONE
    CONTEXT = (
        "전화", "연락", "휴대", "핸드폰", "폰", "문자", "전번", "팩스", "통화", "회신", "안심번호", "=번호", "알림톡",
        "카톡", "비상",
        "phone", "mobile", "tel", "call", "contact",
    )  # fmt: skip
    LAYOUTS = (
        layout(r"(?:01|82-?0?1)[016-9]-?\d{3,4}-?\d{4}", 0.85, squeezed=True),
        layout(rf"(?:82-?)?{_AREA}-?\d{{3,4}}-?\d{{4}}", 0.62, squeezed=True),
        layout(r"0(?:70|50\d|60)-?\d{3,4}-?\d{4}", 0.7, squeezed=True),
        layout(r"01[016-9]-?\d{5,10}", 0.55, squeezed=True),
        layout(r"01[016-9]-\d{3,4}|01[016-9]", 0.12),
        layout(r"\d{3,4}-?\d{4}", 0.12),
    )

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        yield from super().find(text, artifacts)
        for chain in artifacts.chains:
            if len(chain.digits) == 4 and _LAST_FOUR.search(text, max(0, chain.start - 25), chain.start):
                yield Finding(chain.start, chain.end, 0.55, settled=True)
