"""Business registration numbers."""

from __future__ import annotations

from privacy.kinds import PersonalKind
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


class BusinessNumberRecognizer(DigitLayoutRecognizer):
    """Three, two and five digits (부가가치세법 시행령 제12조); a corporation's number has six and seven."""

    KIND = PersonalKind.BRN
    CONTEXT = ("사업자", "사업자번호", "사업자등록", "법인번호", "법인등록", "법인")
    LAYOUTS = (
        layout(r"\d{3}-\d{2}-\d{5}", 0.7),
        layout(r"\d{10}", 0.3, squeezed=True),
        layout(r"\d{6}-?\d{7}", 0.45),
        layout(r"\d{3}-\d{2}", 0.1),
    )

    def checksum(self, digits: str) -> bool | None:
        if len(digits) != 10:
            return None
        total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
        total += int(digits[8]) * 5 // 10
        return (10 - total % 10) % 10 == int(digits[9])
