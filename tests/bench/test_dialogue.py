from __future__ import annotations

import pytest

from bench.dialogue.__main__ import come_to
from knowledge.decision import Decision, DecisionStatus, Hit
from tests.knowledge.entries import an_entry


def hits(ids: str) -> tuple[Hit, ...]:
    return tuple(Hit(an_entry(entry_id), 0.5) for entry_id in ids.split())


@pytest.mark.parametrize(
    ("status", "shown", "others", "outcome"),
    [
        ("answered", "right", "", "answered right"),
        ("answered", "wrong", "right", "answered wrong"),
        ("clarify", "right", "", "confirmed"),
        ("clarify", "wrong", "other right", "confirmed next"),
        ("clarify", "wrong", "other", "asked in vain"),
        ("clarify", "wrong right", "", "choice"),
        ("clarify", "wrong other", "right", "asked in vain"),  # a no to a choice asks for other words
        ("no_answer", "", "", "asked again"),
    ],
)
def test_when_a_decision_is_made_then_this_is_what_it_comes_to(
    status: DecisionStatus, shown: str, others: str, outcome: str
) -> None:
    assert come_to(Decision(status, hits(shown), hits(shown), hits(others)), "right") == outcome
