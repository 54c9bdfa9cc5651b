from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.email import EmailRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> EmailRecognizer:
    return EmailRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("이메일은 hong@example.com입니다", ["hong@example.com"]),
        ("hong @ daum.net으로", ["hong @ daum.net"]),
        ("lee@company.co.kr로 답변", ["lee@company.co.kr"]),
        ("길동이 골뱅이 네이버 닷컴으로 보내 주세요", ["길동이 골뱅이 네이버 닷컴"]),
        ("메일은 kim.cs 골뱅이 지메일 닷컴이에요", ["kim.cs 골뱅이 지메일 닷컴"]),
        ("이메일 주소를 알려 주세요\ngildong\n골뱅이 naver.com이요", ["gildong", "골뱅이 naver.com"]),
        ("choonja(at)hanmail(dot)net 입니다", ["choonja(at)hanmail(dot)net"]),
        ("hello@나무.한국인데 안 된대요", ["hello@나무.한국"]),
        ("티 에이 에이치 오 공구 골뱅이 지메일 닷컴으로", ["티 에이 에이치 오 공구 골뱅이 지메일 닷컴"]),
        ("대시 말고 언더바로요 문 언더바 서우 골뱅이 아웃룩 점 컴", ["문 언더바 서우 골뱅이 아웃룩 점 컴"]),
        (
            "케이 비 하이픈 이일 골뱅이 이화 점 에이씨 점 케이알이에요",
            ["케이 비 하이픈 이일 골뱅이 이화 점 에이씨 점 케이알"],
        ),
        (
            "와이제이 삼삼 아니 와이제이 삼사 골뱅이 네이트 닷컴",
            ["와이제이 삼삼 아니 와이제이 삼사 골뱅이 네이트 닷컴"],
        ),
        (
            "메일로 받을게요\n아이디가 어떻게 되세요?\n에스 유 엔 점 삼삼\n도메인은요?\n골뱅이 지메일 닷컴",
            ["에스 유 엔 점 삼삼", "골뱅이 지메일 닷컴"],
        ),
        ("메일 주소요\n<이메일_1>\n네 뒤에 회사요\n네이트 쩜 컴이요", ["네이트 쩜 컴"]),
        ("Report it at efamily.scourt.go.kr please", []),
        ("골뱅이 어떻게 쳐요", []),
        ("이메일로 보내 주시면 됩니다", []),
        ("골뱅이 무침 맛집", []),
        ("help@seoul.go.kr이 맞나요", []),
    ],
)
def test_when_email_addresses_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: EmailRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
