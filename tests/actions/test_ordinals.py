from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.ordinals import is_none_of_these, ordinal_of

FORMS = {
    0: [
        "첫 번째",
        "첫번째요",
        "첫째 거",
        "1번",
        "1 번이요",
        "일번",
        "1",
        "맨 위에 거",
        "제일 위",
        "①",
        "first",
        "The first one",
        "1st",
        "number one",
        "1번으로 해 주세요",
        "하나",
    ],
    1: [
        "두 번째 거요",
        "두번째",
        "둘째",
        "2번",
        "2 번",
        "이번 거",
        "2",
        "가운데 거",
        "②",
        "second",
        "the second one please",
        "2nd",
        "option two",
        "2번 알려 줘",
    ],
    2: ["세 번째", "세번째요", "셋째 거", "3번", "삼번이요", "3", "③", "third", "the third one", "3rd", "three"],
}


@pytest.mark.parametrize(("position", "text"), [(at, text) for at, texts in FORMS.items() for text in texts])
def test_when_a_place_is_named_then_it_is_that_one_if_it_is_there(position: int, text: str) -> None:
    assert ordinal_of(text, 3) == position
    for count in range(1, 4):
        assert ordinal_of(text, count) == (position if position < count else None)


@pytest.mark.parametrize("text", ["마지막 거", "맨 아래", "제일 끝에 있는 거", "the last one", "맨 밑에"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_when_the_last_is_meant_then_it_is_the_last(text: str, count: int) -> None:
    assert ordinal_of(text, count) == count - 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "네",
            "아니요",
            "그거요",
            "여권 재발급",
            "0",
            "4",
            "9",
            "4번",
            "0번",
            "10번",
            "11번",
            "12번",
            "13번",
            "21번",
            "23번",
        ),
        *(
            "첫 번째 말고 두 번째",
            "1번이랑 2번",
            "이번 달까지인가요",
            "이번 주",
            "이번 해",
            "이번에는 다른 거",
            "이 번호로 전화하면 되나요",
        ),
        *("하나도 모르겠어요", "that one", "this one please", "someone", "secondary school", "제일 번거로운 게 뭐예요"),
        *("112번에 전화", "1층", "2026년", "31일"),
    ],
)
def test_when_no_place_or_several_are_named_then_none_is_chosen(text: str) -> None:
    assert ordinal_of(text, 3) is None


@given(st.text(), st.integers(0, 3))
def test_when_words_are_any_then_a_place_is_one_that_is_there(text: str, count: int) -> None:
    position = ordinal_of(text, count)
    assert position is None or 0 <= position < count


@given(
    st.integers(4, 10**6),
    st.sampled_from(["{}번", "{} 번이요", "{}번 알려 주세요", "no. {}", "{}", "{}번째"]),
    st.integers(1, 3),
)
def test_when_a_number_is_beyond_what_was_offered_then_none_is_chosen(number: int, form: str, count: int) -> None:
    assert ordinal_of(form.format(number), count) is None


@given(
    st.integers(1, 3), st.integers(1, 3), st.sampled_from(["{}번", "{} 번", " {}번이요. ", "{}번째 거", "{}", "②{}"])
)
def test_when_a_number_is_offered_then_it_is_chosen(number: int, count: int, form: str) -> None:
    if "②" in form:
        expected = None if number != 2 else 1
        assert ordinal_of(f"② {number}번", 3) == expected
    else:
        assert ordinal_of(form.format(number), count) == (number - 1 if number <= count else None)


NONE = [
    *("그 밖의 질문", "그밖의 질문이요", "다른 질문", "이 중에 없어요", "이 가운데에는 없네요", "다 아니에요"),
    *("None of these", "something else", "another question."),
]
SOMETHING = [
    "",
    "아니요",
    "그 밖의 질문은 어디에 하나요",
    "다른 질문도 있는데 여권은요",
    "이 중에 없는 서류는 어떻게 하나요",
]


@pytest.mark.parametrize("text", [*NONE, *SOMETHING])
def test_when_none_of_the_suggestions_is_meant_then_these_words_say_so(text: str) -> None:
    assert is_none_of_these(text) == (text in NONE)
