from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from knowledge.embedder import Vectors
from knowledge.lexical import LexicalIndex
from knowledge.question import is_english, keywords_of, question_terms, read_question, singular


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("아이고, 이사를 했는데 전입신고는 어떻게 하나요?", "이사 전입신고"),
        ("여권을 잃어버렸어요", "여권 잃어버리다"),
        ("어떻게 하나요?", ""),
    ],
)
def test_when_a_question_is_told_then_its_keywords_are_what_it_is_about(text: str, expected: str) -> None:
    assert keywords_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Where is the park?", True), ("PET병은 어디에 버리나요?", False), ("ㅋㅋ", False), ("wifi 비번", True)],
)
def test_when_latin_letters_outnumber_hangul_then_it_is_english(text: str, expected: bool) -> None:
    assert is_english(text) is expected


@pytest.mark.parametrize(
    ("text", "form", "equal"),
    [
        ("버스가 시끄러워요", "시끄럽", "소음"),
        ("my city hall is closed", "city hall", "시청"),
        ("two libraries", "libraries", "도서관"),
        ("resident registration", "resident registration", "주민등록"),
    ],
)
def test_when_a_word_is_in_the_glossary_then_its_equals_stand_beside_it(text: str, form: str, equal: str) -> None:
    terms = {term[0]: term[1:] for term in question_terms(text)}
    assert any(equal.startswith(found) for found in terms[form])


def test_when_an_english_question_names_a_place_then_the_korean_entry_is_found() -> None:
    index = LexicalIndex([["마포구", "공원"], ["은평구", "공원"], ["전태일", "기념관"]])
    scores, known = index.score(question_terms("Where is the park in Eunpyeong-gu?"))
    assert int(np.argmax(scores)) == 1
    assert known == pytest.approx(1.0)
    assert int(np.argmax(index.score(question_terms("When does the Jeon Tae-il hall open?"))[0])) == 2


def test_when_an_equal_is_found_then_it_counts_less_than_the_word_itself() -> None:
    index = LexicalIndex([["수리"], ["고치"], ["여권"]])
    scores, _known = index.score(question_terms("고쳐 주세요"))
    assert scores[1] > scores[0] > scores[2] == 0


@pytest.mark.parametrize(
    ("word", "expected"),
    [("cities", "city"), ("buses", "buse"), ("classes", "class"), ("glass", "glass"), ("bus", "bus"), ("fees", "fee")],
)
def test_when_an_english_noun_is_plural_then_its_ending_goes(word: str, expected: str) -> None:
    assert singular(word) == expected


def test_when_there_is_no_encoder_or_no_keyword_then_the_question_stands_for_both() -> None:
    vector = np.array([1.0, 0.0], dtype=np.float32)
    other = np.array([[0.0, 1.0]], dtype=np.float32)
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return other

    assert read_question("전입신고를 하려고요", vector).keyword_vector is vector
    assert read_question("How do I move?", vector, encode).keyword_vector is vector
    assert read_question("어떻게 하나요?", vector, encode).keyword_vector is vector
    assert asked == []
    assert read_question("전입신고를 하려고요", vector, encode).keyword_vector.tolist() == [0.0, 1.0]
    assert asked == ["전입신고"]
