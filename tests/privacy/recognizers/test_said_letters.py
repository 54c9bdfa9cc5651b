from __future__ import annotations

import pytest

from privacy.recognizers.said_letters import is_said_number, is_spelled, spelled_runs


@pytest.mark.parametrize(
    ("word", "spelled"),
    [("에이치", True), ("에스유비", True), ("공칠", True), ("언더바", True), ("ab_1", True), ("사과", False)],
)
def test_when_a_word_is_letters_or_digits_then_it_is_spelled(word: str, spelled: bool) -> None:
    assert is_spelled(word) is spelled


def test_when_one_native_number_stands_alone_then_it_counts_things() -> None:
    assert not is_said_number("하나")
    assert is_said_number("하나둘")


@pytest.mark.parametrize(
    ("line", "runs"), [("제이 엠 일구칠칠이요", ["제이 엠 일구칠칠"]), ("아이디가 뭐예요", []), ("에이 참", [])]
)
def test_when_two_words_are_spelled_then_they_are_a_run(line: str, runs: list[str]) -> None:
    assert [line[start:end] for start, end in spelled_runs(line, 0, len(line))] == runs
