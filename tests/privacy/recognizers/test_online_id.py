from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.online_id import OnlineIdRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> OnlineIdRecognizer:
    return OnlineIdRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("카카오톡 아이디 hongkd77로 연락", ["hongkd77"]),
        ("인스타 @gil.dong 봐 주세요", ["@gil.dong"]),
        ("아이디는 gildong이에요", ["gildong"]),
        ("아이디를 잊어버렸어요", []),
        ("bring your ID and check", []),
        ("www.idolbom.go.kr", []),
    ],
)
def test_when_account_names_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: OnlineIdRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
