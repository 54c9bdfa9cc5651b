"""Bank account numbers."""

from __future__ import annotations

from privacy.kinds import PersonalKind
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout
from privacy.recognizers.korean_recognizer import Finding


class AccountRecognizer(DigitLayoutRecognizer):
    """Ten to sixteen digits in two to four groups, beside a bank's name or a word of payment.

    Layouts differ by bank and age of the account (은행연합회 계좌번호 체계), so the label carries the weight.
    """

    KIND = PersonalKind.ACCOUNT
    CONTEXT = (
        "계좌", "통장", "은행", "입금", "환급", "예금주", "송금", "이체", "국민", "신한", "우리은행", "하나은행",
        "농협", "기업은행", "우체국",
        "새마을금고", "신협", "수협", "카카오뱅크", "카뱅", "토스", "케이뱅크", "뱅크", "대구은행", "부산은행",
        "광주은행", "전북은행", "경남은행",
        "제주은행", "씨티", "제일은행", "산업은행", "축협", "저축은행", "하나", "기업", "account",
    )  # fmt: skip
    LAYOUTS = (
        layout(r"\d{6}-\d{2}-\d{6}", 0.6),
        layout(r"\d{3}-\d{3}-\d{6}", 0.6),
        layout(r"\d{4}-\d{3}-\d{6}", 0.6),
        layout(r"\d{3}-\d{4}-\d{4}-\d{2,3}", 0.6),
        layout(r"\d{3}-\d{6}-\d{2}-?\d{3}", 0.6),
        layout(r"\d{3}-\d{2}-\d{6}(?:-\d)?", 0.55),
        layout(r"\d{4}-\d{2}-\d{7}", 0.55),
        layout(r"\d{2,6}(?:-\d{1,8}){1,4}", 0.25),
        layout(r"\d{9,16}", 0.3, squeezed=True),
    )

    def _finding(self, start: int, end: int, score: float, digits: str) -> Finding:
        plausible = 9 <= len(digits) <= 16
        return super()._finding(start, end, score if plausible else min(score, 0.05), digits)
