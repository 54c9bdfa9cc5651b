"""From ranked entries to a decision: answer, ask which was meant, or say that Maru doesn't know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.entry import Entry

DecisionStatus = Literal["answered", "clarify", "no_answer"]

MAX_SUGGESTIONS = 3
# A second or third suggestion has to be at least this likely, relative to the first, to be worth a button.
_SUGGESTION_SHARE = 0.15
_KEYWORD_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry and the probability that it answers the question."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """``hits`` are what to act on: the one entry that answers, up to three to choose from, or none.

    ``ranked`` are all candidates in rank order, whatever the status.
    """

    status: DecisionStatus
    hits: tuple[Hit, ...]
    ranked: tuple[Hit, ...]


def decide(
    hits: tuple[Hit, ...], answer_threshold: float, clarify_threshold: float, *, bare_keyword: bool = False
) -> Decision:
    """Apply the two thresholds to the probability of the best entry.

    A bare keyword that entries hold (여권, 주차) is asked back about, however unlikely each of them is by itself, and
    answered only where hardly anything else can be meant.
    """
    if not hits or (hits[0].score < clarify_threshold and not bare_keyword):
        return Decision("no_answer", (), hits)
    if hits[0].score >= (max(answer_threshold, _KEYWORD_SURE) if bare_keyword else answer_threshold):
        return Decision("answered", hits[:1], hits)
    if bare_keyword:
        return Decision("clarify", hits[:MAX_SUGGESTIONS], hits)
    likely = [hit for hit in hits[:MAX_SUGGESTIONS] if hit.score >= hits[0].score * _SUGGESTION_SHARE]
    return Decision("clarify", tuple(likely), hits)
