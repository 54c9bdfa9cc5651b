from __future__ import annotations

import pytest

from privacy.recognizers.birth_dates import digit_dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("칠삼 공팔 공이 여자", ["칠삼 공팔 공이"]),
        ("880917", ["880917"]),
        ("1999 12 25", ["1999 12 25"]),
        ("이공일팔 공칠 이이니까", ["이공일팔 공칠 이이"]),
        ("881390", []),
        ("12345678", []),
        ("120115원", []),
    ],
)
def test_when_digits_read_as_a_date_then_they_are_told(text: str, dates: list[str]) -> None:
    assert [text[start:end] for start, end in digit_dates(text)] == dates
