from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from knowledge.adaptation import SHIPPED, Adaptation, read_adaptation, write_adaptation
from knowledge.embedder import Embedder, base_fingerprint, load_embedder, model_name, open_model
from knowledge.errors import EmbedderUnavailableError, ModelFileError
from maru.settings import Settings


def layers(rows: int = 6, columns: int = 4) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    numbers = np.random.default_rng(1)
    return {
        "0": (numbers.normal(size=(2, columns)).astype(np.float32), numbers.normal(size=(rows, 2)).astype(np.float32))
    }


def test_when_written_and_read_then_it_adds_the_product_to_the_weights(tmp_path: Path) -> None:
    written = layers()
    write_adaptation(tmp_path / "a.safetensors", "a base", written, "two questions")
    adaptation = read_adaptation(tmp_path / "a.safetensors")
    assert adaptation.base == "a base"
    linear = torch.nn.Linear(4, 6)
    before = linear.weight.detach().numpy().copy()
    adaptation.add_to(torch.nn.Sequential(linear))
    a, b = written["0"]
    np.testing.assert_allclose(linear.weight.detach().numpy(), before + b @ a, atol=0.01)


@pytest.mark.parametrize("shape", [(5, 4), (6, 3)])
def test_when_a_layer_has_another_shape_then_it_is_refused(shape: tuple[int, int]) -> None:
    model = torch.nn.Sequential(torch.nn.Linear(4, 6))
    with pytest.raises(ModelFileError, match="layer 0"):
        Adaptation("", layers(*shape), "").add_to(model)


@pytest.mark.parametrize("content", [b"", b"not tensors at all", b"\x08\x00\x00\x00\x00\x00\x00\x00{}      "])
def test_when_the_file_is_something_else_then_the_error_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(ModelFileError, match="maru train embeddings"):
        read_adaptation(tmp_path / "x")


def test_when_the_shipped_adaptation_is_used_then_vectors_and_fingerprint_differ_from_the_base(
    embedder: Embedder,
) -> None:
    base = load_embedder(Settings(adaptation="none"))
    assert base.fingerprint != embedder.fingerprint
    question = "아들 집으로 옮겨 왔는디 동사무소에 뭘 가져가야 하우?"
    cosine = float(base.encode_queries([question])[0] @ embedder.encode_queries([question])[0])
    assert 0.5 < cosine < 0.999


def test_when_the_shipped_adaptation_is_read_then_it_was_learned_on_the_bundled_model() -> None:
    name = model_name(Settings())
    assert read_adaptation(SHIPPED).base == base_fingerprint(name, open_model(name, "cpu"))


def test_when_a_file_was_learned_on_another_model_then_the_setting_is_named(tmp_path: Path) -> None:
    write_adaptation(tmp_path / "other.safetensors", "another base", layers(), "nothing")
    with pytest.raises(EmbedderUnavailableError, match="MARU_ADAPTATION"):
        load_embedder(Settings(adaptation=str(tmp_path / "other.safetensors")))
