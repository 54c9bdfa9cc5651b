"""Whether something said is for a city's FAQ at all: by its meaning (a small network) and by its words.

“How do I appeal against a fine?” has an answer that can be published, “what came of my appeal?” hasn't, and neither has
another city's library. Words and vectors of the three are alike; what tells them apart is learned from utterances
written for it (``data/retrieval/scope.jsonl``, ``maru train calibration``).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from knowledge.embedder import Vectors
from knowledge.errors import ModelFileError
from knowledge.morphemes import shared_kiwi

SHIPPED = Path(__file__).parent / "scope.npz"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ScopeModel:
    """``hidden`` (dimension, units) and ``out`` (units,) are networks side by side; ``says`` is what a feature weighs.

    ``middle`` (dimension,) and ``spread`` bring a question's unit vector, not centred, to the scale of the networks.
    """

    middle: Floats
    spread: float
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: float
    says: dict[str, float]
    says_bias: float

    def log_odds(self, text: str, vector: Vectors) -> float:
        """Log-odds that a published entry could answer; by the words alone for another embedder's vector."""
        return self.by_meaning(vector) + self.by_words(text)

    def by_meaning(self, vector: Vectors) -> float:
        """What the vector (dimension,) says; 0 for another embedder's."""
        if vector.shape != self.middle.shape:
            return 0.0
        units = np.maximum(((vector - self.middle) / self.spread) @ self.hidden + self.hidden_bias, 0)
        return float(units @ self.out + self.out_bias)

    def by_words(self, text: str) -> float:
        """What single morphemes and pairs of neighbours say, each as often as it comes."""
        found = text_features(text)
        known = [(self.says[feature], count) for feature, count in found.items() if feature in self.says]
        if not known:
            return self.says_bias
        weights, counts = np.array(known, dtype=np.float64).T
        return float(weights @ (1 + np.log(counts)) / max(1.0, sum(found.values())) ** 0.5 + self.says_bias)


def text_features(text: str) -> dict[str, int]:
    """Morphemes with the beginning of their tag, and neighbouring pairs, with how often each comes."""
    tokens = [f"{token.form}/{token.tag[:2]}" for token in shared_kiwi().tokenize(text)]
    found: dict[str, int] = {}
    for feature in (*tokens, *(f"{a} {b}" for a, b in pairwise(tokens))):
        found[feature] = found.get(feature, 0) + 1
    return found


def load_scope(path: Path = SHIPPED) -> ScopeModel:
    """Read the fitted weights; raises ``ModelFileError``."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            numbers = {key: file[key] for key in file.files if key != "features"}
            features: list[str] = file["features"].tolist()
        return ScopeModel(
            middle=numbers["middle"].astype(np.float32),
            spread=float(numbers["spread"]),
            hidden=numbers["hidden"].astype(np.float32),
            hidden_bias=numbers["hidden_bias"].astype(np.float32),
            out=numbers["out"].astype(np.float32),
            out_bias=float(numbers["out_bias"]),
            says=dict(zip(features, numbers["says"].astype(float).tolist(), strict=True)),
            says_bias=float(numbers["says_bias"]),
        )
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
        raise ModelFileError(f"{path}: not a scope model ({error}); run maru train calibration") from error
