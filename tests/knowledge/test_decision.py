from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.decision import MAX_SUGGESTIONS, Hit, decide
from tests.knowledge.entries import an_entry

ANSWER, CLARIFY = 0.62, 0.30
scores = st.lists(st.floats(0, 1), max_size=12).map(lambda values: sorted(values, reverse=True))


def hits_of(values: list[float]) -> tuple[Hit, ...]:
    return tuple(Hit(an_entry(f"entry-{number}"), score) for number, score in enumerate(values))


@pytest.mark.parametrize(
    ("values", "status", "acted_on"),
    [
        ([], "no_answer", 0),
        ([0.0], "no_answer", 0),
        ([0.2999], "no_answer", 0),
        ([0.30], "clarify", 1),
        ([0.6199], "clarify", 1),
        ([0.62], "answered", 1),
        ([1.0], "answered", 1),
        ([0.9, 0.89, 0.88], "answered", 1),
        ([0.5, 0.4, 0.3, 0.2], "clarify", 3),
        ([0.5, 0.074, 0.073], "clarify", 1),  # less than 15 % of the first isn't worth a button
        ([0.5, 0.075], "clarify", 2),
        ([0.6, 0.1, 0.08], "clarify", 2),
    ],
)
def test_when_the_best_is_so_likely_then_the_status_follows(values: list[float], status: str, acted_on: int) -> None:
    decision = decide(hits_of(values), ANSWER, CLARIFY)
    assert (decision.status, len(decision.hits)) == (status, acted_on)
    assert [hit.score for hit in decision.ranked] == values


@pytest.mark.parametrize(
    ("values", "status", "acted_on"),
    [
        ([], "no_answer", 0),
        ([0.01], "clarify", 1),
        ([0.05, 0.001, 0.0, 0.0], "clarify", 3),  # however unlikely each is by itself
        ([0.7, 0.1], "clarify", 2),
        ([1.0, 0.1], "answered", 1),
    ],
)
def test_when_only_a_keyword_was_said_then_it_is_asked_back_about(
    values: list[float], status: str, acted_on: int
) -> None:
    decision = decide(hits_of(values), ANSWER, CLARIFY, bare_keyword=True)
    assert (decision.status, len(decision.hits)) == (status, acted_on)


@given(scores, st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_when_thresholds_and_scores_are_any_then_a_decision_keeps_its_shape(
    values: list[float], one: float, other: float, keyword: bool
) -> None:
    clarify, answer = sorted((one, other))
    decision = decide(hits_of(values), answer, clarify, bare_keyword=keyword)
    assert decision.hits == decision.ranked[: len(decision.hits)]
    match decision.status:
        case "answered":
            assert len(decision.hits) == 1
            assert decision.hits[0].score >= answer
        case "clarify":
            assert 1 <= len(decision.hits) <= MAX_SUGGESTIONS
            assert keyword or clarify <= decision.hits[0].score < answer
        case "no_answer":
            assert decision.hits == ()
            assert not values or values[0] < clarify
