from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.embedder import Embedder
from knowledge.errors import ModelFileError
from knowledge.scope import ScopeModel, load_scope, text_features
from knowledge.training.scope import fit_scope, write_scope


def test_when_the_shipped_model_hears_pairs_then_what_can_be_published_is_likelier(embedder: Embedder) -> None:
    model = load_scope()
    # Worded for this test; none of them was learned from.
    pairs = [
        ("이의신청 결과는 며칠 안에 알려 주나요?", "제가 저번 달에 낸 이의신청 어떻게 됐나 좀 봐줘요"),
        ("도서관 연체하면 며칠간 대출이 안 되나요?", "목포시립도서관 연체하면 며칠간 대출 안 돼요?"),
        ("주차 단속에 걸렸는데 의견진술은 어떻게 하나요?", "제 차 단속된 거 그냥 취소해 주세요"),
        ("반려견 등록은 어디서 하나요?", "우리 강아지 이름 뭐로 지을까?"),
    ]
    for civic, other in pairs:
        vectors = embedder.encode_queries([civic, other])
        assert model.log_odds(civic, vectors[0]) > model.log_odds(other, vectors[1]), civic


def made_up(count: int = 200) -> tuple[list[str], list[str], np.ndarray]:
    numbers = np.random.default_rng(5)
    civic = [f"여권 {number} 신청 방법" for number in range(count)]
    other = [f"노래 {number} 불러 줘" for number in range(count)]
    vectors = numbers.normal(size=(2 * count, 8)).astype(np.float32)
    vectors[:count, 0] += 2
    return civic, other, vectors


def test_when_fitted_then_held_back_texts_are_told_apart_and_the_file_says_the_same(tmp_path: Path) -> None:
    civic, other, vectors = made_up()
    fit = fit_scope(civic, other, vectors)
    assert min(fit.held_back[text] for text in civic) > max(fit.held_back[text] for text in other)
    write_scope(fit.model, tmp_path / "scope.npz")
    read = load_scope(tmp_path / "scope.npz")
    for text, vector in zip([*civic, *other], vectors, strict=True):
        assert read.log_odds(text, vector) == pytest.approx(fit.model.log_odds(text, vector), abs=0.05)


def test_when_a_vector_is_of_another_model_then_the_words_decide() -> None:
    civic, other, vectors = made_up()
    model: ScopeModel = fit_scope(civic, other, vectors).model
    strange = np.ones(3, dtype=np.float32)
    assert model.log_odds(civic[0], strange) == model.by_words(civic[0]) > model.by_words(other[0])


def test_when_a_text_is_empty_then_only_the_bias_speaks() -> None:
    model = load_scope()
    assert text_features("") == {}
    assert model.by_words("") == model.says_bias


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn"])
def test_when_the_file_is_damaged_then_the_error_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "scope.npz").write_bytes(content)
    with pytest.raises(ModelFileError, match="maru train calibration"):
        load_scope(tmp_path / "scope.npz")
