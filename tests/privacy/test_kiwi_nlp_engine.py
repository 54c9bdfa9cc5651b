from __future__ import annotations

import pytest

from privacy.kiwi_nlp_engine import KiwiNlpEngine


@pytest.fixture(scope="module")
def engine() -> KiwiNlpEngine:
    engine = KiwiNlpEngine()
    engine.load()
    return engine


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("주민등록번호는 모릅니다", "주민등록번호"),
        ("😀주민등록번호는 모릅니다", "주민등록번호"),
        ("휴대전화번호를 바꿨어요", "휴대전화번호"),
    ],
)
def test_when_nouns_stand_together_then_they_are_one_word(engine: KiwiNlpEngine, text: str, word: str) -> None:
    artifacts = engine.process_text(text, "ko")
    assert word in artifacts.lemmas
    index = artifacts.lemmas.index(word)
    assert text[artifacts.tokens_indices[index] :].startswith(word)


def test_when_a_particle_or_ending_stands_there_then_its_lemma_is_empty(engine: KiwiNlpEngine) -> None:
    artifacts = engine.process_text("번호는 비밀입니다", "ko")
    lemma = dict(zip((token.text for token in artifacts.words.tokens), artifacts.lemmas, strict=True))
    assert lemma["는"] == ""
    assert lemma["번호"] == "번호"


@pytest.mark.parametrize("text", ["", " ", "\n", "ㅋㅋㅋ", "\0", "a" * 500, "가" * 500, "🧑‍🦽 010"])
def test_when_the_text_is_odd_then_every_token_still_matches_its_place(engine: KiwiNlpEngine, text: str) -> None:
    artifacts = engine.process_text(text, "ko")
    for token in artifacts.words.tokens:
        assert text[token.idx : token.end] == token.text


def test_when_artifacts_are_dumped_then_no_word_shows(engine: KiwiNlpEngine) -> None:
    artifacts = engine.process_text("홍길동", "ko")
    assert artifacts.to_json() == "{}"
    assert "홍길동" not in repr(artifacts.words.tokens)
