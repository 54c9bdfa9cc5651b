from __future__ import annotations

import pytest

from knowledge.romanization import romanized


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("은평구", "eunpyeonggu"),
        ("여의도", "yeouido"),
        ("북한산", "bukhansan"),
        ("종로", "jongno"),
        ("선릉", "seolleung"),
        ("신림", "sillim"),
        ("왕십리", "wangsimni"),
        ("독립문", "dongnimmun"),
        ("한강", "hangang"),
        ("학여울", "hagyeoul"),
        ("seoul", ""),
        ("3호선", ""),
        ("", ""),
    ],
)
def test_when_a_word_is_hangul_then_it_is_written_as_the_standard_says(word: str, expected: str) -> None:
    assert romanized(word) == expected
