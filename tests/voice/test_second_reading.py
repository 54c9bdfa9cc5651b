"""Which readings of a second decoding count, apart from any model."""

from __future__ import annotations

import pytest

from voice.hypotheses import Reading
from voice.second_reading import is_echo, level, news

TITLES = ["국민주택채권은 어디에서 사나요?", "구제역에 걸린 고기를 먹어도 되나요?"]


@pytest.mark.parametrize(
    ("text", "heard", "echo"),
    [
        ("국민주택채권은 어디에서 사나요?", "여권을 잃어버렸어요", True),
        ("구제역에 걸린 고기", "네 감사합니다", True),
        ("국민주택채권은 어디에서 사나요? 구제역에 걸린 고기를 먹어도 되나요?", "음", True),
        ("국민주택채권은 어디에서 사나요?", "궁민주택책원은 어디에서 사나요", False),
        ("구제역 고기 먹어도 되나요", "부재약 고기 먹어도 되나요", False),
        ("여권을 잃어버렸어요", "여꿘을 이러버렸어요", False),
        ("?!", "여권", False),
    ],
)
def test_when_a_reading_only_repeats_what_was_told_then_it_is_an_echo(text: str, heard: str, echo: bool) -> None:
    assert is_echo(text, TITLES, heard) is echo


def test_when_readings_of_two_decodings_are_joined_then_the_best_of_either_weighs_the_same() -> None:
    first = (Reading("가", -12.0), Reading("나", -13.0))
    second = (Reading("다", -3.0), Reading("라", -5.0))

    joined = level(second, first)

    assert [(reading.text, reading.log_probability) for reading in joined] == [
        ("다", 0.0),
        ("라", -2.0),
        ("가", 0.0),
        ("나", -1.0),
    ]


def test_when_nothing_is_new_in_letters_or_digits_then_there_is_no_news() -> None:
    known = [Reading("여권 분실", -1.0)]

    fresh = news(
        known, [Reading("여권, 분실.", -1.0), Reading("…", -1.0), Reading("여권 신청", -2.0), Reading("여권신청", -3.0)]
    )

    assert [reading.text for reading in fresh] == ["여권 신청"]
