"""The figures, by hand on a few questions."""

from __future__ import annotations

import math

import pytest

from bench.retrieval.figures import (
    Answers,
    Outcome,
    at_threshold,
    auroc,
    columns,
    error_curve,
    mean_reciprocal_rank,
    top,
    wrong_at_coverage,
)


def _answers(*rows: tuple[str | None, int | None, float]) -> Answers:
    return columns([Outcome("style", f"q{at}", answer, rank, sure) for at, (answer, rank, sure) in enumerate(rows)])


FIVE = _answers(("a", 0, 0.9), ("b", 1, 0.8), ("c", 0, 0.6), ("d", None, 0.2), (None, None, 0.7))


def test_when_ranks_are_known_then_only_questions_in_scope_count() -> None:
    assert top(FIVE, 1) == 0.5
    assert top(FIVE, 3) == 0.75
    assert mean_reciprocal_rank(FIVE) == pytest.approx((1 + 1 / 2 + 1 + 0) / 4)


def test_when_certainties_tie_then_the_auroc_counts_half() -> None:
    assert auroc(FIVE) == 0.5
    assert auroc(_answers(("a", 0, 0.5), (None, None, 0.5))) == 0.5
    assert auroc(_answers(("a", 3, 0.6), (None, None, 0.5))) == 1.0
    assert math.isnan(auroc(_answers(("a", 0, 0.6))))


def test_when_only_the_surest_are_answered_then_the_others_errors_do_not_count() -> None:
    assert wrong_at_coverage(FIVE, 0.25) == 0.0
    assert wrong_at_coverage(FIVE, 0.5) == 0.5
    assert wrong_at_coverage(FIVE, 1.0) == 0.5


def test_when_a_threshold_is_set_then_answers_out_of_scope_are_wrong() -> None:
    found = at_threshold(FIVE, 0.65)
    assert (found.coverage, found.out_of_scope) == (0.5, 1.0)
    assert found.wrong == pytest.approx(2 / 3)


def test_when_the_curve_is_drawn_then_it_ends_at_full_coverage_and_ties_are_one_point() -> None:
    curve = error_curve(FIVE)
    assert curve[0] == (0.25, 0.0)
    assert curve[-1] == (1.0, 0.6)
    assert [coverage for coverage, _ in curve] == sorted({coverage for coverage, _ in curve})
    assert error_curve(_answers(("a", 0, 0.5), ("b", 1, 0.5))) == [(1.0, 0.5)]


def test_when_a_style_is_picked_then_in_scope_questions_can_be_kept_beside_it() -> None:
    answers = columns([Outcome("polite", "a", "a", 0, 0.9), Outcome("oos", "b", None, None, 0.1)])
    assert len(answers.of({"oos"}).rank) == 1
    assert len(answers.of({"oos"}, in_scope=True).rank) == 2
