from __future__ import annotations

import pytest

from privacy.digit_chains import read_chains


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("공일공 일이삼사 오육칠팔이에요", "01012345678"),  # the sentence's 이
        ("공일공 일이삼사 오육칠이요", "01012345672"),  # the number needs it
        ("팔오공삼일오 일이삼사오육구요", "8503151234569"),
        ("영일영일영일이고 칠삼이이오이구요", "0101017322529"),  # thirteen digits that begin like a mobile number
    ],
)
def test_when_a_number_ends_in_i_or_gu_then_the_digit_stays_if_the_number_needs_it(text: str, digits: str) -> None:
    assert read_chains(text)[-1].digits == digits
