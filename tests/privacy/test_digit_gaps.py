from __future__ import annotations

import pytest

from privacy.digit_gaps import LONGEST_GAP, REPAIR, is_gap, only_gap_between


@pytest.mark.parametrize(
    "text", ["", " - ", "에 ", " 다시 ", "이고 뒤에는 ", " 음… ", " 그 뭐냐 ", " 아 잘못 말했네요 ", "가 아니라 "]
)
def test_when_only_separators_and_fillers_stand_between_then_it_is_a_gap(text: str) -> None:
    assert is_gap(text)


@pytest.mark.parametrize("text", [" 연락처 ", "원", " 뒷자리는 ", "입니다 "])
def test_when_a_word_stands_between_then_it_is_no_gap(text: str) -> None:
    assert not is_gap(text)


def test_when_the_gap_is_long_then_the_number_has_ended() -> None:
    assert only_gap_between(" " * LONGEST_GAP, 0, LONGEST_GAP)
    assert not only_gap_between(" " * (LONGEST_GAP + 1), 0, LONGEST_GAP + 1)


@pytest.mark.parametrize(
    ("text", "expected"), [(" 아니 ", True), ("가 아니라 ", True), (" 다시 할게요 ", True), (" 다시 ", False)]
)
def test_when_something_is_taken_back_then_it_is_a_repair(text: str, expected: bool) -> None:
    assert bool(REPAIR.search(text)) is expected
