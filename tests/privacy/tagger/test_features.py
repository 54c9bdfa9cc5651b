from __future__ import annotations

import pytest

from privacy.kiwi_nlp_engine import KiwiNlpEngine
from privacy.tagger.features import Features, features_of


@pytest.fixture(scope="module")
def engine() -> KiwiNlpEngine:
    engine = KiwiNlpEngine()
    engine.load()
    return engine


def _features(engine: KiwiNlpEngine, text: str) -> list[Features]:
    return features_of(text, engine.process_text(text, "ko"))


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "제 번호는 010-1234-5678이요", "성함이요?\n네 김순자요", "ㅋㅋ 😀 北", "a" * 300]
)
def test_when_a_text_is_read_then_each_character_has_features(engine: KiwiNlpEngine, text: str) -> None:
    features = _features(engine, text)
    assert len(features) == len(text)
    assert all("b" in each for each in features)


@pytest.mark.parametrize(
    ("text", "letter", "expected"),
    [
        ("연락처는 공일공이요", "공", "aP1"),  # what was said last was a label of a phone
        ("성함이 어떻게 되세요?\n김순자요", "김", "?N"),  # the turn before asked for a name
        ("제 번호는 010-1234-5678", "0", "h3-4-4"),  # the layout of the digit chain
        ("알렉산드르가 왔어요", "알", "zB"),  # a foreign name that is known
        ("영희가 왔어요", "영", "zb"),  # a given name that is known
        ("그는 웃었다.", "그", "Rd"),
        ("언제 하나요?", "언", "Rq"),
    ],
)
def test_when_something_speaks_for_a_kind_then_a_feature_says_so(
    engine: KiwiNlpEngine, text: str, letter: str, expected: str
) -> None:
    assert expected in _features(engine, text)[text.index(letter)]


def test_when_two_texts_are_read_then_nothing_of_the_first_is_kept(engine: KiwiNlpEngine) -> None:
    before = _features(engine, "저는 김순자예요")
    _features(engine, "다른 말이에요")
    assert _features(engine, "저는 김순자예요") == before
