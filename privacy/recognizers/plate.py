"""Vehicle registration plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.spoken_digits import READING

_REGION = "(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)"
_USE = "[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주하허호배바사아자육해공국합]"
_WRITTEN = re.compile(
    rf"(?:{_REGION}\s?)?(?<!\d)\d{{2,3}}\s?{_USE}[\s,\-]?\d{{4}}(?![\d가-힣]*\s?(?:원|명|년|개|번길))(?!\d)"
)
_OLD = re.compile(rf"{_REGION}\s?\d{{1,2}}\s?{_USE}\s?\d{{4}}(?!\d)")
_DIGIT = rf"(?:{READING.pattern}|\d)"
_SPOKEN_HEAD = (
    rf"(?:{_DIGIT}\s?{_DIGIT}\s?(?:{_DIGIT})?|[일이삼사오육칠팔구]?(?:백[일이삼사오육칠팔구]?)?십[일이삼사오육칠팔구]?)"
)
_SPOKEN_TAIL = (
    rf"(?:{_DIGIT}\s?){{3}}{_DIGIT}"
    rf"|[일이삼사오육칠팔구]?천(?:[일이삼사오육칠팔구]?백)?(?:[일이삼사오육칠팔구]?십)?[일이삼사오육칠팔구]?"
)
_SPOKEN = re.compile(rf"(?<![가-힣\d])(?:{_REGION}\s?)?{_SPOKEN_HEAD}\s?{_USE}[\s,]?(?:{_SPOKEN_TAIL})")
_HEAD_ONLY = re.compile(rf"(?<!\d)\d{{2,3}}\s?{_USE}(?=[\s,.?!]|요|이요|$)")
_OVER_TURNS = re.compile(
    rf"(?<!\d)(\d{{2,3}}\s?{_USE})[^\n\d]{{0,4}}\n(?:[^\n\d]{{0,12}}\n)?[^\n\d]{{0,4}}(\d{{4}})(?!\d)"
)
_TAIL_ONLY = re.compile(r"(?<![\d\-])\d{4}(?![\d\-]|\s?(?:원|년|명|개))")


class PlateRecognizer(KoreanRecognizer):
    """12가3456, 123나4567, 서울12가3456 (자동차등록번호판 등의 기준에 관한 고시), also spoken or over two turns."""

    KIND = PersonalKind.PLATE
    CONTEXT = ("차량번호", "차량", "자동차", "번호판", "차번호", "차", "주차", "오토바이", "plate")

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for pattern, score in (
            (_WRITTEN, 0.75),
            (_OLD, 0.75),
            (_SPOKEN, 0.3),
            (_HEAD_ONLY, 0.12),
            (_TAIL_ONLY, 0.06),
        ):
            for match in pattern.finditer(text):
                yield Finding(match.start(), match.end(), score)
        for match in _OVER_TURNS.finditer(text):
            yield Finding(*match.span(1), 0.7)
            yield Finding(*match.span(2), 0.7)
