"""Fits the calibration on the seeds: held-back variants as questions, and questions that no entry answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

from knowledge.embedder import Embedder
from knowledge.entry import Entry
from knowledge.ranking import EVIDENCE, FEATURES
from knowledge.training.examples import FOLDS, Asker, english_offset, reweighed, seed_examples
from knowledge.training.fusion import fit_fusion
from knowledge.vector_cache import VectorCache

_SCOPE_C = 10.0  # unit vectors crowd together: a weak penalty


@dataclass(frozen=True, slots=True)
class FitReport:
    """How good the fit is, by cross-validation over the examples."""

    examples: int
    top1_in_scope: float
    auroc_right: float
    answered_at_threshold: dict[str, dict[str, float]]


def fit_calibration(
    seeds: Sequence[Entry],
    on_topic: Sequence[str],
    off_topic: Sequence[str],
    embedder: Embedder,
    cache: VectorCache,
    out: Path,
) -> FitReport:
    """Fit on the seeds and write the weights to ``out``; deterministic for the same seeds and model."""
    in_city = list(dict.fromkeys([*(text for e in seeds for text in (e.question, *e.variants)), *on_topic]))
    scope = fit_scope(in_city, off_topic, embedder, cache)
    offset = english_offset(seeds, embedder, cache)
    examples = list(seed_examples(seeds, off_topic, Asker(embedder, cache, offset)))
    weights = fit_fusion(examples)
    rankings = [reweighed(example.ranking, weights.tolist(), scope.held_back[example.text]) for example in examples]
    features = np.stack([ranking.features() for ranking in rankings])
    right = np.array(
        [r.candidates[0].entry.entry_id == example.answer for r, example in zip(rankings, examples, strict=True)]
    )
    groups = [example.group for example in examples]
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=1.0, max_iter=1000)
    probability = cross_val_predict(
        model, scaler.transform(features), right, groups=groups, cv=GroupKFold(5), method="predict_proba"
    )[:, 1]
    model.fit(scaler.transform(features), right)
    content = {
        "embedder": embedder.fingerprint,
        "fitted_on": f"{len(examples)} questions from {len(seeds)} seed entries, held back",
        "evidence": list(EVIDENCE),
        "evidence_weights": _rounded(weights),
        "features": list(FEATURES),
        "mean": _rounded(scaler.mean_),
        "scale": _rounded(scaler.scale_),
        "weights": _rounded(model.coef_[0]),
        "bias": round(float(model.intercept_[0]), 6),
        "scope_weights": _rounded(scope.weights, 4),
        "scope_bias": round(scope.bias, 4),
        "english_offset": _rounded(offset),
    }
    out.write_text(_compact(content), "utf-8")
    in_scope = np.array([example.answer is not None for example in examples])
    return FitReport(
        examples=len(examples),
        top1_in_scope=float(right[in_scope].mean()),
        auroc_right=_auroc(probability, right),
        answered_at_threshold={
            f"{threshold:.2f}": {
                "coverage": float((probability[in_scope] >= threshold).mean()),
                "wrong": float(1 - right[probability >= threshold].mean()),
                "off_topic_answered": float((probability[~in_scope] >= threshold).mean()),
            }
            for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
        },
    )


@dataclass(frozen=True, slots=True)
class ScopeFit:
    """A linear model on question vectors, and the log-odds of its training texts when they were held back."""

    weights: np.ndarray
    bias: float
    held_back: dict[str, float]


def fit_scope(on_topic: Sequence[str], off_topic: Sequence[str], embedder: Embedder, cache: VectorCache) -> ScopeFit:
    """Tell questions for a city from everything else by their vectors alone."""
    texts = [*on_topic, *off_topic]
    vectors = cache.vectors("question", texts, embedder.encode_queries)
    label = np.array([1] * len(on_topic) + [0] * len(off_topic))
    model = LogisticRegression(C=_SCOPE_C, max_iter=2000, class_weight="balanced")
    held_back = cross_val_predict(model, vectors, label, cv=FOLDS, method="decision_function")
    model.fit(vectors, label)
    return ScopeFit(
        model.coef_[0],
        float(model.intercept_[0]),
        dict(zip(texts, (float(x) for x in held_back), strict=True)),
    )


def intent_examples(nlu_folder: Path, *intents: str) -> list[str]:
    """Our own training utterances of these intents."""
    found: list[str] = []
    for path in sorted(nlu_folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8")).get("nlu", []):
            if block.get("intent") in intents:
                found += [line.removeprefix("- ").strip() for line in block["examples"].splitlines() if line.strip()]
    return found


def _rounded(values: np.ndarray, digits: int = 6) -> list[float]:
    return [round(float(x), digits) for x in values]


def _compact(content: dict[str, object]) -> str:
    """JSON with one key a line: short to read, and a refit shows as few changed lines."""
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in content.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _auroc(scores: np.ndarray, positive: np.ndarray) -> float:
    order = np.argsort(np.argsort(scores))
    n_positive = int(positive.sum())
    n_negative = len(positive) - n_positive
    return float((order[positive].sum() - n_positive * (n_positive - 1) / 2) / (n_positive * n_negative))
