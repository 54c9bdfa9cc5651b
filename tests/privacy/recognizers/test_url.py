from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.url import UrlRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> UrlRecognizer:
    return UrlRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "https://www.gov.kr/mypage/detail?userId=hong77&seq=991 링크가 안 열려요",
            ["https://www.gov.kr/mypage/detail?userId=hong77&seq=991"],
        ),
        ("http://blog.naver.com/honggd1234에 사진", ["http://blog.naver.com/honggd1234"]),
        ("www.seoul.go.kr에서 확인", []),
        ("https://www.gov.kr/portal/main 에서", []),
    ],
)
def test_when_personal_links_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: UrlRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
