from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.number_part import NumberPartRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("제 핸드폰 뒷자리 5678이요", ["5678"]),
        ("뒷번호만 말하면 되나요 삼구공팔이에요", ["삼구공팔"]),
        ("앞은 같고 뒤에만 이칠공오예요", ["이칠공오"]),
        ("네 자리만요 공사구팔", ["공사구팔"]),
        ("삼사일육이요 제 폰 뒷자리", ["삼사일육"]),
        ("구육일이삼공에 여자예요 뒷자리는 말하기 그래요", ["구육일이삼공"]),
        ("사업자번호 육육칠입니다", ["육육칠"]),
        ("비밀번호 네 자리가 1234예요", []),
        ("뒤에 이백 미터요", []),
        ("주민번호 뒷자리 일곱 자리 다 적어요?", []),
    ],
)
def test_when_a_part_of_a_number_is_introduced_then_it_is_found(finds: Finds, text: str, expected: list[str]) -> None:
    assert finds(NumberPartRecognizer(), text) == expected
