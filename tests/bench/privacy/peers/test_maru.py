"""Offsets of Maru's spans are those of the text as given."""

from __future__ import annotations

import unicodedata

import pytest

from bench.privacy.peers.maru import Maru


@pytest.mark.slow
def test_when_text_is_decomposed_then_spans_still_count_in_it() -> None:
    before, name, after = (unicodedata.normalize("NFD", part) for part in ("제 이름은 ", "홍길동", "이에요"))
    found = Maru().find(before + name + after)
    assert found == [(len(before), len(before + name), "NAME")]


@pytest.mark.slow
def test_when_a_text_is_refused_then_it_is_none() -> None:
    assert Maru().find("가" * 20_000) is None
