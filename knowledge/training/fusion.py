"""Learns how much each piece of evidence says: a conditional logit over the candidates of each question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.ranking import EVIDENCE
from knowledge.training.examples import Example, evidence_of

Weights = npt.NDArray[np.float64]

# Weights found by hand, towards which the fitted ones are pulled.
PRIOR = np.array([3.0, 3.0, 12.0, 12.0, 4.0])
RIDGE = 0.003
_STEPS = 30


def fit_fusion(examples: Sequence[Example], ridge: float = RIDGE) -> Weights:
    """Weights (len(EVIDENCE),) ≥ 0 that make the right candidate most likely; every corpus counts the same."""
    usable = [(e, at) for e in examples if (at := e.right_at) is not None and len(e.ranking.candidates) > 1]
    per_corpus = {c: sum(e.corpus == c for e, _ in usable) for c in {e.corpus for e, _ in usable}}
    # Differences from the right candidate: the loss of a question is log Σ exp(difference · weights).
    differences = [evidence_of(e) - e.ranking.candidates[at].evidence for e, at in usable]
    shares = np.array([1.0 / (len(per_corpus) * per_corpus[e.corpus]) for e, _ in usable])
    starts = np.cumsum([0, *(len(d) for d in differences[:-1])])
    stacked = np.concatenate(differences)
    owner = np.repeat(np.arange(len(usable)), [len(d) for d in differences])

    # Newton's method: the loss is convex and smooth, and has a handful of weights.
    weights = PRIOR.copy()
    pull = 2 * ridge / len(EVIDENCE) * np.eye(len(EVIDENCE))
    for _ in range(_STEPS):
        odds = stacked @ weights
        raised = np.exp(odds - np.maximum.reduceat(odds, starts)[owner])
        chance = raised / np.add.reduceat(raised, starts)[owner]
        expected = np.add.reduceat(chance[:, None] * stacked, starts)
        gradient = shares @ expected + 2 * ridge * (weights - PRIOR) / len(EVIDENCE)
        spread = (stacked * (chance * shares[owner])[:, None]).T @ stacked
        curvature = spread - (expected * shares[:, None]).T @ expected + pull
        step = np.linalg.solve(curvature, gradient)
        weights = np.maximum(weights - step, 0.0)
    return weights
