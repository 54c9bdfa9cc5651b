from __future__ import annotations

import pytest

from privacy.spoken_digits import place_value, read_digits


@pytest.mark.parametrize(
    ("run", "digits"),
    [
        ("공일공", "010"),
        ("영하나영", "010"),
        ("제로일제로", "010"),
        ("여섯칠팔아홉", "6789"),
        ("천이백삼십사", "1234"),
        ("오천육백칠십팔이", "5678"),
        ("삼십사", "34"),
    ],
)
def test_when_digits_are_said_then_they_are_read(run: str, digits: str) -> None:
    read = read_digits(run, 0)
    assert read is not None
    assert read[0] == digits
    assert len(read[1]) == len(digits)


@pytest.mark.parametrize("run", ["십백", "백백이", "", "천천"])
def test_when_a_run_is_no_number_then_it_has_no_place_value(run: str) -> None:
    assert place_value(run) is None


@pytest.mark.parametrize("number", [1, 10, 34, 100, 101, 1200, 5678, 9999])
def test_when_a_number_is_said_by_place_value_then_it_comes_back(number: int) -> None:
    names = "영일이삼사오육칠팔구"
    said = "".join(
        ("" if power > 1 and digit == 1 else names[digit]) + name
        for power, name in ((1000, "천"), (100, "백"), (10, "십"), (1, ""))
        if (digit := number // power % 10)
    )
    assert place_value(said) == number
