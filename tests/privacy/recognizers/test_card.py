from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.card import CardRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> CardRecognizer:
    return CardRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("카드번호 4111-1111-1111-1111", ["4111-1111-1111-1111"]),
        ("5327501234567890으로 냈어요", ["5327501234567890"]),
        ("아멕스 3782-822463-10005도 되나요", ["3782-822463-10005"]),
        ("카드번호 오삼이칠에 오공일이에 삼사오육에 칠팔구공입니다", ["오삼이칠에 오공일이에 삼사오육에 칠팔구공"]),
        ("카드번호를 알려주세요\n4111 1111\n1111 1111이에요", ["4111 1111\n1111 1111"]),
        ("카드번호 16자리를 입력하세요", []),
        ("신용카드로 53000원 냈어요", []),
    ],
)
def test_when_card_numbers_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: CardRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
