from __future__ import annotations

import pytest

from privacy.recognizers.address_parts import read_address


@pytest.mark.parametrize(
    ("text", "part", "value"),
    [
        ("서울 은평구 연서로 123", "district", "은평구"),
        ("은평구응암동 12-3", "town", "응암동"),
        ("죽동로 64번길 13", "road", "죽동로"),
        ("임실군 오수면 둔덕리 217", "town", "둔덕리"),
        ("연서로 12-3 그린빌라 2층 201호", "room", "201호"),
        ("불광동 사백팔십일 번지", "number", "사백팔십일 번지"),
        ("백일동 천이백삼호", "block", "백일동"),
    ],
)
def test_when_an_address_is_read_then_its_parts_are_told(text: str, part: str, value: str) -> None:
    address = read_address(text, 0)
    assert address is not None
    assert getattr(address, part) == value
    assert address.end == len(text)


@pytest.mark.parametrize("text", ["안녕하세요", "구청 3층", "혹시 내일"])
def test_when_nothing_belongs_to_an_address_then_there_is_none(text: str) -> None:
    assert read_address(text, 0) is None
