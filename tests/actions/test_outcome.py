from __future__ import annotations

import json
import math
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.outcome import STATUSES, Outcome, Status, Suggested

outcomes = st.builds(
    Outcome,
    st.sampled_from(STATUSES),
    wording=st.none() | st.text(),
    entry_id=st.none() | st.text(),
    score=st.none() | st.floats(0, 1),
    suggestions=st.lists(st.builds(Suggested, st.text(), st.floats(0, 1)), max_size=3).map(tuple),
    note=st.none() | st.text(),
    category=st.none() | st.text(),
    others=st.lists(st.text(), max_size=3).map(tuple),
    refused=st.lists(st.text(), max_size=3).map(tuple),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WHOLE = Outcome("answered", "w", "move-in", 0.9, (Suggested("a", 0.4),), "n", "c", ("b",), ("d",)).to_message()


def test_when_statuses_are_listed_then_they_are_the_metric_scheme() -> None:
    assert get_args(Status) == STATUSES
    listed = "answered clarify no_answer handoff emergency smalltalk form unavailable"
    assert list(STATUSES) == listed.split()


@given(outcomes)
def test_when_an_outcome_travels_as_json_then_the_same_arrives(outcome: Outcome) -> None:
    assert Outcome.from_message(json.loads(json.dumps(outcome.to_message()))) == outcome


@given(json_values)
def test_when_a_message_is_anything_else_then_it_is_refused(message: Any) -> None:
    with pytest.raises(ValueError, match="outcome"):
        Outcome.from_message(message)


@given(st.sampled_from(sorted(WHOLE)), json_values)
def test_when_one_part_is_anything_then_an_outcome_has_the_right_types_or_is_refused(part: str, value: Any) -> None:
    try:
        outcome = Outcome.from_message({**WHOLE, part: value})
    except ValueError:
        return
    assert outcome.status in STATUSES
    assert isinstance(outcome.wording, str | None)
    assert isinstance(outcome.entry_id, str | None)
    assert isinstance(outcome.note, str | None)
    assert isinstance(outcome.category, str | None)
    assert outcome.score is None or math.isfinite(outcome.score)
    assert all(isinstance(entry_id, str) for entry_id in (*outcome.others, *outcome.refused))
    assert all(isinstance(s.entry_id, str) and math.isfinite(s.score) for s in outcome.suggestions)


@pytest.mark.parametrize("part", sorted(WHOLE))
def test_when_a_part_is_missing_then_it_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="outcome"):
        Outcome.from_message({key: value for key, value in WHOLE.items() if key != part})
