"""Fits what tells questions for a city's FAQ from everything else: small networks on vectors, and a weight a word."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.neural_network import MLPClassifier

from knowledge.embedder import Vectors
from knowledge.scope import ScopeModel, text_features

_FOLDS = 5
_NETWORKS = 3
_UNITS = 64
_NETWORK_PENALTY = 0.1
_ROUNDS = 60
_WORDS_C = 10.0
_RAREST = 2  # a word seen once says nothing
_SMALLEST = 0.05  # of a word's weight: thousands of smaller ones change nothing

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ScopeFit:
    """The model, and the log-odds of its training texts when they were held back."""

    model: ScopeModel
    held_back: dict[str, float]


def fit_scope(civic: Sequence[str], other: Sequence[str], vectors: Vectors) -> ScopeFit:
    """Fit on texts whose unit vectors (n, dimension) are given in the order civic, other; deterministic."""
    texts = [*civic, *other]
    label = np.array([1] * len(civic) + [0] * len(other))
    words = [_values(text_features(text)) for text in texts]
    by_meaning, by_words = np.zeros(len(texts)), np.zeros(len(texts))
    for taught, asked in StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(vectors, label):
        part = _fit(vectors[taught], [words[at] for at in taught], label[taught])
        by_meaning[asked] = [part.by_meaning(vectors[at]) for at in asked]
        by_words[asked] = [part.by_words(texts[at]) for at in asked]
    # How much each of the two says beside the other is learned from what they said of texts held back.
    scores = np.stack([by_meaning, by_words], axis=1)
    joined = LogisticRegression(C=1.0, class_weight="balanced").fit(scores, label)
    meaning, said = joined.coef_[0]
    whole = _fit(vectors, words, label)
    model = ScopeModel(
        middle=whole.middle,
        spread=whole.spread,
        hidden=whole.hidden,
        hidden_bias=whole.hidden_bias,
        out=(whole.out * meaning).astype(np.float32),
        out_bias=float(whole.out_bias * meaning),
        says={feature: weight * said for feature, weight in whole.says.items()},
        says_bias=float(whole.says_bias * said + joined.intercept_[0]),
    )
    return ScopeFit(model, dict(zip(texts, joined.decision_function(scores).tolist(), strict=True)))


def write_scope(model: ScopeModel, path: Path) -> None:
    """Write in half precision."""
    np.savez_compressed(
        path,
        middle=model.middle,
        spread=np.float32(model.spread),
        hidden=model.hidden.astype(np.float16),
        hidden_bias=model.hidden_bias.astype(np.float16),
        out=model.out.astype(np.float16),
        out_bias=np.float32(model.out_bias),
        features=np.array(list(model.says), dtype=np.str_),
        says=np.array(list(model.says.values()), dtype=np.float16),
        says_bias=np.float32(model.says_bias),
    )


def _fit(vectors: Vectors, words: Sequence[Mapping[str, float]], label: npt.NDArray[np.int64]) -> ScopeModel:
    middle, spread = vectors.mean(axis=0), float(vectors.std())
    with warnings.catch_warnings():
        # It stops where held-back texts get no better, or after so many rounds; either will do.
        warnings.simplefilter("ignore", ConvergenceWarning)
        networks: list[Any] = [
            MLPClassifier(
                (_UNITS,), alpha=_NETWORK_PENALTY, max_iter=_ROUNDS, early_stopping=True, random_state=seed
            ).fit((vectors - middle) / spread, label)
            for seed in range(_NETWORKS)
        ]
    says, says_bias = _fit_words(words, label)
    return ScopeModel(
        middle=middle,
        spread=spread,
        hidden=np.concatenate([n.coefs_[0] for n in networks], axis=1).astype(np.float32),
        hidden_bias=np.concatenate([n.intercepts_[0] for n in networks]).astype(np.float32),
        out=(np.concatenate([n.coefs_[1][:, 0] for n in networks]) / len(networks)).astype(np.float32),
        out_bias=float(np.mean([n.intercepts_[1][0] for n in networks])),
        says=says,
        says_bias=says_bias,
    )


def _fit_words(words: Sequence[Mapping[str, float]], label: npt.NDArray[np.int64]) -> tuple[dict[str, float], float]:
    columns = DictVectorizer(dtype=np.float32)
    table = columns.fit_transform(words)
    often = np.asarray((table > 0).sum(axis=0)).ravel() >= _RAREST
    model = LogisticRegression(C=_WORDS_C, max_iter=2000, class_weight="balanced").fit(table[:, often], label)
    names = columns.get_feature_names_out()[often]
    says = {
        str(name): round(float(weight), 4)
        for name, weight in zip(names, model.coef_[0], strict=True)
        if abs(weight) >= _SMALLEST
    }
    return says, float(model.intercept_[0])


def _values(found: Mapping[str, int]) -> dict[str, float]:
    """As ``ScopeModel.by_words`` weighs them."""
    length = max(1.0, sum(found.values())) ** 0.5
    return {feature: (1 + float(np.log(count))) / length for feature, count in found.items()}
