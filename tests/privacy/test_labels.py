from __future__ import annotations

import pytest

from privacy.kiwi_nlp_engine import KiwiNlpEngine

NUMBER = "123456"


@pytest.fixture(scope="module")
def engine() -> KiwiNlpEngine:
    engine = KiwiNlpEngine()
    engine.load()
    return engine


def boost(engine: KiwiNlpEngine, text: str, *labels: str) -> float:
    start = text.index(NUMBER)
    return engine.process_text(text, "ko").words.boost(start, start + len(NUMBER), labels)


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (f"계좌번호 {NUMBER}", f"계좌번호는 우리은행 것으로 {NUMBER}"),
        (f"계좌번호 {NUMBER}", f"{NUMBER} 계좌번호"),
        (f"계좌번호 {NUMBER}", f"전화 {NUMBER}"),
    ],
)
def test_when_a_label_stands_nearer_or_before_then_it_counts_more(
    engine: KiwiNlpEngine, nearer: str, farther: str
) -> None:
    assert boost(engine, nearer, "계좌") > boost(engine, farther, "계좌") >= 0


def test_when_the_turn_before_asked_then_its_whole_line_counts(engine: KiwiNlpEngine) -> None:
    question = "계좌를 여기에 지금 바로 크게 천천히 하나씩 불러 주시겠어요"
    assert boost(engine, f"{question}\n{NUMBER}", "계좌") > 0.35
    assert boost(engine, f"{question}\n네\n{NUMBER}", "계좌") == 0
    assert boost(engine, f"{NUMBER}\n계좌", "계좌") == 0


def test_when_a_label_must_be_the_whole_word_then_a_part_of_a_word_is_none(engine: KiwiNlpEngine) -> None:
    assert boost(engine, f"번호 {NUMBER}", "=번호") > 0
    assert boost(engine, f"비밀번호 {NUMBER}", "=번호") == 0
