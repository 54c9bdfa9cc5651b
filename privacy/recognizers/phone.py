"""Telephone numbers of people: mobile, landline, internet and safe numbers, written or spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.digit_chains import DigitChain
from privacy.digit_gaps import is_gap
from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout
from privacy.recognizers.korean_recognizer import Finding

_BARE_ENDS = re.compile(r"(?:이?요|에요?|이고요?|이에요|예요|입니다|까지요?)?[\s.,…]*(?:\n|$)")
_AREA = "0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4])"


_BEGINNING = re.compile(rf"01[016-9]|{_AREA}\d{{3,4}}")


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
        layout(r"01[016-9]-?\d{2,4}", 0.5, squeezed=True),
        layout(r"01[016-9]", 0.12),
        layout(r"\d{3,4}-?\d{4}", 0.12),
    )

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for finding in super().find(text, artifacts):
            opened = finding.start > 0 and text[finding.start - 1] in "+(（＋"  # +82 …, (02) …
            yield finding._replace(start=finding.start - 1) if opened else finding
        for chain in artifacts.chains:
            if _BEGINNING.fullmatch(chain.digits) and _is_whole_turn(text, chain):
                yield Finding(chain.start, chain.end, 0.55, settled=True)


def _is_whole_turn(text: str, chain: DigitChain) -> bool:
    line_start = text.rfind("\n", 0, chain.start) + 1
    return is_gap(text[line_start : chain.start]) and bool(_BARE_ENDS.match(text, chain.end))
