from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.driver_licence import DriverLicenceRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> DriverLicenceRecognizer:
    return DriverLicenceRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("면허번호 132012345678 갱신", ["132012345678"]),
        ("운전면허 11-20-123456-78", ["11-20-123456-78"]),
        ("운전면허번호는 28 15 098765 43이에요", ["28 15 098765 43"]),
        ("운전면허번호 일일 일이 삼사오육칠팔 구공이에요", ["일일 일이 삼사오육칠팔 구공"]),
        ("서울 12-345678-90 옛날 면허", ["서울 12-345678-90"]),
        ("운전면허 서울 구칠 다시 공일이삼팔사 다시 육이", ["서울 구칠 다시 공일이삼팔사 다시 육이"]),
        ("면허 12-76-******-40", ["12-76-******-40"]),
        ("면허 갱신은 10년마다인가요", []),
    ],
)
def test_when_licence_numbers_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: DriverLicenceRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
