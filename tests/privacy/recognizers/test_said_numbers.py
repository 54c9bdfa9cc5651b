from __future__ import annotations

import re

import pytest

from privacy.recognizers.said_numbers import NUMBER, is_place_value, is_rather_a_word


@pytest.mark.parametrize("said", ["1203", "천이백삼", "일공삼", "오십 팔"])
def test_when_a_number_is_said_then_it_is_read_whole(said: str) -> None:
    assert re.fullmatch(NUMBER, said)


@pytest.mark.parametrize(
    ("said", "word"), [("이사", True), ("이", True), ("십이", False), ("2", False), ("이공팔", False)]
)
def test_when_a_said_number_may_be_a_word_then_it_is_told(said: str, word: bool) -> None:
    assert is_rather_a_word(said) is word


def test_when_a_number_has_tens_then_it_is_a_place_value() -> None:
    assert is_place_value("삼십사")
    assert not is_place_value("삼사")
