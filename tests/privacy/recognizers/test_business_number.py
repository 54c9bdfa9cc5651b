from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.business_number import BusinessNumberRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> BusinessNumberRecognizer:
    return BusinessNumberRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("사업자번호 123-45-67890으로 조회", ["123-45-67890"]),
        ("214-88-12345 이게 사업자등록번호예요", ["214-88-12345"]),
        ("사업자등록번호 1208112345", ["1208112345"]),
        ("사업자번호 일이공 팔일 사칠오이일이에요", ["일이공 팔일 사칠오이일"]),
        ("사업자등록은 3일 걸려요", []),
    ],
)
def test_when_business_numbers_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: BusinessNumberRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
