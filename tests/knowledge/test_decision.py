from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.decision import (
    COSTS,
    MAX_SUGGESTIONS,
    Decision,
    Hit,
    Thresholds,
    decide,
    thresholds_for,
    thresholds_of,
    thresholds_when_heard,
)
from maru.settings import Settings
from tests.knowledge.entries import an_entry

USUAL = Thresholds(answer=0.62, clarify=0.30)
scores = st.lists(st.floats(0, 1), max_size=12).map(lambda values: sorted(values, reverse=True))


def hits_of(values: list[float]) -> tuple[Hit, ...]:
    return tuple(Hit(an_entry(f"entry-{number}"), score) for number, score in enumerate(values))


@pytest.mark.parametrize(
    ("values", "status", "acted_on"),
    [
        ([], "no_answer", 0),
        ([0.0], "no_answer", 0),
        ([0.2999], "no_answer", 0),
        ([0.2, 0.0999], "no_answer", 0),
        ([0.30], "clarify", 1),
        ([0.2, 0.1], "clarify", 2),  # one of both is right with 0.3
        ([0.2, 0.06, 0.05], "clarify", 3),
        ([0.6199], "clarify", 1),
        ([0.62], "answered", 1),
        ([1.0], "answered", 1),
        ([0.9, 0.89, 0.88], "answered", 1),
        ([0.5, 0.4, 0.3, 0.2], "clarify", 3),
        ([0.5, 0.01], "clarify", 2),  # one alone is hardly a choice
        ([0.5, 0.074, 0.073], "clarify", 2),  # less than 15 % of the first isn't worth a third button
        ([0.5, 0.075, 0.075], "clarify", 3),
    ],
)
def test_when_the_best_is_so_likely_then_the_status_follows(values: list[float], status: str, acted_on: int) -> None:
    decision = decide(hits_of(values), USUAL)
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
    decision = decide(hits_of(values), USUAL, bare_keyword=True)
    assert (decision.status, len(decision.hits)) == (status, acted_on)


@pytest.mark.parametrize(
    ("values", "status", "acted_on"),
    [
        ([0.62, 0.1], "answered", 1),
        ([0.5, 0.2, 0.1], "clarify", 1),  # likelier than the others together: is it this?
        ([0.3, 0.3], "clarify", 1),
        ([0.3, 0.2, 0.2], "clarify", 3),  # no clear favourite: which of these?
        ([0.2, 0.05], "no_answer", 0),
    ],
)
def test_when_a_question_was_spoken_then_a_clear_favourite_is_asked_about_alone(
    values: list[float], status: str, acted_on: int
) -> None:
    decision = decide(hits_of(values), USUAL, heard=True)
    assert (decision.status, len(decision.hits)) == (status, acted_on)


def test_when_only_a_keyword_was_spoken_then_there_is_a_choice_all_the_same() -> None:
    assert len(decide(hits_of([0.5, 0.1, 0.1]), USUAL, bare_keyword=True, heard=True).hits) == 3


@pytest.mark.parametrize(
    ("values", "others"),
    [
        ([0.5, 0.1, 0.04, 0.02, 0.01], [0.1, 0.04, 0.02]),  # 0.16 of the 0.5 that is left
        ([0.5, 0.1, 0.04], []),
        ([0.9, 0.02, 0.01], [0.02, 0.01]),
        ([0.4], []),
    ],
)
def test_when_the_one_entry_isnt_meant_then_the_next_are_offered_if_one_of_them_is_likely(
    values: list[float], others: list[float]
) -> None:
    decision = decide(hits_of(values), USUAL, heard=True)
    assert len(decision.hits) == 1
    assert [hit.score for hit in decision.others] == others


@given(scores, st.floats(0, 1), st.floats(0, 1), st.booleans(), st.booleans())
def test_when_thresholds_and_scores_are_any_then_a_decision_keeps_its_shape(
    values: list[float], one: float, other: float, keyword: bool, heard: bool
) -> None:
    clarify, answer = sorted((one, other))
    decision = decide(hits_of(values), Thresholds(answer, clarify), bare_keyword=keyword, heard=heard)
    assert decision.hits == decision.ranked[: len(decision.hits)]
    assert len(decision.others) <= MAX_SUGGESTIONS
    assert not set(decision.others) & set(decision.hits)
    match decision.status:
        case "answered":
            assert len(decision.hits) == 1
            assert decision.hits[0].score >= answer
        case "clarify":
            assert min(1 if heard else 2, len(values)) <= len(decision.hits) <= MAX_SUGGESTIONS
            assert keyword or decision.hits[0].score < answer
            assert keyword or sum(values[:MAX_SUGGESTIONS]) >= clarify
        case "no_answer":
            assert decision.hits == ()
            assert not values or sum(values[:MAX_SUGGESTIONS]) < clarify or values[0] < clarify


LOST = 5.0  # what a lost answer costs, in questions back


@given(st.floats(1.01, 100), scores.filter(lambda values: bool(values) and sum(values) <= 1))
def test_when_a_wrong_answer_costs_so_much_then_the_decision_is_the_cheapest_by_expectation(
    cost: float, values: list[float]
) -> None:
    decision = decide(hits_of(values), thresholds_for(cost))
    shown = sum(hit.score for hit in decide(hits_of(values), Thresholds(2.0, 0.0)).hits)
    there = sum(values)
    answering, asking, silence = (1 - values[0]) * cost, 1 + (there - shown) * LOST, there * LOST
    match decision.status:
        case "answered":
            assert answering <= min(asking, silence) + 1e-9
        case "clarify":
            assert asking <= silence + 1e-9
        case "no_answer":
            assert silence <= asking + 1e-9


def test_when_a_wrong_answer_costs_more_then_maru_answers_later() -> None:
    answers = [thresholds_for(cost).answer for cost in COSTS]
    assert answers == sorted(answers)
    assert thresholds_for(2.0).answer == pytest.approx(0.5)
    assert thresholds_for(10.0).answer == pytest.approx(0.9)
    assert all(t.clarify < t.answer for t in map(thresholds_for, COSTS))


@pytest.mark.parametrize(("typed", "heard"), [(0.5, 0.75), (0.8, 0.9), (1.0, 1.0)])
def test_when_a_question_was_spoken_then_a_wrong_answer_is_twice_as_bad(typed: float, heard: float) -> None:
    spoken = thresholds_when_heard(Thresholds(typed, 0.2))
    assert spoken.answer == pytest.approx(heard)
    assert spoken.clarify == 0.2


@pytest.mark.parametrize(
    ("changes", "thresholds"),
    [
        ({"wrong_answer_cost": 4.0}, Thresholds(0.75, 0.2)),
        ({"wrong_answer_cost": 4.0, "answer_threshold": 0.35}, Thresholds(0.35, 0.2)),
        ({"wrong_answer_cost": 4.0, "clarify_threshold": 0.4}, Thresholds(0.75, 0.4)),
        ({"answer_threshold": 0.1}, Thresholds(0.1, 0.1)),
    ],
)
def test_when_thresholds_are_set_then_they_stand_in_place_of_the_derived_ones(
    changes: dict[str, float], thresholds: Thresholds
) -> None:
    assert thresholds_of(Settings(_env_file=None).model_copy(update=changes)) == thresholds


@pytest.mark.parametrize(
    ("nearest", "category"),
    [
        ([], None),
        ([("여권", 0.3), ("여권", 0.1), ("지방세", 0.1)], "여권"),
        ([("여권", 0.2), ("지방세", 0.15), ("보건", 0.1)], None),  # they disagree
        ([("여권", 0.04), ("여권", 0.03)], None),  # far away
        ([("", 0.3), ("", 0.2)], None),
    ],
)
def test_when_the_nearest_entries_agree_then_the_question_has_their_category(
    nearest: list[tuple[str, float]], category: str | None
) -> None:
    ranked = tuple(Hit(an_entry(f"e-{n}", category=name), score) for n, (name, score) in enumerate(nearest))
    assert Decision("no_answer", (), ranked).category == category
