"""Fits the calibration on held-back questions, typed and misheard, and on what nothing answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

from knowledge.decision import COSTS, thresholds_for
from knowledge.embedder import Embedder
from knowledge.entry import Entry
from knowledge.files.seeds import read_seeds
from knowledge.ranking import EVIDENCE, FEATURES
from knowledge.training.civic_questions import TrainingEntry, read_training_entries, read_utterances
from knowledge.training.examples import (
    MISSING,
    OUTSIDE,
    WRITTEN,
    Asker,
    Example,
    english_offset,
    reweighed,
    seed_examples,
    written_examples,
)
from knowledge.training.fusion import fit_fusion
from knowledge.training.scope import ScopeFit, fit_scope, write_scope
from knowledge.training.weight_files import rounded, write_weights
from knowledge.vector_cache import VectorCache

# There is more here that nothing answers than people ask, and more bases have variants than not
# (docs/decisions/007-adapted-embedder.md).
_OUTSIDE_WEIGHT, _MISSING_WEIGHT, _WRITTEN_WEIGHT = 0.25, 0.5, 0.5
_HEARD_EVERY = 3
_DECIMALS = 6
# Thresholds whose effect is kept with the weights: maru thresholds shows it.
_THRESHOLDS = tuple(thresholds_for(cost).answer for cost in COSTS)


@dataclass(frozen=True, slots=True)
class FitReport:
    """How good the fit is, by cross-validation over the examples; the shares are of typed questions."""

    examples: int
    top1_in_scope: dict[str, float]
    top3_in_scope: dict[str, float]
    auroc_right: float
    auroc_scope: float
    answered_at_threshold: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Material:
    """What is learned from: ``civic`` may have an answer, ``outside`` can't; both are single utterances."""

    seeds: Sequence[Entry]
    written: Sequence[TrainingEntry]
    civic: Sequence[str]
    outside: Sequence[str]


def read_material(seed_dir: Path, nlu: Path) -> Material:
    """Everything committed for it."""
    written, utterances = read_training_entries(), read_utterances()
    seeds = read_seeds(seed_dir)
    civic = [
        *(text for e in seeds for text in (e.question, *e.variants)),
        *(text for e in written for text in e.asked),
        *intent_examples(nlu, "ask_faq"),
        *(u.text for u in utterances if u.is_civic),
    ]
    outside = [*intent_examples(nlu, "chitchat", "out_of_scope"), *(u.text for u in utterances if not u.is_civic)]
    answerable = dict.fromkeys(civic)
    unanswerable = [text for text in dict.fromkeys(outside) if text not in answerable]
    return Material(seeds, written, list(answerable), unanswerable)


def fit_calibration(
    material: Material, embedder: Embedder, cache: VectorCache, out: Path, scope_out: Path
) -> FitReport:
    """Fit and write the weights to ``out`` and ``scope_out``; deterministic for the same material and model."""
    vectors = cache.vectors("question", [*material.civic, *material.outside], embedder.encode_queries)
    scope = fit_scope(material.civic, material.outside, vectors)
    offset = english_offset(material.seeds, embedder, cache)
    asker = Asker(embedder, cache, offset)
    typed = [
        *seed_examples(material.seeds, material.outside, asker),
        *written_examples(material.written, material.outside, asker),
    ]
    heard = [
        *seed_examples(material.seeds, material.outside, asker, heard_every=_HEARD_EVERY),
        *written_examples(material.written, material.outside, asker, heard_every=_HEARD_EVERY),
    ]
    weights, heard_weights = fit_fusion(typed), fit_fusion(heard)
    typed, heard = _weighed(typed, weights, scope), _weighed(heard, heard_weights, scope)
    scaler = StandardScaler().fit(_features(typed))
    model, probability = _fit_odds(typed, scaler)
    heard_model, _ = _fit_odds(heard, scaler)
    right, shares = _right(typed), _shares(typed)
    report = _report(typed, probability, shares)
    content = {
        "embedder": embedder.fingerprint,
        "fitted_on": f"{len(typed)} typed and {len(heard)} misheard questions, held back",
        "evidence": list(EVIDENCE),
        "evidence_weights": rounded(weights, _DECIMALS),
        "heard_weights": rounded(heard_weights, _DECIMALS),
        "features": list(FEATURES),
        "mean": rounded(scaler.mean_, _DECIMALS),
        "scale": rounded(scaler.scale_, _DECIMALS),
        **_odds(model),
        "heard_model": _odds(heard_model),
        "held_back": report.answered_at_threshold,
        "reliability": _reliability(probability, right, shares),
        "english_offset": rounded(offset, _DECIMALS),
    }
    write_weights(content, out)
    write_scope(scope.model, scope_out)
    return report


def _weighed(examples: Sequence[Example], weights: np.ndarray, scope: ScopeFit) -> list[Example]:
    """The examples with their candidates in the order of these weights."""
    return [
        replace(e, ranking=reweighed(e.ranking, weights.tolist(), scope.held_back.get(e.text, 0.0))) for e in examples
    ]


def _fit_odds(examples: Sequence[Example], scaler: StandardScaler) -> tuple[LogisticRegression, np.ndarray]:
    """The model, and the probability (n,) of each example when its entry was held back."""
    features, right, shares = scaler.transform(_features(examples)), _right(examples), _shares(examples)
    model = LogisticRegression(C=1.0, max_iter=1000)
    probability = cross_val_predict(
        model,
        features,
        right,
        groups=[example.group for example in examples],
        cv=GroupKFold(5),
        method="predict_proba",
        params={"sample_weight": shares},
    )[:, 1]
    return model.fit(features, right, sample_weight=shares), probability


def _features(examples: Sequence[Example]) -> np.ndarray:
    return np.stack([example.ranking.features() for example in examples])


def _right(examples: Sequence[Example]) -> np.ndarray:
    return np.array([example.right_at == 0 for example in examples])


def _shares(examples: Sequence[Example]) -> np.ndarray:
    by_style = {OUTSIDE: _OUTSIDE_WEIGHT, MISSING: _MISSING_WEIGHT}
    by_corpus = {WRITTEN: _WRITTEN_WEIGHT}
    return np.array([by_style.get(e.style, 1.0) * by_corpus.get(e.corpus, 1.0) for e in examples])


def _odds(model: LogisticRegression) -> dict[str, Any]:
    return {"weights": rounded(model.coef_[0], _DECIMALS), "bias": round(float(model.intercept_[0]), _DECIMALS)}


def _report(examples: Sequence[Example], probability: np.ndarray, shares: np.ndarray) -> FitReport:
    right = _right(examples)
    inside = np.array([e.answer is not None for e in examples])
    places = np.array([99 if e.right_at is None else e.right_at for e in examples])
    corpora = np.array([e.corpus for e in examples])
    by_corpus = {str(corpus): inside & (corpora == corpus) for corpus in sorted(set(corpora))}
    return FitReport(
        examples=len(examples),
        top1_in_scope={corpus: _share(places[of] < 1) for corpus, of in by_corpus.items()},
        top3_in_scope={corpus: _share(places[of] < 3) for corpus, of in by_corpus.items()},
        auroc_right=_auroc(probability, right),
        auroc_scope=_auroc(probability, inside),
        answered_at_threshold={
            f"{threshold:.2f}": {
                "coverage": _share(probability[inside] >= threshold),
                "wrong": _share(~right[probability >= threshold], shares[probability >= threshold]),
                "off_topic_answered": _share(probability[~inside] >= threshold),
            }
            for threshold in _THRESHOLDS
        },
    )


def _reliability(probability: np.ndarray, right: np.ndarray, shares: np.ndarray) -> list[dict[str, float]]:
    """What was predicted and what came true, in ten bins of probability."""
    bins = np.minimum((probability * 10).astype(int), 9)
    return [
        {
            "predicted": round(float(np.average(probability[bins == b], weights=shares[bins == b])), 4),
            "right": round(float(np.average(right[bins == b], weights=shares[bins == b])), 4),
            "questions": int((bins == b).sum()),
        }
        for b in range(10)
        if (bins == b).any()
    ]


def _share(true: np.ndarray, weights: np.ndarray | None = None) -> float:
    return round(float(np.average(true, weights=weights)), 4) if len(true) else 0.0


def intent_examples(nlu_folder: Path, *intents: str) -> list[str]:
    """Our own training utterances of these intents."""
    found: list[str] = []
    for path in sorted(nlu_folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8")).get("nlu", []):
            if block.get("intent") in intents:
                found += [line.removeprefix("- ").strip() for line in block["examples"].splitlines() if line.strip()]
    return found


def _auroc(scores: np.ndarray, positive: np.ndarray) -> float:
    order = np.argsort(np.argsort(scores))
    n_positive = int(positive.sum())
    n_negative = len(positive) - n_positive
    return float((order[positive].sum() - n_positive * (n_positive - 1) / 2) / (n_positive * n_negative))
