"""Telephone numbers of people: mobile, landline, internet and safe numbers, written or spoken."""

from __future__ import annotations

from privacy.kinds import PersonalKind
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout

_AREA = "0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4])"


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
