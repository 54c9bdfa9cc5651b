from __future__ import annotations

import pytest

from privacy.word_list import read_words


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("not_names", "주소지"),
        ("not_roads", "서류로"),
        ("towns", "응암동"),
        ("districts", "은평구"),
        ("not_buildings", "우편물"),
        ("places", "은평구"),
        ("public_figures", "이순신"),
    ],
)
def test_when_a_list_is_read_then_its_words_are_there_and_its_remark_is_not(name: str, word: str) -> None:
    words = read_words(name)
    assert word in words
    assert not any("#" in each or " " in each for each in words)


def test_when_there_is_no_such_list_then_it_is_said() -> None:
    with pytest.raises(FileNotFoundError):
        read_words("absent")
