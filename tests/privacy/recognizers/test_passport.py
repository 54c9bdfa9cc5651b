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
        ("M 5 8 1 0 2 9 3 7 이렇게", ["M 5 8 1 0 2 9 3 7"]),
        ("여권이 엠 사공이 비 칠칠일오", ["엠 사공이 비 칠칠일오"]),
        ("여권 M10284****로 보여요", ["M10284****"]),
        ("여권번호 엠이고 이공팔삼칠육오사", ["엠이고 이공팔삼칠육오사"]),
        ("여권 엠 이칠오오 그 뭐냐 사팔사칠", ["엠 이칠오오 그 뭐냐 사팔사칠"]),
        ("여권번호가 어떻게 되세요?\nM 739\n네\nK 5508", ["M 739\n네\nK 5508"]),
        ("여권은 53000원이에요", []),
        ("M25 볼트 있나요", []),
    ],
)
def test_when_passport_numbers_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: PassportRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
