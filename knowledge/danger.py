"""Danger that no word list knows, by the meaning of what was said: a linear model over question vectors."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from knowledge.embedder import Vectors

Emergency = Literal["medical", "crime", "violence", "suicide", "general"]
SHIPPED = Path(__file__).parent / "danger.json"

# Log-odds of a danger; `maru train danger` prints how many dangers and how much else lie above them.
LIKELY = 1.0
SURE = 2.5
KIND_SHARE = 0.5  # below, all numbers are named rather than one that may be wrong


@dataclass(frozen=True, slots=True)
class Danger:
    """Somebody may need help now; ``sure`` where that goes before any entry."""

    kind: Emergency
    sure: bool


@dataclass(frozen=True, slots=True)
class DangerModel:
    """Weights fitted by ``maru train danger`` on our own emergency utterances against everything else that is asked."""

    weights: Vectors  # (dimension,)
    bias: float
    kinds: tuple[Emergency, ...]
    kind_weights: Vectors  # (len(kinds), dimension)
    kind_bias: Vectors  # (len(kinds),)

    def log_odds(self, vector: Vectors) -> float:
        """Log-odds that a question's unit vector (dimension,) tells of a danger now."""
        return float(vector @ self.weights + self.bias)

    def heard(self, vector: Vectors) -> Danger | None:
        """What the question's unit vector (dimension,) tells; None for hardly a danger."""
        odds = self.log_odds(vector)
        if odds < LIKELY:
            return None
        scores = self.kind_weights @ vector + self.kind_bias
        share = np.exp(scores - scores.max())
        best = int(scores.argmax())
        certain = share[best] / share.sum() >= KIND_SHARE
        return Danger(self.kinds[best] if certain else "general", odds >= SURE)


def load_danger(embedder: str, path: Path = SHIPPED) -> DangerModel | None:
    """The fitted model, or None where it was fitted with another embedder (its fingerprint): the words remain."""
    content = json.loads(path.read_text("utf-8"))
    if content["embedder"] != embedder:
        return None
    return DangerModel(
        weights=np.array(content["weights"], dtype=np.float32),
        bias=content["bias"],
        kinds=tuple(content["kinds"]),
        kind_weights=np.array(content["kind_weights"], dtype=np.float32),
        kind_bias=np.array(content["kind_bias"], dtype=np.float32),
    )
