from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.rrn import RrnRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> RrnRecognizer:
    return RrnRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("주민등록번호는 900101-1234567입니다", ["900101-1234567"]),
        ("주민번호 8503152345678이에요", ["8503152345678"]),
        ("681130 2345671이요", ["681130 2345671"]),
        ("９００１０１－２３４５６７８", ["９００１０１－２３４５６７８"]),
        ("외국인등록번호 900101-5123456", ["900101-5123456"]),
        ("주민번호 961399-1234567", ["961399-1234567"]),
        ("칠칠공오공오 일 삼사오육칠팔이요", ["칠칠공오공오 일 삼사오육칠팔"]),
        ("앞자리는 830505이고요 뒷자리는 1023456입니다", ["830505", "1023456"]),
        ("880101-1****** 이렇게 나와요", ["880101-1******"]),
        ("주민번호 앞자리 880707이고요\n뒷자리도 부탁드립니다\n2345678", ["880707", "2345678"]),
        ("주민등록등본은 200원이에요", []),
        ("수수료는 123456원", []),
        ("2024년 1월 1일", []),
    ],
)
def test_when_registration_numbers_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: RrnRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
