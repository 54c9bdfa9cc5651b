"""Texts that are timed have the size they are said to have."""

from __future__ import annotations

import math

import pytest

from bench.privacy.speed import HOSTILE_SIZES, LONGEST, Times, hostile_texts, long_texts


def test_when_sentences_are_joined_then_each_text_is_exactly_as_long_as_said() -> None:
    texts = long_texts(["여권은 어디서 만드나요?"] * 40)
    assert {len(text) for text in texts} == {LONGEST}
    assert long_texts(["짧아요"]) == []


@pytest.mark.parametrize("size", HOSTILE_SIZES)
def test_when_hostile_texts_are_made_then_all_have_the_size(size: int) -> None:
    texts = dict(hostile_texts(size))
    assert len(texts) > 5
    assert {len(text) for text in texts.values()} == {size}


def test_when_times_are_summed_up_then_the_quantile_is_that_of_the_texts() -> None:
    milliseconds = [float(each) for each in range(101)]
    assert (Times.quantile(milliseconds, 0.5), Times.quantile(milliseconds, 0.95)) == (50.0, 95.0)
    assert math.isnan(Times.quantile([1.0], 0.5))
