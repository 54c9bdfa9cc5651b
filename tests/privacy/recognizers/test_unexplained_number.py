from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.unexplained_number import UnexplainedNumberRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> UnexplainedNumberRecognizer:
    return UnexplainedNumberRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("이거 12345670 맞나요", ["12345670"]),
        ("일이삼사오육칠팔 이에요", ["일이삼사오육칠팔"]),
        ("123456 이에요", []),
        ("예산 2,345,678,900원", []),
        ("공고 제2024-1234호", []),
        ("2024-2025 겨울철", []),
        ("2024.12.31까지", []),
        ("09:00~18:00", []),
        ("110 120 119 1339", []),
        ("법률 제19234호", []),
        ("와이파이 비밀번호가 12345678이에요", []),
        ("위도 37.5665 경도 126.9780", []),
    ],
)
def test_when_long_numbers_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: UnexplainedNumberRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
