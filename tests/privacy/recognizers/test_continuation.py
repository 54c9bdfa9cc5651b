from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.continuation import ContinuationRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("제 전화는 <전화번호_1>에\n이삼사오에", ["이삼사오"]),
        ("<주민등록번호_1>이고요\n뒷자리도 부탁드립니다\n2345678", ["2345678"]),
        ("제 이름은 <이름_1>이에요\n2345", []),
        ("<전화번호_1>이에요\n12번 버스요", []),
        ("<전화번호_1>로 걸었더니 안 받으셔서 다시 문의드려요\n2345", ["2345"]),
        (
            "연락처가 어떻게 되세요?\n공일공 삼칠팔이에\n네 계속 말씀해 주세요\n육공구일이요",
            ["공일공 삼칠팔이", "육공구일"],
        ),
        ("카드번호 네 자리씩 불러 주세요\n5272\n네\n8901", ["5272\n네\n8901"]),
        ("면허번호를 불러 주세요\n육공", ["육공"]),
        ("버스 뭐 타요?\n7019번이요\n칠공일구?", []),
        ("연락처요?\n12번 창구요", []),
        ("연락처요?\n이사 갔어요", []),
    ],
)
def test_when_the_turn_before_ended_in_a_number_then_its_rest_is_found(
    finds: Finds, text: str, expected: list[str]
) -> None:
    assert finds(ContinuationRecognizer(), text) == expected
