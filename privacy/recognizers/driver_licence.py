"""Driving licence numbers."""

from __future__ import annotations

from privacy.kinds import PersonalKind
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout


class DriverLicenceRecognizer(DigitLayoutRecognizer):
    """Region 11–28, year, six digits, two check digits (도로교통법 시행규칙 별지 제55호서식)."""

    KIND = PersonalKind.DRIVER
    CONTEXT = ("면허", "운전면허", "운전", "licence", "license")
    LAYOUTS = (
        layout(r"(?:1[1-9]|2[0-8])-\d{2}-\d{6}-\d{2}", 0.7, squeezed=False),
        layout(r"\d{2}-?\d{2}-?\d{6}-?\d{2}", 0.4, squeezed=True),
        layout(r"\d{2}-\d{6}-\d{2}", 0.4),
    )
