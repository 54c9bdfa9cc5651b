from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from maru.supervisor.rasa_models import KEPT, RasaModels


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("config.yml", "domain.yml", "data/nlu/a.yml", "data/rules/a.yml", "bot/serve.py", "README.md"):
        path = tmp_path / "checkout" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return tmp_path / "checkout"


@pytest.fixture
def models(root: Path, tmp_path: Path) -> RasaModels:
    return RasaModels(tmp_path / "models" / "rasa", root)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "config.yml").write_text("other", "utf-8"),
        lambda root: (root / "data/nlu/b.yml").write_text("more", "utf-8"),
        lambda root: (root / "data/rules/a.yml").unlink(),
        lambda root: (root / "data/nlu/a.yml").rename(root / "data/nlu/c.yml"),
        lambda root: (root / "bot/serve.py").write_text("other", "utf-8"),
        lambda root: (root / ".venv-rasa/lib/python3.11").mkdir(parents=True),
    ],
    ids=["config", "new file", "removed", "renamed", "code", "other Python"],
)
def test_when_an_input_changes_then_it_is_another_model(
    root: Path, models: RasaModels, change: Callable[[Path], object]
) -> None:
    before = models.file_for("e5")
    change(root)
    assert models.file_for("e5") != before


def test_when_something_else_changes_then_it_is_the_same_model(root: Path, models: RasaModels) -> None:
    before = models.file_for("e5")
    (root / "README.md").write_text("other", "utf-8")
    (root / "bot" / "__pycache__").mkdir()
    (root / "bot" / "__pycache__" / "serve.pyc").write_bytes(b"other")
    assert models.file_for("e5") == before
    assert models.file_for("another embedder") != before


@pytest.mark.parametrize("kept", ['{"embedder": "e5-small", "fing', "[]", '{"embedder": "e5-small"}', ""])
def test_when_the_note_of_the_embedder_is_unreadable_then_nothing_is_expected(models: RasaModels, kept: str) -> None:
    models.remember("e5-small", "f")
    (models.folder / "embedder.json").write_text(kept, "utf-8")
    assert models.expected("e5-small") is None


def test_when_trained_before_with_that_embedder_then_its_model_is_expected(models: RasaModels) -> None:
    models.remember("e5-small", "f")
    assert models.expected("e5-small") is None
    models.file_for("f").write_bytes(b"model")
    assert models.expected("e5-small") == models.file_for("f")
    assert models.expected("bge-m3") is None


def test_when_pruned_then_the_newest_and_the_current_stay(models: RasaModels) -> None:
    models.folder.mkdir(parents=True)
    files = [models.folder / f"maru-{number:016x}.tar.gz" for number in range(5)]
    for age, path in enumerate(files):
        path.write_bytes(b"model")
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    models.prune(files[4])
    assert sorted(models.folder.iterdir()) == sorted([files[0], files[4]])
    assert KEPT == 2
