from __future__ import annotations

import re

import pytest

from privacy.recognizers.dialogue import answer_lines


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
