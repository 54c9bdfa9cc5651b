from __future__ import annotations

import pytest

from privacy.name_likeness import name_likeness, surname_length


@pytest.mark.parametrize("word", ["김영희", "박순자", "남궁민수", "황보라", "최은서", "이도윤", "정말례"])
def test_when_a_word_is_a_usual_name_then_it_is_likely(word: str) -> None:
    assert name_likeness(word) >= 0.8


@pytest.mark.parametrize("word", ["고시원", "여권", "등본", "세입자", "쓰레기", "김", "과장", ""])
def test_when_a_word_is_no_name_then_it_is_unlikely(word: str) -> None:
    assert name_likeness(word) < 0.9


@pytest.mark.parametrize(("word", "length"), [("남궁민", 2), ("김철수", 1), ("컴퓨터", 0), ("남궁", 1)])
def test_when_a_word_begins_with_a_surname_then_its_length_is_known(word: str, length: int) -> None:
    assert surname_length(word) == length
