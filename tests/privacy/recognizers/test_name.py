from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.name import NameRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> NameRecognizer:
    return NameRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("제 이름은 홍길동이에요", ["홍길동"]),
        ("저는 최순덕이라고 합니다", ["최순덕"]),
        ("저 안성훈인데요 아까 전화했던", ["안성훈"]),
        ("김영희입니다", ["김영희"]),
        ("황보라예요 예약했어요", ["황보라"]),
        ("엄마 성함은 고순자고 국가유공자세요", ["고순자"]),
        ("조민아 씨 앞으로 온 우편물이요", ["조민아"]),
        ("김복남 할머니 댁이에요", ["김복남"]),
        ("노 대리님이 전화 주신대요", ["노"]),
        ("제 딸 하윤이가 다섯 살이에요", ["하윤"]),
        ("제 아들 준서가 유치원에 가요", ["준서"]),
        ("이름은 응우옌티흐엉입니다", ["응우옌티흐엉"]),
        ("이름이요 홍자 길자 동자입니다", ["홍자 길자 동자"]),
        ("홍 길 동이요", ["홍 길 동"]),
        ("영문 이름은 HONG GIL DONG이에요", ["HONG GIL DONG"]),
        ("My name is John Smith", ["John Smith"]),
        ("예금주 윤상철", ["윤상철"]),
        ("구민호 앞으로 보내 주세요", ["구민호"]),
        ("성함이 어떻게 되세요?\n박순자요", ["박순자"]),
        ("전입신고 하려면 뭐가 필요해요", []),
        ("저는 세입자인데요", []),
        ("신혼부부라고 합니다", []),
        ("반장님이 그러셨어요", []),
        ("구청장님께 바란다", []),
        ("이순신 장군 동상", []),
        ("손기정 체육공원", []),
        ("서울시장 오세훈이 발표했습니다", []),
        ("이름을 바꾸고 싶은데 어떻게 하나요", []),
        ("이름이 뭐예요", []),
        ("공영주차장이 있나요", []),
        ("공사장 소음", []),
        ("저 임산부인데요", []),
        ("배우자의 주민등록등본", []),
        ("주소지의 주민센터", []),
        ("여자친구가 고민이야", []),
        ("천이백 원이에요", []),
        ("change the name on the account", []),
        ("여보세요 저 김말자예요", ["김말자"]),
        ("73년생 정숙희입니다", ["정숙희"]),
        ("통장 명의는 오세진이요", ["오세진"]),
        ("박찬호 보호자입니다", ["박찬호"]),
        ("김철수(남, 65세)가 실종됐어요", ["김철수"]),
        ("조카가 한국에 와요", []),
        ("한 씨 성을 가진 사람 많아요?", []),
        ("은평구 직원 칭찬", []),
        ("전 주소지에 고지서가 갔어요", []),
        ("정 안 되면 다시 올게요", []),
        ("이 양식 어디서 받아요", []),
    ],
)
def test_when_names_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: NameRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
