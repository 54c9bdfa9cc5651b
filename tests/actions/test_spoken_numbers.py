from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.spoken_numbers import digits, native, ordinal, reading, sino, value


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "영"),
        (10, "십"),
        (11, "십일"),
        (100, "백"),
        (1_000, "천"),
        (10_000, "만"),
        (11_000, "만 천"),
        (110_000, "십일만"),
        (15_000_000, "천오백만"),
        (100_000_000, "일억"),
        (100_010_000, "일억 일만"),
        (1_000_000_000_000, "일조"),
        (1234, "천이백삼십사"),
    ],
)
def test_when_a_number_is_read_in_sino_korean_then_ten_thousands_stand_apart(number: int, said: str) -> None:
    assert sino(number) == said


@given(st.integers(0, 10**20))
def test_when_any_number_is_read_then_it_is_all_hangul(number: int) -> None:
    assert all("가" <= char <= "힣" or char == " " for char in sino(number))


@pytest.mark.parametrize(("number", "said"), [(1, "한"), (3, "세"), (20, "스무"), (21, "스물한"), (34, "서른네")])
def test_when_things_are_counted_then_the_native_number_is_said(number: int, said: str) -> None:
    assert native(number) == said


@pytest.mark.parametrize("number", [0, 100, -1])
def test_when_there_is_no_native_number_then_it_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        native(number)


@pytest.mark.parametrize(
    ("written", "number"), [("15,000", 15_000), ("2천만", 20_000_000), ("3만 5천", 35_000), ("2천5백만", 25_000_000)]
)
def test_when_great_units_are_written_then_the_value_is_their_sum(written: str, number: int) -> None:
    assert value(written) == number


def test_when_it_is_a_decimal_then_it_has_no_whole_value_and_is_read_with_a_point() -> None:
    assert value("1.5") is None
    assert reading("1.5만") == "일 점 오만"
    assert reading("0.25") == "영 점 이오"


def test_when_digits_are_told_one_by_one_then_nought_is_gong() -> None:
    assert digits("02-120") == "공이일이공"
    assert reading("007") == "공공칠"


def test_when_items_are_numbered_then_the_first_ten_have_names() -> None:
    assert [ordinal(1), ordinal(10), ordinal(11)] == ["첫째", "열째", "십일 번"]
