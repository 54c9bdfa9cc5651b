from __future__ import annotations

import pytest

from voice.stream_patience import FINISHED, UNFINISHED, patience_factor


@pytest.mark.parametrize(
    "text",
    [
        "이사를 했는데",
        "이사를 했는데요.",
        "기초연금을 받으려고",
        "이사하면",
        "제가요,",
        "그…",
        "여권을 잃어버렸는데 저기",
        "주민등록등본은",
        "어제 동사무소에 갔다가",
        "I moved in and",
        "그러니까",
        "서류가 있어야 된다고",
    ],
)
def test_when_a_sentence_is_not_finished_then_there_is_more_patience(text: str) -> None:
    assert patience_factor(text) == UNFINISHED


@pytest.mark.parametrize(
    "text",
    [
        "전입신고는 어떻게 하나요",
        "전입신고는 어떻게 하나요?",
        "이건 되는 건데요?",
        "재산세가 얼마야",
        "어디서 합니까",
        "불법 주차 신고하고 싶어요.",
        "여권 찾으러 언제 가요",
        "다시 읽어 줘",
        "네",
        "아니요.",
        "How do I get a passport?",
    ],
)
def test_when_a_question_a_request_or_a_short_answer_is_whole_then_less_is_waited(text: str) -> None:
    assert patience_factor(text) == FINISHED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "전입신고",
        "여권 신청서",
        "화면",
        "우리 어머니",
        "제가 어제 이사를 했습니다.",
        "여권을 잃어버렸어요.",
        "아니 그거 말고",
    ],
)
def test_when_more_may_come_or_not_then_the_patience_is_as_set(text: str) -> None:
    assert patience_factor(text) == 1.0
