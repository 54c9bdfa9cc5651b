from __future__ import annotations

import pytest

from privacy.public_numbers import is_public_number, is_span_of_years


@pytest.mark.parametrize(
    "canonical",
    [
        "100",
        "110",
        "112",
        "119",
        "120",
        "126",
        "134",
        "182",
        "1339",
        "1345",
        "1588-2188",
        "15882188",
        "1811-1234",
        "080-123-4567",
        "02-120",
        "031-120",
    ],
)
def test_when_a_number_is_everybodys_then_it_is_public(canonical: str) -> None:
    assert is_public_number(canonical)


@pytest.mark.parametrize(
    "canonical", ["010-1234-5678", "02-345-6789", "070-1234-5678", "1234-5678", "900101-1234567", "1588-21888"]
)
def test_when_a_number_may_be_somebodys_then_it_is_not_public(canonical: str) -> None:
    assert not is_public_number(canonical)


@pytest.mark.parametrize(("canonical", "expected"), [("2024-2025", True), ("1999-2001", True), ("1234-5678", False)])
def test_when_two_years_are_joined_then_they_are_a_span(canonical: str, expected: bool) -> None:
    assert is_span_of_years(canonical) is expected
