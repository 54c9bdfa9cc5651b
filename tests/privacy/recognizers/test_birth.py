from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.birth import BirthRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> BirthRecognizer:
    return BirthRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("생년월일은 1990년 1월 1일이에요", ["1990년 1월 1일"]),
        ("90년 1월생인데요", ["90년 1월생"]),
        ("저는 1972.08.12 출생이에요", ["1972.08.12"]),
        ("생년월일 900101", ["900101"]),
        ("생년월일 천구백팔십년 오월 오일입니다", ["천구백팔십년 오월 오일"]),
        ("아이가 2019년 11월 3일에 태어났어요", ["2019년 11월 3일"]),
        ("생년월일 여섯 자리 구이공칠일사요", ["구이공칠일사"]),
        ("생년월일 여섯 자리를 눌러 주세요\n900101", ["900101"]),
        ("2025년 1월 1일부터 시행", []),
        ("납부기한이 6월 30일이에요", []),
        ("공휴일은 3월 1일 8월 15일이에요", []),
        ("2024.5.1~2024.6.30 신청기간", []),
        ("850412생 남자예요", ["850412"]),
        ("2023년 12월 31일 이전 출생아", []),
    ],
)
def test_when_birth_dates_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: BirthRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
