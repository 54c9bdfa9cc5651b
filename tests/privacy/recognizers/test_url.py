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
        ("https://drive.google.com/file/d/1Xq83bTk2/view 봐요", ["https://drive.google.com/file/d/1Xq83bTk2/view"]),
        ("녹음 https://youtu.be/k9Xw2-Tq7Zs 들어보세요", ["https://youtu.be/k9Xw2-Tq7Zs"]),
        ("https://smartstore.naver.com/gangatgan인데", ["https://smartstore.naver.com/gangatgan"]),
        ("https://band.us/n/a3a8b7cdE로", ["https://band.us/n/a3a8b7cdE"]),
        ("블로그 점 네이버 점 컴 슬래시 은행나무 구이에 올린 사진", ["블로그 점 네이버 점 컴 슬래시 은행나무 구이"]),
        ("유튜브 닷컴 슬래시 골뱅이 텃밭할매예요", ["유튜브 닷컴 슬래시 골뱅이 텃밭할매예요"]),
        ("https://www.ep.go.kr/www/contents.do?key=1234 이 페이지", []),
        ("https://www.youtube.com/ 안 열려요", []),
        ("www.seoul.go.kr에서 확인", []),
        ("https://www.gov.kr/portal/main 에서", []),
    ],
)
def test_when_personal_links_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: UrlRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
