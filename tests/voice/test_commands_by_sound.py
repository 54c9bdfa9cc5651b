from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.commands_by_sound import likeness, sounds_of


@pytest.mark.parametrize(
    ("heard", "said"),
    [("깨속", "계속"), ("그게", "크게"), ("더 그게", "더 크게"), ("빨리", "발리"), ("아니예요", "아니에요")],
)
def test_when_only_merging_sounds_differ_then_two_texts_sound_the_same(heard: str, said: str) -> None:
    assert sounds_of(heard) == sounds_of(said)
    assert likeness(heard, said) == 1.0


@pytest.mark.parametrize(
    ("heard", "said", "other"),
    [
        ("안 돌려요", "안 들려요", "너무 커요"),
        ("고참을 하기", "고쳐 말하기", "크게 말해 줘"),
        ("kiesok ilka ju sayo", "계속 읽어 주세요", "다시 읽어 주세요"),
        ("Kumanilka", "그만 읽어", "계속 읽어"),
        ("엄마자요", "안 맞아요", "안 들려요"),
    ],
)
def test_when_a_command_was_misheard_then_it_sounds_most_like_itself(heard: str, said: str, other: str) -> None:
    assert likeness(heard, said) > likeness(heard, other)
    assert likeness(heard, said) > 0.6


@given(st.text(max_size=20), st.text(max_size=20))
def test_when_any_two_texts_are_compared_then_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, other) == pytest.approx(likeness(other, one))


def test_when_a_text_has_no_sound_then_it_is_like_nothing() -> None:
    assert likeness("", "네") == likeness("?!", "?!") == 0.0
