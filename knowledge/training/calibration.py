"""Fits the calibration on the seeds: held-back variants as questions, and questions that no entry answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.preprocessing import StandardScaler

from knowledge.embedder import Embedder
from knowledge.entry import Entry, Viewer
from knowledge.index import build_snapshot
from knowledge.morphemes import content_morphemes
from knowledge.ranking import FEATURES, rank
from knowledge.vector_cache import VectorCache

FOLDS = 6
LEXICAL_WEIGHT = 0.6
_SCOPE_C = 10.0  # unit vectors crowd together: a weak penalty


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a question's best candidate, and whether that candidate is right."""

    features: np.ndarray
    right: bool
    in_scope: bool


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
    examples = list(_examples(seeds, off_topic, embedder, cache, scope.held_back))
    features = np.stack([example.features for example in examples])
    right = np.array([example.right for example in examples])
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=1.0, max_iter=1000)
    probability = cross_val_predict(model, scaler.transform(features), right, cv=5, method="predict_proba")[:, 1]
    model.fit(scaler.transform(features), right)
    content = {
        "features": list(FEATURES),
        "lexical_weight": LEXICAL_WEIGHT,
        "scope_weights": [round(float(x), 4) for x in scope.weights],
        "scope_bias": round(scope.bias, 4),
        "mean": [round(float(x), 6) for x in scaler.mean_],
        "scale": [round(float(x), 6) for x in scaler.scale_],
        "weights": [round(float(x), 6) for x in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 6),
        "embedder": embedder.fingerprint,
        "fitted_on": f"{len(examples)} questions from {len(seeds)} seed entries, held back",
    }
    out.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    in_scope = np.array([example.in_scope for example in examples])
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


def _examples(
    seeds: Sequence[Entry],
    off_topic: Sequence[str],
    embedder: Embedder,
    cache: VectorCache,
    scope: dict[str, float],
) -> Iterator[Example]:
    ids = sorted({entry.entry_id for entry in seeds})
    for fold in range(FOLDS):
        gone = set(ids[fold::FOLDS])
        kept = [_without_variants(entry, fold) for entry in seeds if entry.entry_id not in gone]
        snapshot = build_snapshot(fold, kept, embedder, cache)
        questions: list[tuple[str, Viewer, str | None]] = []
        for entry in seeds:
            viewer = Viewer(audience=entry.audience, locale=entry.locale)
            answer = None if entry.entry_id in gone else entry.entry_id
            held_back = [text for at, text in enumerate(entry.variants) if at % FOLDS == fold]
            questions += [(text, viewer, answer) for text in (held_back if answer else entry.variants[:1])]
        questions += [(text, Viewer(), None) for text in off_topic[fold::FOLDS]]
        vectors = cache.vectors("question", [text for text, _, _ in questions], embedder.encode_queries)
        morphemes = content_morphemes([text for text, _, _ in questions])
        for (text, viewer, answer), vector, words in zip(questions, vectors, morphemes, strict=True):
            ranking = rank(
                snapshot,
                vector,
                words,
                viewer,
                date(2026, 1, 1),
                lexical_weight=LEXICAL_WEIGHT,
                scope=scope[text],
            )
            if ranking.candidates:
                right = ranking.candidates[0].entry.entry_id == answer
                yield Example(ranking.features(), right, answer is not None)


def _without_variants(entry: Entry, fold: int) -> Entry:
    return replace(entry, variants=tuple(text for at, text in enumerate(entry.variants) if at % FOLDS != fold))


def _auroc(scores: np.ndarray, positive: np.ndarray) -> float:
    order = np.argsort(np.argsort(scores))
    n_positive = int(positive.sum())
    n_negative = len(positive) - n_positive
    return float((order[positive].sum() - n_positive * (n_positive - 1) / 2) / (n_positive * n_negative))
