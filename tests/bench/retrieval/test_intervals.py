"""Bootstrap intervals."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest

from bench.retrieval.figures import Outcome, columns, top
from bench.retrieval.intervals import Resampler, estimate


def test_when_questions_depend_on_each_other_then_they_are_drawn_together() -> None:
    groups = ["a", "a", "a", "b", "c", "c"]
    for drawn in Resampler(groups, resamples=50).draws():
        times = np.bincount(drawn, minlength=len(groups))
        assert times[0] == times[1] == times[2]
        assert times[4] == times[5]
        assert times[0] + times[3] + times[4] == 3


def test_when_two_systems_are_compared_then_they_see_the_same_resamples() -> None:
    right = [at % 3 != 0 for at in range(60)]
    answers = columns([Outcome("s", str(at), "x", 0 if ok else 4, 0.5) for at, ok in enumerate(right)])
    spread = Resampler([str(at) for at in range(60)], resamples=200).distributions(
        [answers, answers], [partial(top, n=1)]
    )
    assert spread.shape == (200, 2, 1)
    assert (spread[:, 0] == spread[:, 1]).all()
    found = estimate(top(answers, 1), spread[:, 0, 0])
    # The textbook's ± 1.96 √(p (1 − p) / n)
    assert found.value == pytest.approx(2 / 3)
    assert found.high - found.low == pytest.approx(2 * 1.96 * math.sqrt(2 / 9 / 60), rel=0.2)


def test_when_a_figure_is_never_defined_then_so_is_its_interval() -> None:
    assert math.isnan(estimate(float("nan"), np.array([np.nan, np.nan])).low)
