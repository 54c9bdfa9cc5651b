from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.online_id import OnlineIdRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> OnlineIdRecognizer:
    return OnlineIdRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("카카오톡 아이디 hongkd77로 연락", ["hongkd77"]),
        ("인스타 @gil.dong 봐 주세요", ["@gil.dong"]),
        ("아이디는 gildong이에요", ["gildong"]),
        ("카톡 아이디 해피 공칠 언더바 맘으로 추가", ["해피 공칠 언더바 맘"]),
        ("홈페이지 아이디가 케이와이 일구육팔인데요", ["케이와이 일구육팔"]),
        ("제이에스에이치 삼공이가 통합예약 아이디고", ["제이에스에이치 삼공이"]),
        ("seoulcat99로 로그인이 안됩니다", ["seoulcat99"]),
        ("정부24 아이디 gogildong이랑 gogildong2 두 개", ["gogildong", "gogildong2"]),
        ("당근 닉네임 응암동토끼맘한테 사기", ["응암동토끼맘"]),
        ("아이디가 어떻게 되십니까\nstar별사탕이요", ["star별사탕"]),
        ("네 아이디 <아이디_1>\n뒤에 숫자 있나요?\n97이요", ["97"]),
        ("접속 가능한 계정이 하나 있으실까요", []),
        ("닉네임 바꾸고 싶은데요", []),
        ("닉네임은 한글만 되나요", []),
        ("아이디는 뭘로 만들어요?\n소문자로요", []),
        ("아이디를 여덟 자 이상으로 하라는데", []),
        ("아이디를 잊어버렸어요", []),
        ("bring your ID and check", []),
        ("www.idolbom.go.kr", []),
    ],
)
def test_when_account_names_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: OnlineIdRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
