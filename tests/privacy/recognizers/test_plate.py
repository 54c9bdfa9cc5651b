from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.plate import PlateRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> PlateRecognizer:
    return PlateRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("차량번호는 12가3456입니다", ["12가3456"]),
        ("123나4567 불법주차", ["123나4567"]),
        ("321하 6543 차량", ["321하 6543"]),
        ("서울12가3456 오래된 번호판", ["서울12가3456"]),
        ("십이 가 삼사오육 차량이요", ["십이 가 삼사오육"]),
        ("차량번호를 알려 주세요\n12가\n3456이요", ["12가\n3456"]),
        ("을지로 3가 1234", []),
        ("차량 2대 등록하려고요", []),
        ("주차 요금이 10분에 1000원인가요", []),
    ],
)
def test_when_plates_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: PlateRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
