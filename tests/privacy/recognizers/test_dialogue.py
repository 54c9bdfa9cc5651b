from __future__ import annotations

import re

import pytest

from privacy.recognizers.dialogue import OpenTopic, answer_lines


@pytest.mark.parametrize(
    ("turns", "answers"),
    [
        (["주소가요?", "은평구요"], ["은평구요"]),
        (["주소가요?", "은평구요", "네", "응암동이요"], ["은평구요", "응암동이요"]),
        (["주소가요?", "은평구요", "감사하다", "응암동이요"], ["은평구요"]),
        (["주소가요?", "은평구요", "번지는요?", "12요"], ["은평구요", "12요"]),
        (["번지는요?", "12요"], []),
        (["주소가요?", "가", "나", "다", "라", "마", "번지는요?", "12요"], ["가"]),
    ],
)
def test_when_turns_follow_a_question_then_its_answers_are_told(turns: list[str], answers: list[str]) -> None:
    text = "\n".join(turns)
    found = answer_lines(text, re.compile("주소").search, re.compile("번지").search)
    assert [text[start:end] for start, end in found] == answers


@pytest.mark.parametrize(
    ("turns", "is_open", "asked"),
    [
        (["주소요?"], True, True),
        (["주소요?", "네"], True, True),
        (["주소요?", "은평구요"], True, False),
        (["주소요?", "은평구요", "네"], True, True),
        (["주소요?", "얼마예요"], False, False),
        (["번지는요?"], False, False),
        (["은평구요", "번지는요?"], True, True),
        (["은평구요", "가", "나", "다", "라"], False, False),
        (["은평구요", "네", "네", "네", "네", "네"], True, True),
    ],
)
def test_when_turns_are_heard_then_a_topic_is_open_until_it_is_left(
    turns: list[str], is_open: bool, asked: bool
) -> None:
    topic = OpenTopic(memory=4)
    for turn in turns:
        topic.hear(
            turn, asks="주소" in turn, goes_on="번지" in turn, told=turn.startswith("은평"), closes="얼마" in turn
        )
    assert (bool(topic), topic.asked) == (is_open, asked)
