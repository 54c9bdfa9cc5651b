from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.repeated_number import RepeatedNumberRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("공일공에 사사공공에 칠구일팔입니다 사사공공이요", ["사사공공"]),
        ("번호판 삼칠오 노 이이오사입니다 이이오사요", ["이이오사"]),
        ("면허 일사 칠칠 공공삼칠삼육 구일입니다 구일", ["구일"]),
        ("7016번 버스요 7016번", []),
        ("2024년에 신청했는데 2024년 거 맞아요", []),
    ],
)
def test_when_a_part_of_a_number_is_said_again_then_it_is_found(finds: Finds, text: str, expected: list[str]) -> None:
    assert finds(RepeatedNumberRecognizer(), text) == expected
