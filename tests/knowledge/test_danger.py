from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge.danger import LIKELY, SHIPPED, SURE, DangerModel, load_danger
from knowledge.embedder import Embedder
from knowledge.training.danger import KINDS, fit_danger, read_emergencies
from knowledge.vector_cache import VectorCache
from maru.settings import ROOT

SIDE = DangerModel(
    weights=np.array([1.0, 0.0], dtype=np.float32),
    bias=0.0,
    kinds=KINDS,
    kind_weights=np.array([[0, 5], [0, 0], [0, 0], [0, -5]], dtype=np.float32),
    kind_bias=np.zeros(4, dtype=np.float32),
)


@pytest.mark.parametrize(
    ("vector", "heard"),
    [
        ((LIKELY - 0.01, 1), None),
        ((LIKELY, 1), ("medical", False)),
        ((SURE, 1), ("medical", True)),
        ((SURE, -1), ("suicide", True)),
        ((SURE, 0), ("general", True)),  # of every kind a little: all numbers
    ],
)
def test_when_the_odds_are_so_high_then_a_danger_is_heard_and_named(
    vector: tuple[float, float], heard: tuple[str, bool] | None
) -> None:
    danger = SIDE.heard(np.array(vector, dtype=np.float32))
    assert heard == (danger and (danger.kind, danger.sure))


def test_when_the_model_is_of_another_embedder_then_there_is_none() -> None:
    assert load_danger("of another") is None


def test_when_the_shipped_model_is_read_then_its_parts_fit_together() -> None:
    model = load_danger(json.loads(SHIPPED.read_text("utf-8"))["embedder"])
    assert model is not None
    assert model.kind_weights.shape == (len(model.kinds), *model.weights.shape)
    assert model.kinds == KINDS


def test_when_the_committed_utterances_are_read_then_there_are_some_of_each_kind(tmp_path: Path) -> None:
    told = read_emergencies(ROOT / "data" / "emergencies.yml")
    assert all(len(told[kind]) >= 15 for kind in (*KINDS, "none"))
    everything = [text for texts in told.values() for text in texts]
    assert len(everything) == len(set(everything))
    held_back = (ROOT / "tests" / "data" / "emergencies.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["question"] for line in held_back}.isdisjoint(everything)
    wrong = tmp_path / "emergencies.yml"
    wrong.write_text("medical: [불이야]\nflood: [물이 차요]\n", "utf-8")
    with pytest.raises(ValueError, match="flood"):
        read_emergencies(wrong)


def test_when_fitted_then_dangers_are_told_from_questions(
    embedder: Embedder, vector_cache: VectorCache, tmp_path: Path
) -> None:
    told = read_emergencies(ROOT / "data" / "emergencies.yml")
    harmless = [f"{thing} 신청은 어디서 하나요?" for thing in ("여권", "주차", "등본", "도서관", "예방접종", "보육료")]
    report = fit_danger(told, {"불이 났어요": "medical"}, harmless, embedder, vector_cache, tmp_path / "danger.json")
    assert report.dangers == sum(len(told[kind]) for kind in KINDS) + 1
    assert report.dangers_above[str(LIKELY)] > 3 * report.others_above[str(LIKELY)]
    model = load_danger(embedder.fingerprint, tmp_path / "danger.json")
    assert model is not None
    calm, question = embedder.encode_queries(["할아버지가 말을 걸어도 대답이 없으셔", "여권 신청은 어디서 하나요?"])
    assert model.log_odds(calm) > LIKELY > model.log_odds(question)
