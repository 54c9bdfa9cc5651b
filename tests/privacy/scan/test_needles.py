from __future__ import annotations

from privacy.scan.needles import SHORTEST, needles


def test_when_made_then_each_needle_says_which_original_it_betrays_and_none_is_too_short() -> None:
    found = needles(["윤하늘별", "120", "010-4827-3951"])
    assert {needle.original for needle in found} == {0, 1, 2}
    assert min(len(needle.value) for needle in found) >= SHORTEST
    assert len({(needle.value, needle.caseless, needle.original) for needle in found}) == len(found)
    assert all(needle.value == needle.value.lower() for needle in found if needle.caseless)


def test_when_made_then_every_encoding_is_there() -> None:
    names = {needle.encoding for needle in needles(["윤하늘별"])}
    assert names == {
        *("raw", "escaped", "percent", "entity", "hex", "base64", "cp949", "utf-16-le", "utf-16-be"),
        *(
            f"nfd{rest}"
            for rest in ("", "/escaped", "/percent", "/entity", "/hex", "/base64", "/utf-16-le", "/utf-16-be")
        ),
    }
