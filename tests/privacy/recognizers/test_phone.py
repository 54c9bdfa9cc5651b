from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.phone import PhoneRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> PhoneRecognizer:
    return PhoneRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("제 번호는 010-1234-5678입니다", ["010-1234-5678"]),
        ("01012345678로 문자 주세요", ["01012345678"]),
        ("010.1234.5678 이에요", ["010.1234.5678"]),
        ("０１０－１２３４－５６７８이요", ["０１０－１２３４－５６７８"]),
        ("공일공 일이삼사 오육칠팔이에요", ["공일공 일이삼사 오육칠팔"]),
        ("영일영에 일이삼사에 오육칠팔이요", ["영일영에 일이삼사에 오육칠팔"]),
        ("010 천이백삼십사 오천육백칠십팔이에요", ["010 천이백삼십사 오천육백칠십팔"]),
        ("공하나공 둘셋넷오 여섯칠팔아홉이요", ["공하나공 둘셋넷오 여섯칠팔아홉"]),
        ("제로일제로 음 삼삼사사 어 오오육육", ["제로일제로 음 삼삼사사 어 오오육육"]),
        ("집 전화 02-345-6789로 주세요", ["02-345-6789"]),
        ("070-8765-4321로 회신 바랍니다", ["070-8765-4321"]),
        ("안심번호 0507-1234-9876", ["0507-1234-9876"]),
        ("call me at +82 10-9876-5432", ["+82 10-9876-5432"]),
        ("연락처는 2345-6789요", ["2345-6789"]),
        ("제 전화는 공일공에", ["공일공"]),
        ("120에 전화했어요", []),
        ("1588-2188로 전화하세요", []),
        ("일오팔팔에 이일팔팔로 걸었어요", []),
        ("080-123-4567은 무료예요", []),
        ("02-120으로 거세요", []),
        ("여권 문의는 02-3210-0404로 전화해 주세요", []),
        ("110 120 119 다 전화했어요", []),
        ("전화로 3번 문의했어요", []),
        ("전화번호 11자리를 적어 주세요", []),
        ("전화 1577-0199랑 1588-0000 둘 다 안 받아요", []),
        ("공일공 삼삼사사 아니 삼삼사오 육칠팔구예요", ["공일공 삼삼사사 아니 삼삼사오 육칠팔구"]),
    ],
)
def test_when_phone_numbers_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: PhoneRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
