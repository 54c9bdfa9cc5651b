from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.address import AddressRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> AddressRecognizer:
    return AddressRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("저는 서울시 은평구 연서로 123에 살아요", ["서울시 은평구 연서로 123"]),
        ("역삼동 678-9 그린빌라 201호 세입자입니다", ["역삼동 678-9 그린빌라 201호"]),
        ("은마아파트 12동 804호 재건축", ["은마아파트 12동 804호"]),
        ("우편물은 (03345) 서울 은평구 통일로 92가길 33로요", ["(03345) 서울 은평구 통일로 92가길 33"]),
        ("주소 불러드릴게요 동작구 상도로 삼십사길 십이", ["동작구 상도로 삼십사길 십이"]),
        ("저희 집은 방배동 123-45번지예요", ["방배동 123-45번지"]),
        ("주소가 어떻게 되세요?\n은평구 녹번동\n번지수는요?\n123-4번지요", ["은평구 녹번동", "123-4번지"]),
        ("은평구청은 은평구 은평로 195입니다", []),
        ("종로구 사직동 도시재생 구역", []),
        ("버스로 10분 걸려요", []),
        ("도보로 5분이요", []),
        ("서류로 2부 준비하면 되나요", []),
        ("한강로2가 보행로 공사", []),
        ("세종대로 110 서울시청 본관 3층에서 접수합니다", []),
        ("없으면 자동으로 이 방식이 됩니다", []),
        ("수원시 팔달구 매산로 1가 12-3", ["수원시 팔달구 매산로 1가 12-3"]),
        ("종로 3가에서 어떻게 가요", []),
        ("남산공원 주소가 삼일대로 231 맞나요", []),
    ],
)
def test_when_addresses_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: AddressRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
