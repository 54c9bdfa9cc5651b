"""Telephone numbers of people: mobile, landline, internet and safe numbers, written or spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.nearest_label import label_boost
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout
from privacy.recognizers.korean_recognizer import Finding

_AREA = "0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4])"
_LANDLINE = re.compile(rf"(?<!\d){_AREA}-?\d{{3,4}}-?\d{{4}}(?!\d)")
_OFFICE_WORDS = (
    "문의", "상담", "고객센터", "콜센터", "대표전화", "대표번호", "구청", "시청", "군청", "도청", "센터", "보건소", "공단", "민원실",
    "도서관", "경찰서", "소방서", "사업소", "관리소", "안내전화", "안내", "신고", "부서", "우체국", "세무서",
)  # fmt: skip
_OWN_WORDS = (
    "저", "제", "나", "우리", "저희", "집", "연락처", "어머니", "아버지", "엄마", "아빠", "아내", "남편", "아들", "딸", "씨", "어르신",
    "회사", "가게", "사무실", "본인", "회신", "할머니", "할아버지", "전번",
)  # fmt: skip


class PhoneRecognizer(DigitLayoutRecognizer):
    """010-1234-5678, 011-234-5678, 02-555-1234, 070-…, 0507-…, 1234-5678 after a label; also +82.

    Numbering plan: 전기통신번호관리세칙. Special and nationwide numbers (120, 1588-…) never get here. A landline that the
    sentence introduces as an office's (문의는 02-…) stays.
    """

    KIND = PersonalKind.PHONE
    CONTEXT = (
        "전화", "연락", "휴대", "핸드폰", "폰", "문자", "전번", "팩스", "통화", "회신", "안심번호", "번호", "알림톡", "카톡", "비상",
        "phone", "mobile", "tel", "call", "contact",
    )  # fmt: skip
    LAYOUTS = (
        layout(r"(?:82-?)?0?1[016-9]-?\d{3,4}-?\d{4}", 0.85, squeezed=True),
        layout(rf"(?:82-?)?{_AREA}-?\d{{3,4}}-?\d{{4}}", 0.62, squeezed=True),
        layout(r"0(?:70|50\d|60)-?\d{3,4}-?\d{4}", 0.7, squeezed=True),
        layout(r"01[016-9]-?\d{5,10}", 0.55, squeezed=True),
        layout(r"01[016-9]-\d{3,4}|01[016-9]", 0.12),
        layout(r"\d{3,4}-?\d{4}", 0.12),
    )

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        offices = [
            chain.where_canonical(*match.span())
            for chain in artifacts.chains
            for match in _LANDLINE.finditer(chain.canonical)
            if _is_introduced_as_office(text, artifacts, *chain.where_canonical(*match.span()))
        ]
        for finding in super().find(text, artifacts):
            if not any(start <= finding.start and finding.end <= end for start, end in offices):
                yield finding


def _is_introduced_as_office(text: str, artifacts: KoreanArtifacts, start: int, end: int) -> bool:
    return bool(label_boost(text, artifacts, start, end, _OFFICE_WORDS)) and not any(
        token.text in _OWN_WORDS for token in artifacts.morphemes
    )
