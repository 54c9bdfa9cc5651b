"""How likely the best candidate answers: a logistic model over scores, gaps and agreement, fitted on held-back data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.embedder import Vectors
from knowledge.errors import ModelFileError
from knowledge.ranking import EVIDENCE, FEATURES, Ranking
from knowledge.scope import ScopeModel, load_scope

SHIPPED = Path(__file__).parent / "calibration.json"


@dataclass(frozen=True, slots=True)
class Odds:
    """A logistic model over the standardised FEATURES."""

    weights: tuple[float, ...]
    bias: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights fitted by ``maru train calibration``; ``fitted_on`` says on what, ``embedder`` with which vectors.

    ``evidence_weights`` rank what was typed, ``heard_weights`` what was spoken.
    """

    evidence_weights: tuple[float, ...]
    heard_weights: tuple[float, ...]
    english_offset: Vectors
    scope_model: ScopeModel
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    typed: Odds
    heard: Odds
    embedder: str
    fitted_on: str

    def scope(self, text: str, vector: Vectors) -> float:
        """Log-odds that a question (its unit vector, not centred) is one for a city; its usual value where unknown."""
        if not self._fits(vector):
            return self.mean[FEATURES.index("scope")]
        return self.scope_model.log_odds(text, vector)

    def offset_for(self, vector: Vectors) -> Vectors | None:
        """How English question vectors differ from Korean ones (dimension,); None for another embedder's."""
        return self.english_offset if self._fits(vector) else None

    def probability(self, ranking: Ranking, position: int = 0, *, heard: bool = False) -> float:
        """The probability (0..1) that the candidate at ``position`` answers the question, typed or ``heard``."""
        odds = self.heard if heard else self.typed
        standardised = (ranking.features(position) - np.array(self.mean)) / np.array(self.scale)
        return float(1.0 / (1.0 + np.exp(-(standardised @ np.array(odds.weights) + odds.bias))))

    def _fits(self, vector: Vectors) -> bool:
        return vector.shape == self.english_offset.shape


def load_calibration(path: Path = SHIPPED) -> Calibration:
    """Read the fitted weights; raises ``ModelFileError`` when they are of other features."""
    content = json.loads(path.read_text("utf-8"))
    if tuple(content["features"]) != FEATURES or tuple(content["evidence"]) != EVIDENCE:
        raise ModelFileError(f"{path}: fitted for other features; run maru train calibration")
    return Calibration(
        evidence_weights=tuple(content["evidence_weights"]),
        heard_weights=tuple(content["heard_weights"]),
        english_offset=np.array(content["english_offset"], dtype=np.float32),
        scope_model=load_scope(),
        mean=tuple(content["mean"]),
        scale=tuple(content["scale"]),
        typed=Odds(tuple(content["weights"]), content["bias"]),
        heard=Odds(tuple(content["heard_model"]["weights"]), content["heard_model"]["bias"]),
        embedder=content["embedder"],
        fitted_on=content["fitted_on"],
    )
