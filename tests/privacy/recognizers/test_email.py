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
        ("이메일로 보내 주시면 됩니다", []),
        ("골뱅이 무침 맛집", []),
        ("help@seoul.go.kr이 맞나요", []),
    ],
)
def test_when_email_addresses_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: EmailRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
