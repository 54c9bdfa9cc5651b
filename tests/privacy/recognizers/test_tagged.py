from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.tagged import TaggedRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> TaggedRecognizer:
    return TaggedRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("우즈베키스탄에서 왔고 이름 아지즈벡 카리모프입니다", ["아지즈벡 카리모프"]),
        ("중국에서 온 왕샤오리라고 해요", ["왕샤오리"]),
        ("도윤이랑 서아 둘 다 다자녀 카드에 올려 주세요", ["도윤", "서아"]),
        ("시 보조금을 받은 김민수 대표가 사기를 쳤다고 이정훈 변호사가 밝혔다.", ["김민수", "이정훈"]),
        ("전입신고는 어떻게 하나요", []),
        ("용적률이 무엇인가요", []),
        ("은평구 기초연금 담당이 어디예요", []),
        ("이순신 장군 동상 앞에서 만나요", []),
        ("감리원의 자격은 무엇입니까", []),
        ("2025년 10월 31일까지 신청하면 되나요", []),
    ],
)
def test_when_a_text_is_tagged_then_names_are_found_and_the_citys_words_are_not(
    finds: Finds, recognizer: TaggedRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
