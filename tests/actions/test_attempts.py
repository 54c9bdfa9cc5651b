from __future__ import annotations

from itertools import pairwise

import pytest

from actions.attempts import failed_after, worded
from actions.outcome import Outcome, Status
from actions.wording import catalogue


def in_a_row(outcome: Outcome, times: int, confidence: float | None) -> list[str]:
    """The wordings that somebody gets who fails again and again."""
    said, failed = [], 0
    for _ in range(times):
        said.append(worded(outcome, failed, confidence).wording or "")
        failed = failed_after(outcome, failed)
    return said


@pytest.mark.parametrize("confidence", [None, 0.4, 0.9])
@pytest.mark.parametrize("wording", ["no_answer", "not_heard"])
def test_when_attempts_fail_in_a_row_then_no_sentence_comes_twice_in_a_row(
    wording: str, confidence: float | None
) -> None:
    said = in_a_row(Outcome("no_answer", wording), 6, confidence)
    for locale in ("ko", "en"):
        sentences = [catalogue(locale)[key] for key in said]
        assert all(one != other for one, other in pairwise(sentences))
        assert all("{contact}" in sentence for sentence in sentences[1:])


def test_when_a_spoken_question_fails_then_what_was_heard_poorly_is_asked_for_again() -> None:
    nothing = Outcome("no_answer", "no_answer", category="보건")
    assert worded(nothing, 0, 0.5).wording == "not_understood"
    assert worded(nothing, 1, 0.5).wording == "not_understood_again"
    assert worded(nothing, 0, 0.5).category == "보건"
    assert worded(nothing, 0, 0.95) == worded(nothing, 0) == nothing


def test_when_failures_are_of_different_kinds_then_they_count_together() -> None:
    failed = failed_after(Outcome("no_answer", "not_heard"), 0)
    assert worded(Outcome("no_answer", "no_answer"), failed, 0.5).wording == "not_understood_again"


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome("no_answer", "own_case"),
        Outcome("no_answer", "none_of_these"),
        Outcome("unavailable"),
        Outcome("answered", entry_id="a"),
    ],
)
def test_when_it_is_something_else_than_a_failure_then_it_stays(outcome: Outcome) -> None:
    assert worded(outcome, 2, 0.3) == outcome


@pytest.mark.parametrize(
    ("status", "failed"),
    [("no_answer", 3), ("smalltalk", 2), ("unavailable", 2), ("answered", 0), ("clarify", 0), ("handoff", 0)],
)
def test_when_something_else_comes_of_a_turn_then_the_count_follows(status: Status, failed: int) -> None:
    assert failed_after(Outcome(status), 2) == failed
