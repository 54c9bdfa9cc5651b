"""Bootstrap confidence intervals: questions that depend on each other are drawn together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.retrieval.figures import Answers

RESAMPLES = 1000
_SEED = 2026
_BOUNDS = (2.5, 97.5)

Figure = Callable[[Answers], float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the 95 % interval of its bootstrap distribution."""

    value: float
    low: float
    high: float


class Resampler:
    """The same resamples for every system, so that their differences are paired."""

    def __init__(self, groups: Sequence[str], resamples: int = RESAMPLES) -> None:
        """``groups`` names the group of each question (n,); whole groups are drawn with replacement."""
        self._groups = groups
        self._resamples = resamples

    def draws(self) -> Iterator[npt.NDArray[np.int64]]:
        """Positions of the questions of each resample."""
        members: dict[str, list[int]] = {}
        for position, group in enumerate(self._groups):
            members.setdefault(group, []).append(position)
        blocks = [np.array(positions, dtype=np.int64) for positions in members.values()]
        randomness = np.random.default_rng(_SEED)
        for _ in range(self._resamples):
            yield np.concatenate([blocks[at] for at in randomness.integers(len(blocks), size=len(blocks))])

    def distributions(self, systems: Sequence[Answers], figures: Sequence[Figure]) -> npt.NDArray[np.float64]:
        """Every figure of every system in each resample: (resamples, systems, figures)."""
        return np.array(
            [[[figure(drawn) for figure in figures] for drawn in (s.taken(d) for s in systems)] for d in self.draws()]
        )


def estimate(value: float, distribution: npt.NDArray[np.float64]) -> Estimate:
    """The value with its interval; resamples in which it isn't defined are left out."""
    defined = distribution[~np.isnan(distribution)]
    low, high = np.percentile(defined, _BOUNDS) if len(defined) else (float("nan"), float("nan"))
    return Estimate(value, float(low), float(high))
