"""From ranked entries to a decision: answer, ask which was meant, or say that Maru doesn't know."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from knowledge.entry import Entry
from maru.settings import Settings

DecisionStatus = Literal["answered", "clarify", "no_answer"]

MAX_SUGGESTIONS = 3
# How many questions back a “don't know” costs where an entry would have answered: a call to the office instead.
_LOST_ANSWER_COST = 5.0
# A third suggestion has to be at least this likely, relative to the first, to be worth a button.
_SUGGESTION_SHARE = 0.15
_KEYWORD_SURE = 0.9
# How much worse a wrong answer is when the question was spoken (docs/decisions/010-heard-to-meant.md).
_HEARD_COST = 2.0
# Costs of a wrong answer that are worth a look, from bold to cautious.
COSTS = (1.5, 2.0, 2.2, 3.0, 4.0, 5.0, 10.0, 20.0)

# The contact of a category is named where the nearest entries are of it for the most part, and not too far away.
_NEAREST = 5
_CATEGORY_SHARE = 0.6
_NEAR = 0.05


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Answer from ``answer`` on (probability that the best entry is right); ask back from ``clarify`` on (that one of
    those shown is)."""

    answer: float
    clarify: float


def thresholds_for(wrong_answer_cost: float) -> Thresholds:
    """What costs least, by expectation, where a wrong answer costs as much as so many questions back (above 1).

    Derived in docs/decisions/006-cost-of-a-wrong-answer.md.
    """
    instead_of_asking = 1 - 1 / wrong_answer_cost
    instead_of_silence = wrong_answer_cost / (wrong_answer_cost + _LOST_ANSWER_COST)
    return Thresholds(max(instead_of_asking, instead_of_silence), 1 / _LOST_ANSWER_COST)


def thresholds_when_heard(thresholds: Thresholds) -> Thresholds:
    """Those for what was spoken: who only hears a wrong answer can't skim it, so it is twice as bad."""
    return Thresholds(1 - (1 - thresholds.answer) / _HEARD_COST, thresholds.clarify)


def thresholds_of(settings: Settings) -> Thresholds:
    """Those that follow from the cost of a wrong answer, or those that the settings name instead."""
    derived = thresholds_for(settings.wrong_answer_cost)
    answer = derived.answer if settings.answer_threshold is None else settings.answer_threshold
    clarify = derived.clarify if settings.clarify_threshold is None else settings.clarify_threshold
    return Thresholds(answer, min(clarify, answer))


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry and the probability that it answers the question."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """``hits`` are what to act on: the one entry that answers, two or three to choose from, or none.

    ``ranked`` are all candidates in rank order, whatever the status. ``others`` are the next likely ones where none of
    ``hits`` was meant, if one of them is likely enough to be worth a question back.
    """

    status: DecisionStatus
    hits: tuple[Hit, ...]
    ranked: tuple[Hit, ...]
    others: tuple[Hit, ...] = ()

    @property
    def category(self) -> str | None:
        """The likeliest category of the question; None where the nearest entries disagree or are far away."""
        nearest = self.ranked[:_NEAREST]
        share: dict[str, float] = defaultdict(float)
        for hit in nearest:
            share[hit.entry.category] += hit.score
        if not nearest or nearest[0].score < _NEAR:
            return None
        likeliest = max(share, key=lambda category: share[category])
        return likeliest or None if share[likeliest] >= _CATEGORY_SHARE * sum(share.values()) else None


def decide(
    hits: tuple[Hit, ...], thresholds: Thresholds, *, bare_keyword: bool = False, heard: bool = False
) -> Decision:
    """Answer, ask back or give up, whichever costs least by expectation.

    A bare keyword that entries hold (여권, 주차) is asked back about, however unlikely each of them is by itself, and
    answered only where hardly anything else can be meant. Who spoke (``heard``) is asked about one entry alone where it
    is likelier than the other two together: a yes is sooner said than three titles are listened to.
    """
    answer_from = max(thresholds.answer, _KEYWORD_SURE) if bare_keyword else thresholds.answer
    if hits and hits[0].score >= answer_from:
        return Decision("answered", hits[:1], hits, _next_likely(hits, 1, thresholds))
    shown = hits[:MAX_SUGGESTIONS] if bare_keyword else _worth_a_button(hits)
    if shown and (bare_keyword or sum(hit.score for hit in shown) >= thresholds.clarify):
        if heard and not bare_keyword and hits[0].score >= sum(hit.score for hit in shown) / 2:
            shown = hits[:1]
        return Decision("clarify", shown, hits, _next_likely(hits, len(shown), thresholds))
    return Decision("no_answer", (), hits)


def _next_likely(hits: tuple[Hit, ...], shown: int, thresholds: Thresholds) -> tuple[Hit, ...]:
    """Up to three more, if one of them is meant likely enough once those ``shown`` are known not to be."""
    left = hits[shown : shown + MAX_SUGGESTIONS]
    unlikely = 1 - sum(hit.score for hit in hits[:shown])
    return left if sum(hit.score for hit in left) >= thresholds.clarify * unlikely else ()


def _worth_a_button(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The best two, since one alone is hardly a choice, and a third that is likely enough."""
    third = hits[2:MAX_SUGGESTIONS]
    return hits[:2] + tuple(hit for hit in third if hit.score >= hits[0].score * _SUGGESTION_SHARE)
