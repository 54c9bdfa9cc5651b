from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.birth import BirthRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> BirthRecognizer:
    return BirthRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("생년월일은 1990년 1월 1일이에요", ["1990년 1월 1일"]),
        ("90년 1월생인데요", ["90년 1월생"]),
        ("저는 1972.08.12 출생이에요", ["1972.08.12"]),
        ("생년월일 900101", ["900101"]),
        ("생년월일 천구백팔십년 오월 오일입니다", ["천구백팔십년 오월 오일"]),
        ("아이가 2019년 11월 3일에 태어났어요", ["2019년 11월 3일"]),
        ("생년월일 여섯 자리 구이공칠일사요", ["구이공칠일사"]),
        ("생년월일 여섯 자리를 눌러 주세요\n900101", ["900101"]),
        ("2025년 1월 1일부터 시행", []),
        ("납부기한이 6월 30일이에요", []),
        ("공휴일은 3월 1일 8월 15일이에요", []),
        ("2024.5.1~2024.6.30 신청기간", []),
        ("850412생 남자예요", ["850412"]),
        ("2023년 12월 31일 이전 출생아", []),
        # Years of birth.
        ("90년생이고 청년월세 되죠?", ["90년생"]),
        ("저는 육이년생이고요", ["육이년생"]),
        ("내 띠가 말띠고 54년생이여", ["54년생"]),
        ("1961년생부터는 63세가 맞나요", []),
        ("2006년생까지 신청되나요", []),
        # The moon's calendar, pauses, repairs.
        ("생일이 천구백오십삼년 음력 구월 초사흘이라", ["천구백오십삼년 음력 구월 초사흘"]),
        ("호적에 삼십팔년 동짓달 열이레로 돼 있어요", ["삼십팔년 동짓달 열이레"]),
        ("천구백 음 육십 구년 사월 칠일이거든요", ["천구백 음 육십 구년 사월 칠일"]),
        ("팔일년 오월 아니 팔이년 오월 십칠일이요", ["팔일년 오월 아니 팔이년 오월 십칠일"]),
        # Said of a person.
        ("어머니가 1939-06-05이신데 장수수당", ["1939-06-05"]),
        ("남편은 81년 10월 5일, 저는 84년 1월 2일이에요", ["81년 10월 5일", "84년 1월 2일"]),
        ("계약이 2023년 6월 1일이에요", []),
        ("2010년 4월 5일에 이혼했습니다", []),
        ("이사 날짜가 2025년 4월 12일이에요", []),
        # Six or eight digits.
        ("나 사공공이이육이야 교통카드", ["사공공이이육"]),
        ("칠삼 공팔 공이 여자고요", ["칠삼 공팔 공이"]),
        ("신새벽(880917) 결과 조회", ["880917"]),
        # Piece by piece.
        ("생년월일이요\n1957년이요\n몇 월 며칠이세요?\n동짓달 초사흘 음력이에요", ["1957년", "동짓달 초사흘"]),
        ("생년월일이요\n<생년월일_1>이요\n월일은요\n5월 30일", ["5월 30일"]),
        ("며칠까지 내면 돼요?\n10월 31일까지입니다", []),
        ("날짜는 언제로 하시겠어요?\n11월 4일요", []),
    ],
)
def test_when_birth_dates_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: BirthRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
