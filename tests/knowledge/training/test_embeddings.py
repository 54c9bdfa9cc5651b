from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from knowledge.adaptation import read_adaptation
from knowledge.embedder import base_fingerprint, model_name, open_model
from knowledge.training import embeddings
from knowledge.training.civic_questions import TrainingEntry, read_training_entries
from knowledge.training.embeddings import fit_embeddings
from maru.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def base() -> Path:
    return Path(model_name(Settings()))


@pytest.fixture(scope="module")
def few() -> list[TrainingEntry]:
    entries = read_training_entries()
    return [e for e in entries if e.is_held_back][:6] + [e for e in entries if not e.is_held_back][:12]


def test_when_a_step_is_taken_then_it_is_kept_only_if_held_back_questions_gain(
    base: Path, few: list[TrainingEntry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embeddings, "SCALES", (0.0, 1.0))
    fingerprint = base_fingerprint(str(base), open_model(base, "cpu"))
    seen: list[tuple[int, float]] = []
    out = tmp_path / "a.safetensors"
    report = fit_embeddings(few, base, fingerprint, out, steps=2, progress=lambda *told: seen.append(told))
    assert [step for step, _ in seen] == [1, 2]
    assert all(np.isfinite(loss) for _, loss in seen)
    assert (report.trained_on, report.held_back) == (
        sum(len(e.asked) for e in few[6:]),
        sum(len(e.asked) for e in few[:6]),
    )
    before, after = report.by_scale["0.0"], report.by_scale["1.0"]
    won = after.top1 + after.top3 > before.top1 + before.top3
    assert report.kept == (1.0 if won else 0.0)
    assert out.exists() == won
    if won:
        assert read_adaptation(out).base == fingerprint


def test_when_nothing_was_learned_yet_then_the_layers_change_nothing(base: Path) -> None:
    model = open_model(base, "cpu")
    question = "query: 이사했는데 뭘 내야 하나요"
    before = model.encode([question])
    lowrank = embeddings._insert(model)
    model.eval()
    np.testing.assert_allclose(model.encode([question]), before, atol=1e-5)
    learned = [p for p in model.parameters() if p.requires_grad]
    assert len(learned) == 2 * len(lowrank) > 100
    assert sum(p.numel() for p in learned) < 1_000_000
    assert not torch.any(next(iter(lowrank.values())).b)
