"""Fits the danger model on data/emergencies.yml and the training utterances, against everything else that is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from knowledge.danger import KIND_SHARE, LIKELY, SURE, Emergency
from knowledge.embedder import Embedder
from knowledge.training.weight_files import rounded, write_weights
from knowledge.vector_cache import VectorCache

KINDS: tuple[Emergency, ...] = ("medical", "crime", "violence", "suicide")
_TRICKY_WEIGHT = 8.0
_DECIMALS = 4
_C = 10.0  # unit vectors crowd together: a weak penalty


@dataclass(frozen=True, slots=True)
class DangerReport:
    """By cross-validation: how much lies above the two limits, how often a kind is named, and how often rightly."""

    dangers: int
    others: int
    dangers_above: dict[str, float]
    others_above: dict[str, float]
    kind_named: float
    kind_right: float


def read_emergencies(path: Path) -> dict[str, list[str]]:
    """Utterances by kind, ``none`` among them; raises ``ValueError`` for other kinds."""
    content: dict[str, list[str]] = yaml.safe_load(path.read_text("utf-8"))
    if set(content) != {*KINDS, "none"}:
        raise ValueError(f"{path}: {', '.join((*KINDS, 'none'))} are needed, found {', '.join(content)}")
    return content


def fit_danger(
    by_kind: Mapping[str, Sequence[str]],
    told: Mapping[str, str | None],
    harmless: Sequence[str],
    embedder: Embedder,
    cache: VectorCache,
    out: Path,
) -> DangerReport:
    """Fit and write the weights to ``out``; ``told`` are more dangers, with their kind where known. Deterministic."""
    kind_of = {text: kind for text, kind in told.items() if kind in KINDS}
    kind_of.update((text, kind) for kind in KINDS for text in by_kind[kind])
    named = list(kind_of.items())
    dangers = list(dict.fromkeys([*kind_of, *told]))
    dangerous = set(dangers)
    others = [text for text in dict.fromkeys([*by_kind["none"], *harmless]) if text not in dangerous]
    vectors = cache.vectors("question", [*dangers, *others], embedder.encode_queries)
    label = np.array([1] * len(dangers) + [0] * len(others))
    model = LogisticRegression(C=_C, max_iter=3000, class_weight="balanced")
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    # What was written to be mistaken for danger is rare, and teaches most.
    tricky = set(by_kind["none"])
    shares = np.array([_TRICKY_WEIGHT if text in tricky else 1.0 for text in (*dangers, *others)])
    held_back = cross_val_predict(
        model, vectors, label, cv=folds, method="decision_function", params={"sample_weight": shares}
    )
    model.fit(vectors, label, sample_weight=shares)
    of_named = cache.vectors("question", [text for text, _ in named], embedder.encode_queries)
    kind = np.array([KINDS.index(kind) for _, kind in named])
    kinds = LogisticRegression(C=_C, max_iter=3000, class_weight="balanced")
    shares = cross_val_predict(kinds, of_named, kind, cv=folds, method="predict_proba")
    named_one = shares.max(axis=1) >= KIND_SHARE
    kind_right = float((shares.argmax(axis=1) == kind)[named_one].mean())
    kinds.fit(of_named, kind)
    content = {
        "embedder": embedder.fingerprint,
        "weights": rounded(model.coef_[0], _DECIMALS),
        "bias": round(float(model.intercept_[0]), _DECIMALS),
        "kinds": list(KINDS),
        "kind_weights": [rounded(row, _DECIMALS) for row in kinds.coef_],
        "kind_bias": rounded(kinds.intercept_, _DECIMALS),
    }
    write_weights(content, out)
    return DangerReport(
        dangers=len(dangers),
        others=len(others),
        dangers_above={str(t): round(float((held_back[label == 1] >= t).mean()), 4) for t in (LIKELY, SURE)},
        others_above={str(t): round(float((held_back[label == 0] >= t).mean()), 4) for t in (LIKELY, SURE)},
        kind_named=round(float(named_one.mean()), 4),
        kind_right=round(kind_right, 4),
    )
