from __future__ import annotations

import pytest

from privacy.said_endings import without_ending, without_lead


@pytest.mark.parametrize(
    ("turn", "answer"),
    [
        ("네, 7162요", "7162"),
        ("48나까지 들으셨죠", "48나"),
        ("뒤에는 이팔육사예요", "이팔육사"),
        ("팔공이이요", "팔공이이"),
        ("구사육삼이요", "구사육삼"),
        ("공일공이고요", "공일공"),
        ("508이라고 돼 있고", "508"),
        ("천호대로", "천호대로"),
        ("010-1234로", "010-1234"),
        ("모금자였어요 크크", "모금자"),
        ("27 맞고요", "27"),
        ("다음 점 넷이요", "다음 점 넷"),
        ("가", "가"),
    ],
)
def test_when_people_answer_then_what_they_say_around_it_is_left_out(turn: str, answer: str) -> None:
    start = without_lead(turn, 0, len(turn))
    assert turn[start : without_ending(turn, start, len(turn))] == answer
