"""Driving licence numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout
from privacy.recognizers.korean_recognizer import Finding
from privacy.recognizers.plate import REGION

_REGION_BEFORE = re.compile(rf"{REGION}[\s\-]{{0,2}}\Z")
_REST = re.compile(r"\d{2}|\d{8}|\d{10}")


class DriverLicenceRecognizer(DigitLayoutRecognizer):
    """Region 11–28 or its name, year, six digits, two check digits (도로교통법 시행규칙 별지 제55호서식)."""

    KIND = PersonalKind.DRIVER
    CONTEXT = ("면허", "운전면허", "운전", "licence", "license")
    LAYOUTS = (
        layout(r"(?:1[1-9]|2[0-8])-\d{2}-\d{6}-\d{2}", 0.7, squeezed=False),
        layout(r"\d{2}-?\d{2}-?\d{6}-?\d{2}", 0.4, squeezed=True),
        layout(r"\d{2}-\d{6}-\d{2}", 0.4),
        layout(r"\d{2}-\d{2}", 0.1),
    )

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        yield from super().find(text, artifacts)
        for chain in artifacts.chains:
            region = _REGION_BEFORE.search(text, max(0, chain.start - 5), chain.start)
            begun = len(chain.digits) == 1 and chain.spoken and text.startswith(("이", " 이"), chain.end)  # 구 이요: 92
            if region and begun:
                yield Finding(region.start(), chain.end, 0.12)
            elif region and _REST.fullmatch(chain.corrected):
                whole = len(chain.corrected) == 10
                yield Finding(region.start(), chain.end, 0.7 if whole else 0.12)
