from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.passport import PassportRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> PassportRecognizer:
    return PassportRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("여권번호는 M12345678이에요", ["M12345678"]),
        ("여권번호 M123A4567", ["M123A4567"]),
        ("여권번호 엠 일이삼사오육칠팔입니다", ["엠 일이삼사오육칠팔"]),
        ("여권은 53000원이에요", []),
        ("M25 볼트 있나요", []),
    ],
)
def test_when_passport_numbers_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: PassportRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
