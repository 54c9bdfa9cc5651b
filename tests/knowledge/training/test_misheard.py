from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from knowledge.sound import sounds_of
from knowledge.training.misheard import misheard

SENTENCE = "재개발 분양신청 기간을 놓쳤는데 아파트를 못 받나요"


def test_when_nothing_is_misheard_then_the_sentence_stays() -> None:
    assert misheard(SENTENCE, Random(1), 0.0) == SENTENCE


def test_when_more_is_misheard_then_more_differs() -> None:
    def differing(rate: float) -> int:
        heard = misheard(SENTENCE, Random(3), rate).replace(" ", "")
        return sum(a != b for a, b in zip(SENTENCE.replace(" ", ""), heard, strict=True))

    assert 0 < differing(0.1) < differing(0.5)


def test_when_a_consonant_slips_then_it_often_still_sounds_alike() -> None:
    said = sounds_of(SENTENCE)
    heard = [sounds_of(misheard(SENTENCE, Random(seed), 0.1)) for seed in range(50)]
    assert sum(text == said for text in heard) < 50
    assert all(abs(len(text) - len(said)) <= 6 for text in heard)


@given(st.text(max_size=60), st.integers(0, 1000), st.floats(0, 1))
def test_when_the_text_is_any_then_hangul_stays_hangul_and_the_rest_stays(text: str, seed: int, rate: float) -> None:
    def others(value: str) -> str:
        return "".join(letter for letter in value if letter != " " and not "가" <= letter <= "힣")

    assert others(misheard(text, Random(seed), rate)).strip() == others(text).strip()
