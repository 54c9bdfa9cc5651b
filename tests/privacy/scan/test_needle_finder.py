from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from privacy.scan.needle_finder import NeedleFinder
from privacy.scan.needles import Needle

LETTERS = st.binary(min_size=4, max_size=40).map(lambda raw: bytes(b"aAbB0"[byte % 5] for byte in raw))


@given(values=st.lists(LETTERS, max_size=8, unique=True), window=st.lists(LETTERS, max_size=12).map(b"".join))
def test_when_searched_then_it_finds_what_a_plain_search_does(values: list[bytes], window: bytes) -> None:
    sought = [Needle(value, False, index, "raw") for index, value in enumerate(values)]
    sought += [Needle(value.lower(), True, index, "raw") for index, value in enumerate(values)]
    expected = {
        (at, needle)
        for needle in sought
        for text in [window.lower() if needle.caseless else window]
        for at in range(len(window))
        if text.startswith(needle.value, at)
    }
    found = list(NeedleFinder(sought).find(window))
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_when_nothing_is_sought_or_there_is_nothing_then_nothing_is_found() -> None:
    assert list(NeedleFinder([]).find(b"anything")) == []
    finder = NeedleFinder([Needle(b"abcdefgh", False, 0, "raw")])
    assert [list(finder.find(window)) for window in (b"", b"a", b"abcdefg", b"xabcdefg\0")] == [[], [], [], []]
    assert [at for at, _ in finder.find(b"abcdefgh")] == [0]
