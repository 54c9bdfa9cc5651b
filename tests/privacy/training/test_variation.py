from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.training.variation import NamePool, varied

NAMES = ["김순자", "이 정훈", "응우옌 티 란", "알렉산드르", "HONG GIL DONG", "소피아 로렌"]


def _varied(text: str, spans: list[tuple[int, int, str]], seed: int = 1) -> tuple[str, list[tuple[int, int, str]]]:
    return varied(text, spans, NamePool(NAMES, Random(seed)), Random(seed))


def test_when_a_sentence_is_varied_then_only_the_marked_values_change() -> None:
    text = "저 김순자이고 010-1234-5678이에요"
    other, spans = _varied(text, [(2, 5, "NAME"), (8, 21, "PHONE")])
    (name_start, name_end, _), (start, end, _) = spans
    assert other[:name_start] == "저 "
    assert other[name_end:start] == "이고 "
    assert other[end:] == "이에요"
    assert other != text
    assert [len(part) for part in other[start:end].split("-")] == [3, 4, 4]


@given(st.integers(0, 10_000))
def test_when_a_name_is_replaced_then_the_particle_behind_it_still_fits(seed: int) -> None:
    for name, closed in (("김순자", False), ("박영철", True)):
        other, ((start, end, _),) = _varied(f"{name}가 왔어요", [(0, 3, "NAME")], seed)
        assert ((ord(other[start:end][-1]) - 0xAC00) % 28 > 0) is closed


@pytest.mark.parametrize(
    ("text", "kind"), [("공일공 이삼사오", "PHONE"), ("백일동 천이백삼호", "ADDRESS"), ("hong77", "ID")]
)
def test_when_a_value_is_spoken_or_typed_then_it_stays_so(text: str, kind: str) -> None:
    other, _ = _varied(text, [(0, len(text), kind)])
    assert len(other) == len(text)
    assert [letter.isdecimal() for letter in other] == [letter.isdecimal() for letter in text]
