from __future__ import annotations

import pytest

from privacy.tagger.prose import is_prose


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("경찰은 8일 절도 혐의로 이모(43)씨를 불구속 입건했다고 밝혔다.", True),
        ("감독의 전작보다 배우들 연기가 훨씬 좋았다. 추천!", True),
        ("전입신고는 어떻게 하나요?", False),
        ("제 이름은 김영수이고 전화번호는 010-1234-5678이에요", False),
        ("우리 아버지가 다리가 불편하신데 주차 표지 받을 수 있을까요", False),
        ("짧다.", False),
        ("", False),
    ],
)
def test_when_a_line_is_read_then_prose_and_questions_are_told_apart(line: str, prose: bool) -> None:
    assert is_prose(line) is prose
