"""Figures over ranked answers: top-n, MRR, AUROC in and out of scope, wrong answers at a coverage, and the curve."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

NOT_FOUND = 10**6  # as a rank: its reciprocal counts for nothing


@dataclass(frozen=True, slots=True)
class Outcome:
    """The right entry's rank (0 first; None: not found, or nothing answers) and how certain the system was."""

    style: str
    group: str
    answer: str | None
    rank: int | None
    certainty: float


@dataclass(frozen=True, slots=True)
class Answers:
    """Outcomes in columns, each (n,), so that they can be resampled fast."""

    styles: npt.NDArray[np.str_]
    inside: Mask
    rank: Numbers
    certainty: Numbers

    def taken(self, positions: npt.NDArray[np.int64]) -> Answers:
        """These rows, as often as they are named."""
        return Answers(self.styles[positions], self.inside[positions], self.rank[positions], self.certainty[positions])

    def of(self, styles: Set[str], *, in_scope: bool = False) -> Answers:
        """The rows of these styles, with ``in_scope`` also every row that something answers."""
        return self.taken(np.flatnonzero(np.isin(self.styles, list(styles)) | (in_scope & self.inside)))


def columns(outcomes: Sequence[Outcome]) -> Answers:
    """The same outcomes in columns."""
    return Answers(
        np.array([o.style for o in outcomes]),
        np.array([o.answer is not None for o in outcomes], dtype=bool),
        np.array([NOT_FOUND if o.rank is None else o.rank for o in outcomes], dtype=np.float64),
        np.array([o.certainty for o in outcomes], dtype=np.float64),
    )


def top(answers: Answers, n: int) -> float:
    """Share of the in-scope questions whose right entry is among the first ``n``; NaN when there are none."""
    rank = answers.rank[answers.inside]
    return float((rank < n).mean()) if len(rank) else float("nan")


def mean_reciprocal_rank(answers: Answers) -> float:
    """Mean of 1 / place of the right entry over the in-scope questions; 0 for one that isn't among those kept."""
    rank = answers.rank[answers.inside]
    return float(np.where(rank < NOT_FOUND, 1 / (rank + 1), 0).mean()) if len(rank) else float("nan")


def auroc(answers: Answers) -> float:
    """How well the certainty tells questions that something answers from those that nothing does."""
    inside, outside = answers.certainty[answers.inside], np.sort(answers.certainty[~answers.inside])
    if not len(inside) or not len(outside):
        return float("nan")
    below, up_to = np.searchsorted(outside, inside, "left"), np.searchsorted(outside, inside, "right")
    return float((below + up_to).mean() / 2 / len(outside))


def wrong_at_coverage(answers: Answers, coverage: float) -> float:
    """Share of wrong ones among the in-scope answers given, when this share of in-scope questions is answered."""
    rank, certainty = answers.rank[answers.inside], answers.certainty[answers.inside]
    surest = np.argsort(-certainty, kind="stable")[: round(coverage * len(rank))]
    return float((rank[surest] != 0).mean()) if len(surest) else float("nan")


@dataclass(frozen=True, slots=True)
class AtThreshold:
    """What a threshold does: in-scope questions answered, wrong answers among all given, out of scope answered."""

    coverage: float
    wrong: float
    out_of_scope: float


def at_threshold(answers: Answers, threshold: float) -> AtThreshold:
    """The figures of answering whatever is at least this certain; an answer to a question out of scope is wrong."""
    given = answers.certainty >= threshold
    wrong = given & ((answers.rank != 0) | ~answers.inside)
    return AtThreshold(
        coverage=float(given[answers.inside].mean()) if answers.inside.any() else 0.0,
        wrong=float(wrong.sum() / max(1, given.sum())),
        out_of_scope=float(given[~answers.inside].mean()) if not answers.inside.all() else 0.0,
    )


def error_curve(answers: Answers, steps: int = 50) -> list[tuple[float, float]]:
    """(coverage of in-scope questions, share of wrong among all answers given), from few answers to all."""
    surest = np.sort(answers.certainty[answers.inside])[::-1]
    if not len(surest):
        return []
    thresholds = {float(surest[max(0, round(len(surest) * step / steps) - 1)]) for step in range(1, steps + 1)}
    points = [at_threshold(answers, threshold) for threshold in sorted(thresholds, reverse=True)]
    return [(point.coverage, point.wrong) for point in points]
