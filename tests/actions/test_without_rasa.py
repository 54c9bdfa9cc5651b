from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.policy import RULES
from actions.without_rasa import action_for


@pytest.mark.parametrize(
    ("text", "suggestions", "action"),
    [
        ("전입신고는 어떻게 하나요?", 0, "action_answer"),
        ("", 0, "action_answer"),
        ("상담원 연결해 주세요", 0, "action_request_human"),
        ("담당자랑 통화하고 싶어요", 0, "action_request_human"),
        ("사람하고 얘기할래요", 0, "action_request_human"),
        ("I want to talk to a person", 0, "action_request_human"),
        ("취소", 0, "action_cancel"),
        ("그만 할래요.", 0, "action_cancel"),
        ("STOP", 0, "action_cancel"),
        ("여권 신청을 취소하고 싶어요", 0, "action_answer"),  # a question about cancelling
        ("다시 말해 주세요", 0, "action_repeat"),
        ("again", 0, "action_repeat"),
        ("다시 발급받으려면요", 0, "action_answer"),
        ("안녕하세요!", 0, "action_greet"),
        ("안녕하세요 전입신고 하려고요", 0, "action_answer"),
        ("고마워요", 0, "action_thanks"),
        ("Thank you very much", 0, "action_thanks"),
        ("두 번째 거요", 3, "action_choose_suggestion"),
        ("2", 3, "action_choose_suggestion"),
        ("두 번째 거요", 0, "action_answer"),
        ("3번", 2, "action_answer"),
        ("첫째 아이가 태어났는데 출생신고는 어떻게 해요", 3, "action_answer"),
    ],
)
def test_when_rasa_cant_be_asked_then_only_plain_words_are_something_else_than_a_question(
    text: str, suggestions: int, action: str
) -> None:
    assert action_for(text, suggestions) == action


@given(st.text(), st.integers(0, 3))
def test_when_words_are_any_then_the_action_is_one_that_the_policy_knows(text: str, suggestions: int) -> None:
    assert action_for(text, suggestions) in RULES
