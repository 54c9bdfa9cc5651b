from __future__ import annotations

import pytest

from actions.outcome import Outcome, Status, Suggested
from actions.turn import DialogueMemory

BEFORE = DialogueMemory(("a", "b"), "last", "answered")


@pytest.mark.parametrize(
    ("outcome", "after"),
    [
        (Outcome("answered", entry_id="new", score=0.9), DialogueMemory((), "new", "answered")),
        (
            Outcome("clarify", suggestions=(Suggested("c", 0.5), Suggested("d", 0.4))),
            DialogueMemory(("c", "d"), "last", "clarify"),
        ),
        (
            Outcome("clarify", suggestions=(Suggested("c", 0.5),), others=("e",), refused=("d",)),
            DialogueMemory(("c",), "last", "clarify", ("e",), ("d",)),
        ),
        (Outcome("no_answer"), DialogueMemory((), None, "no_answer")),
        (Outcome("handoff"), DialogueMemory((), None, "handoff")),
        (Outcome("emergency"), DialogueMemory((), None, "emergency")),
        (Outcome("smalltalk", wording="thanks"), BEFORE),
    ],
)
def test_when_an_outcome_was_given_then_this_is_remembered(outcome: Outcome, after: DialogueMemory) -> None:
    assert BEFORE.after(outcome) == after


def test_when_the_reply_to_a_question_isnt_understood_then_the_question_stands_for_one_more_turn() -> None:
    asking = DialogueMemory(("a",), "last", "clarify", ("b",), ("c",))
    once = asking.after(Outcome("no_answer", "no_answer"))
    assert once.is_asking
    assert (once.suggestions, once.others, once.refused) == (("a",), ("b",), ("c",))
    assert not once.after(Outcome("no_answer", "no_answer")).is_asking
    assert not asking.after(Outcome("no_answer", "none_of_these", refused=("a", "c"))).is_asking


@pytest.mark.parametrize("status", ["answered", "clarify", "no_answer", "handoff", "emergency"])
def test_when_small_talk_comes_between_then_what_was_offered_stays(status: Status) -> None:
    offered = Outcome(status, entry_id="x", suggestions=(Suggested("c", 0.5),))
    remembered = DialogueMemory().after(offered)
    assert remembered.after(Outcome("smalltalk", wording="chitchat")) == remembered
