"""How likely the best candidate answers: a logistic model over scores, gaps and agreement, fitted on development data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.embedder import Vectors
from knowledge.errors import ModelFileError
from knowledge.ranking import FEATURES, Ranking

SHIPPED = Path(__file__).parent / "calibration.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights fitted by ``maru train calibration``; ``fitted_on`` says on what, ``embedder`` with which vectors."""

    lexical_weight: float
    scope_weights: tuple[float, ...]
    scope_bias: float
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    embedder: str
    fitted_on: str

    def scope(self, vector: Vectors) -> float:
        """Log-odds that a question (its unit vector, not centred) is one for a city at all; 0 for another embedder."""
        if len(vector) != len(self.scope_weights):
            return 0.0
        return float(vector @ np.array(self.scope_weights) + self.scope_bias)

    def probability(self, ranking: Ranking, position: int = 0) -> float:
        """The probability (0..1) that the candidate at ``position`` answers the question."""
        standardised = (ranking.features(position) - np.array(self.mean)) / np.array(self.scale)
        return float(1.0 / (1.0 + np.exp(-(standardised @ np.array(self.weights) + self.bias))))


def load_calibration(path: Path = SHIPPED) -> Calibration:
    """Read the fitted weights; raises ``ModelFileError`` when they are of other features."""
    content = json.loads(path.read_text("utf-8"))
    if tuple(content["features"]) != FEATURES:
        raise ModelFileError(f"{path}: fitted for other features; run maru train calibration")
    return Calibration(
        lexical_weight=content["lexical_weight"],
        scope_weights=tuple(content["scope_weights"]),
        scope_bias=content["scope_bias"],
        mean=tuple(content["mean"]),
        scale=tuple(content["scale"]),
        weights=tuple(content["weights"]),
        bias=content["bias"],
        embedder=content["embedder"],
        fitted_on=content["fitted_on"],
    )
