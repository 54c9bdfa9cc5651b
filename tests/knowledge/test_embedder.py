from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedder import Embedder, Vectors, load_embedder
from knowledge.errors import EmbedderUnavailableError
from maru.settings import Settings


def test_when_texts_are_embedded_then_unit_vectors_come_in_order(embedder: Embedder) -> None:
    texts = ["여권을 잃어버렸어요", "대형 폐기물은 어떻게 버려요?", "I lost my passport"]
    vectors = embedder.encode_queries(texts)
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-4)
    np.testing.assert_allclose(vectors[1], embedder.encode_queries([texts[1]])[0], atol=1e-3)
    assert vectors[0] @ vectors[2] > vectors[1] @ vectors[2]  # the same meaning in another language is nearer


def test_when_a_text_is_a_question_or_a_passage_then_its_vector_differs(embedder: Embedder) -> None:
    question, passage = embedder.encode_queries(["여권"])[0], embedder.encode_passages(["여권"])[0]
    assert question @ passage < 0.999
    # The model's own prefixes, as its makers trained it.
    plain = embedder._model.encode(["query: 여권"], normalize_embeddings=True)[0]
    np.testing.assert_allclose(question, plain, atol=1e-3)
    plain = embedder._model.encode(["passage: 여권"], normalize_embeddings=True)[0]
    np.testing.assert_allclose(passage, plain, atol=1e-3)


def test_when_nothing_is_to_embed_then_an_empty_matrix_comes(embedder: Embedder) -> None:
    assert embedder.encode_queries([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", " ", "😀", "\u200b", "가" * 5000, "a" * 5000, "<s></s>", "\x00"])
def test_when_a_text_is_strange_then_a_vector_comes_all_the_same(embedder: Embedder, text: str) -> None:
    vector = embedder.encode_queries([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-3)


def test_when_several_threads_ask_then_each_gets_its_own(embedder: Embedder) -> None:
    texts = [f"질문 {number}" for number in range(6)]
    expected = embedder.encode_queries(texts)
    found: dict[int, Vectors] = {}

    def ask(at: int) -> None:
        found[at] = embedder.encode_queries([texts[at]])[0]

    threads = [threading.Thread(target=ask, args=(at,)) for at in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for at, vector in enumerate(expected):
        np.testing.assert_allclose(found[at], vector, atol=1e-3)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"models_dir": "empty"}, "make setup"),
        ({"embedder": "empty"}, "MARU_EMBEDDER="),
    ],
)
def test_when_the_model_is_missing_then_the_error_says_what_to_do(
    tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    (tmp_path / "empty").mkdir()
    settings = Settings(**{name: str(tmp_path / value) for name, value in changes.items()})  # type: ignore[arg-type]
    with pytest.raises(EmbedderUnavailableError, match=said):
        load_embedder(settings)


def test_when_the_model_is_the_same_then_so_is_its_fingerprint(embedder: Embedder) -> None:
    assert len(embedder.fingerprint) == 16
    assert int(embedder.fingerprint, 16) >= 0
    assert embedder.dimension == 384
