from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.plate import PlateRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> PlateRecognizer:
    return PlateRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("차량번호는 12가3456입니다", ["12가3456"]),
        ("123나4567 불법주차", ["123나4567"]),
        ("321하 6543 차량", ["321하 6543"]),
        ("서울12가3456 오래된 번호판", ["서울12가3456"]),
        ("십이 가 삼사오육 차량이요", ["십이 가 삼사오육"]),
        ("차량번호를 알려 주세요\n12가\n3456이요", ["12가\n3456"]),
        ("백이십삼 나 사오육칠이 서 있어요", ["백이십삼 나 사오육칠"]),
        ("오토바이 서울 은평 가 4728", ["서울 은평 가 4728"]),
        ("외교 012-035 차", ["외교 012-035"]),
        ("차번호 임 204817 달고", ["임 204817"]),
        ("방문차량 15-모-8823", ["15-모-8823"]),
        ("육사 머에 구팔이이 트럭", ["육사 머에 구팔이이"]),
        ("구십일 수 아니 구십이 수 사공일팔", ["구십일 수 아니 구십이 수 사공일팔"]),
        ("차번호 뒤에는 버 삼팔공오", ["버 삼팔공오"]),
        ("백육십이 허인데 렌터카예요", ["백육십이 허"]),
        ("그 차요?\n78누래요", ["78누"]),
        ("차 번호요?\n서울이고\n88\n바요", ["서울", "바"]),
        ("한글은요?\n하늘 할 때 하요", ["하"]),
        ("주차장법 십구조\n사항이요", []),
        ("세종대로 1107이면요", []),
        ("예약은 12호요\n네", []),
        ("차량번호요?\n이백삼십육 더\n네\n일사공팔", ["이백삼십육 더"]),
        ("승용차 2000cc면요", []),
        ("차를 산 지 십오 일 됐어요", []),
        ("을지로 3가 1234", []),
        ("차량 2대 등록하려고요", []),
        ("주차 요금이 10분에 1000원인가요", []),
    ],
)
def test_when_plates_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: PlateRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
