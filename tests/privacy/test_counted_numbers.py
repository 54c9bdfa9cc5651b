from __future__ import annotations

import pytest

from privacy.counted_numbers import counting_ranges, unit_follows


@pytest.mark.parametrize(
    "text",
    ["1,000", "2024-12-31", "09:00~18:00", "제15조", "7천5백원", "5, 10, 20", "37.5665", "별지 제7호", "84.97제곱"],
)
def test_when_a_number_counts_or_dates_then_all_of_it_is_a_range(text: str) -> None:
    assert counting_ranges(text) == [(0, len(text))]


@pytest.mark.parametrize("text", ["010-1234-5678", "811022.1837465 점으로", "2024-13-45", "20, 10, 5"])
def test_when_a_number_may_be_an_identifier_then_it_is_no_range(text: str) -> None:
    assert counting_ranges(text) == []


@pytest.mark.parametrize(
    ("text", "long", "expected"), [("30명", False, True), ("30이", False, False), ("30동", True, False)]
)
def test_when_a_unit_follows_then_it_is_seen(text: str, long: bool, expected: bool) -> None:
    assert unit_follows(text, 2, len(text), long=long) is expected
