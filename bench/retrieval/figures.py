"""Figures over ranked answers: top-1, top-3, AUROC in and out of scope, wrong answers at a coverage."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Outcome:
    """The right entry's rank (0 first; None: not found, or nothing answers) and how certain the system was."""

    style: str
    answer: str | None
    rank: int | None
    certainty: float


def top(outcomes: Sequence[Outcome], n: int, styles: Set[str]) -> float:
    """Share of the questions of these styles whose right entry is among the first ``n``; NaN when there are none."""
    ranks = [o.rank for o in outcomes if o.answer is not None and o.style in styles]
    return float(np.mean([rank is not None and rank < n for rank in ranks])) if ranks else float("nan")


def auroc(outcomes: Sequence[Outcome]) -> float:
    """How well the certainty tells questions that something answers from those that nothing does."""
    certainty = _certainties(outcomes)
    inside = np.array([o.answer is not None for o in outcomes])
    pairs = certainty[inside][:, None] - certainty[~inside][None, :]
    return float((pairs > 0).mean() + (pairs == 0).mean() / 2)


def wrong_at_coverage(outcomes: Sequence[Outcome], coverage: float) -> float:
    """Share of wrong ones among the in-scope answers given, when this share of in-scope questions is answered."""
    inside = [o for o in outcomes if o.answer is not None]
    surest = sorted(inside, key=lambda o: -o.certainty)[: round(coverage * len(inside))]
    return float(np.mean([o.rank != 0 for o in surest]))


@dataclass(frozen=True, slots=True)
class AtThreshold:
    """What a threshold does: in-scope questions answered, wrong answers among all given, out of scope answered."""

    coverage: float
    wrong: float
    out_of_scope: float


def at_threshold(outcomes: Sequence[Outcome], threshold: float) -> AtThreshold:
    """The figures of answering whatever is at least this certain."""
    given = [o for o in outcomes if o.certainty >= threshold]
    inside = [o for o in outcomes if o.answer is not None]
    outside = [o for o in outcomes if o.answer is None]
    return AtThreshold(
        coverage=sum(o.answer is not None for o in given) / max(1, len(inside)),
        wrong=sum(o.rank != 0 for o in given) / max(1, len(given)),
        out_of_scope=sum(o.answer is None for o in given) / max(1, len(outside)),
    )


def _certainties(outcomes: Sequence[Outcome]) -> npt.NDArray[np.float64]:
    return np.array([o.certainty for o in outcomes], dtype=np.float64)
