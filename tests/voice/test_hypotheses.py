"""n-best readings of windows joined into n-best readings of the recording."""

from __future__ import annotations

import math

import pytest

from voice.hypotheses import Reading, combine


def test_when_there_is_one_window_then_scores_are_shares_of_the_probability() -> None:
    found = combine([[Reading("여권", math.log(0.6)), Reading("역권", math.log(0.2))]], keep=5)

    assert [(each.text, round(each.score, 6)) for each in found] == [("여권", 0.75), ("역권", 0.25)]


def test_when_readings_differ_in_punctuation_only_then_they_count_as_one() -> None:
    readings = [Reading("전입 신고는?", -1.0), Reading("전입신고는", -1.0), Reading("전입 싱고는", -1.0)]

    found = combine([readings], keep=5)

    assert [each.text for each in found] == ["전입 신고는?", "전입 싱고는"]
    assert found[0].score == pytest.approx(2 / 3)


def test_when_there_are_two_windows_then_the_best_paths_through_both_are_kept() -> None:
    first = [Reading("여권을", -0.1), Reading("역권을", -1.0)]
    second = [Reading("잃어버렸어요", -0.2), Reading("일어버렸어요", -0.5)]

    found = combine([first, second], keep=3)

    assert [each.text for each in found] == ["여권을 잃어버렸어요", "여권을 일어버렸어요", "역권을 잃어버렸어요"]
    assert sum(each.score for each in found) == pytest.approx(1.0)


def test_when_probabilities_are_tiny_then_scores_are_still_shares() -> None:
    found = combine([[Reading("가", -5_000.0), Reading("나", -5_001.0)]], keep=2)

    assert sum(each.score for each in found) == pytest.approx(1.0)
    assert found[0].score == pytest.approx(1 / (1 + math.exp(-1)))


@pytest.mark.parametrize("windows", [[], [[Reading("", -0.1), Reading(" ... ", -0.2)]]])
def test_when_nothing_was_read_then_there_are_no_hypotheses(windows: list[list[Reading]]) -> None:
    assert combine(windows, keep=5) == ()


def test_when_more_are_found_than_wanted_then_the_best_are_kept() -> None:
    found = combine([[Reading(char, -index) for index, char in enumerate("가나다라마바사")]], keep=3)

    assert [each.text for each in found] == ["가", "나", "다"]
