from __future__ import annotations

import pytest

from privacy.kinds import PersonalKind
from privacy.span_choice import ChosenSpan
from privacy.told_names import with_told_names


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("권호성입니다\n아, 호성 님이요", "권호성", ["권호성", "호성"]),
        ("임이요\n임 무엇이실까요?", "임", ["임", "임"]),
        ("성은 류인가요?\n네 류하람", "류하람", ["류", "류하람"]),
        ("신동혁 님이세요?\n네 동혁", "신동혁", ["신동혁", "동혁"]),
        ("이보람이요\n일하는 보람이 있네요", "이보람", ["이보람"]),
        ("전미정이요\n전 주소로요", "전미정", ["전미정"]),
    ],
)
def test_when_a_name_was_told_then_its_parts_are_known(text: str, name: str, expected: list[str]) -> None:
    start = text.index(name)
    found = with_told_names(text, [ChosenSpan(start, start + len(name), PersonalKind.NAME, 0.9)])
    assert [text[span.start : span.end] for span in found] == expected


def test_when_there_is_one_turn_then_nothing_is_added() -> None:
    spans = [ChosenSpan(0, 3, PersonalKind.NAME, 0.9)]
    assert with_told_names("권호성 님, 호성 님", spans) == spans
