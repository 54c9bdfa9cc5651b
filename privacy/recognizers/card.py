"""Payment card numbers."""

from __future__ import annotations

from privacy.kinds import PersonalKind
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout


class CardRecognizer(DigitLayoutRecognizer):
    """Four groups of four; American Express 4-6-5; Diners 4-6-4. Luhn's check (ISO/IEC 7812-1) only raises."""

    KIND = PersonalKind.CARD
    CONTEXT = ("카드", "신용카드", "체크카드", "card", "비자", "마스터", "아멕스", "결제")
    LAYOUTS = (
        layout(r"\d{4}-\d{4}-\d{4}-\d{4}", 0.65),
        layout(r"3[47]\d{2}-?\d{6}-?\d{5}", 0.6, squeezed=True),
        layout(r"3\d{3}-?\d{6}-?\d{4}", 0.4),
        layout(r"[2-69]\d{15}", 0.6, squeezed=True),
        layout(r"\d{15,16}", 0.2, squeezed=True),
        layout(r"\d{4}-?\d{4}(?:-?\d{1,4})?", 0.14),
        layout(r"\d{4}", 0.1),
    )

    def checksum(self, digits: str) -> bool | None:
        if len(digits) < 14:
            return None
        doubled = [int(digit) * (2 if index % 2 else 1) for index, digit in enumerate(reversed(digits))]
        return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
