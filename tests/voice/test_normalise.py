"""The published normaliser: golden cases, and properties that hold for every text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.normalise import character_edits, character_error_rate, digits_read, normalise

GOLDEN = [
    ("전입신고는 어떻게 하나요?", "전입신고는어떻게하나요"),
    ("전입 신고는, 어떻게 하나요", "전입신고는어떻게하나요"),
    (unicodedata.normalize("NFD", "여권 재발급"), "여권재발급"),
    ("주민등록번호는 - 123 / 456", "주민등록번호는123456"),
    ("１２０ 콜센터", "120콜센터"),
    ("PDF 파일이 안 열려요 …", "pdf파일이안열려요"),
    ("아무리 천천히 가도, 멈추지만 않는다면 괜찮다!", "아무리천천히가도멈추지만않는다면괜찮다"),
    ("‘경로당’ (난방비) 30%↑", "경로당난방비30"),
    ("3번", "3번"),
    ("세 번", "세번"),
    ("STRASSE straße", "strassestrasse"),
    (" .,?!~ ", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "heard"), GOLDEN)
def test_when_a_text_is_normalised_then_only_what_can_be_heard_remains(text: str, heard: str) -> None:
    assert normalise(text) == heard


@given(st.text())
def test_when_normalised_twice_then_nothing_changes(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("heard", "said", "edits", "length"),
    [
        ("전입 신고는 어떻게 하나요?", "전입신고는 어떻게 하나요", 0, 11),
        ("전입 싱고는 어떻게 하나요?", "전입신고는 어떻게 하나요", 1, 11),
        ("초생 신고는", "출생신고는", 1, 5),
        ("", "여권", 2, 2),
        ("여권이요", "여권", 2, 2),
        ("3번", "세 번", 1, 2),
        ("", "", 0, 0),
    ],
)
def test_when_two_texts_differ_then_edits_are_counted(heard: str, said: str, edits: int, length: int) -> None:
    assert character_edits(heard, said) == (edits, length)


@given(st.text(max_size=30), st.text(max_size=30))
def test_when_the_texts_change_places_then_the_distance_stays(a: str, b: str) -> None:
    forth, back = character_edits(a, b)[0], character_edits(b, a)[0]

    assert forth == back
    assert forth >= abs(len(normalise(a)) - len(normalise(b)))
    assert (forth == 0) == (normalise(a) == normalise(b))


def test_when_a_rate_is_asked_for_then_it_is_edits_per_character_said() -> None:
    assert character_error_rate("여권은 어디서 만드나", "여권은 어디서 만드나요?") == pytest.approx(1 / 10)
    with pytest.raises(ValueError, match="no letter"):
        character_error_rate("여권", "?!")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("120번", "백이십번"),
        ("백이십 번", "백 이십 번"),
        ("2,500원", "이천오백원"),
        ("12345원", "만이천삼백사십오원"),
        ("110만원", "백십만원"),
        ("1억 3천만 원", "일억 삼천만 원"),
        ("100020003", "일억이만삼"),
        ("10000", "만"),
        ("02-120", "공이-백이십"),
        ("010 1004", "공일공 천사"),
        ("２０２６년", "이천이십육년"),
        ("0원", "영원"),
        ("세 번", "세 번"),
        ("", ""),
    ],
)
def test_when_figures_are_read_then_they_equal_their_sino_korean_readings(text: str, read: str) -> None:
    assert normalise(digits_read(text)) == normalise(read)


@given(st.integers(0, 10**16 - 1))
def test_when_any_number_is_read_then_no_figure_is_left(number: int) -> None:
    read = digits_read(str(number))

    assert read
    assert not any(char.isdigit() for char in read)
