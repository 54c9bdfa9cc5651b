from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.yes_no import behind_a_no, yes_or_no


@pytest.mark.parametrize(
    "text",
    [
        "네",
        "예",
        "네네",
        "넵",
        "응",
        "어",
        "그래",
        "그래요",
        "그렇지",
        "그려",
        "맞아",
        "맞아요",
        "맞습니다",
        "네 맞아요.",
        "어 그거 맞아",
        "그거예요",
        "바로 그거예요",
        "그래 그거야",
        "응 그거 알려 줘",
        "네 그거 물어본 거예요",
        "그럼요",
        "옳지",
        "ㅇㅇ",
        "yes",
        "Yes, please.",
        "that's right",
        "yeah that's the one",
    ],
)
def test_when_somebody_says_yes_then_it_is_a_yes(text: str) -> None:
    said = yes_or_no(text)
    assert said is not None
    assert (said.answer, said.rest) == ("yes", "")


@pytest.mark.parametrize(
    "text",
    [
        "아니",
        "아니요",
        "아니오",
        "아뇨",
        "아니야",
        "아니여",
        "아니라니까",
        "어 아니",
        "아니 그거 말고",
        "아니요 그거 아니에요",
        "그게 아니고",
        "그게 아니라",
        "틀렸어",
        "틀렸어요",
        "아니 그거 말고 다른 거요",
        "그거 말고요",
        "잘못 들었어요",
        "아니요 괜찮아요",
        "아이고 아니여",
        "no",
        "nope",
        "no, not that one",
        "that's wrong",
    ],
)
def test_when_somebody_says_no_then_it_is_a_no_with_nothing_behind_it(text: str) -> None:
    said = yes_or_no(text)
    assert said is not None
    assert (said.answer, said.rest) == ("no", "")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("아니 그거 말고 여권이요", "여권이요"),
        ("아니요, 여권 재발급이요", "여권 재발급이요"),
        ("그거 말고 주차요", "주차요"),
        ("그게 아니라 여권을 잃어버렸다고요", "여권을 잃어버렸다고요"),
        ("아니여 그게 아니고 난방비 말이여", "난방비 말이여"),
        ("그건 아닌데 여권 얘기예요", "여권 얘기예요"),
        ("no, not that one, the passport", "the passport"),
    ],
)
def test_when_something_else_is_named_behind_a_no_then_it_is_told_apart(text: str, rest: str) -> None:
    said = yes_or_no(text)
    assert said is not None
    assert (said.answer, said.rest) == ("no", rest)
    assert behind_a_no(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "음",
        "어린이집 신청",
        "어디예요",
        "그래서 여권은요",
        "예방접종 어디서 해요",
        "예산은 얼마예요",
        "네팔 사람 비자",
        "응급실 어디",
        "맞춤형 급여",
        "아니면 여권인가요",
        "노인 일자리",
        "땡땡이",
        "아이 아빠 육아휴직",
        "north gate",
        "yesterday",
    ],
)
def test_when_a_question_begins_like_yes_or_no_then_it_is_neither(text: str) -> None:
    assert yes_or_no(text) is None
    assert behind_a_no(text) == ""


@pytest.mark.parametrize(("text", "points"), [("아니 그거 말고", True), ("그게 아니고", True), ("아니", False)])
def test_when_a_no_points_at_something_then_that_is_known(text: str, points: bool) -> None:
    said = yes_or_no(text)
    assert said is not None
    assert said.points_at_it == points


@given(st.text(max_size=200))
def test_when_words_are_any_then_only_a_no_has_something_behind_it(text: str) -> None:
    said = yes_or_no(text)
    assert said is None or said.answer == "no" or said.rest == ""
    assert said is None or text.strip().endswith(said.rest)
