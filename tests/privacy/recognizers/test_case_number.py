from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.case_number import CaseNumberRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> CaseNumberRecognizer:
    return CaseNumberRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("문서확인번호 1711-5123-4567-8901로 확인", ["1711-5123-4567-8901"]),
        ("전자납부번호 11010-1-20-24-6-0123456-7로", ["11010-1-20-24-6-0123456-7"]),
        ("민원 신청번호 1AA-2403-0123456 어떻게 됐어요", ["1AA-2403-0123456"]),
        ("사건번호 2023가단12345 문의", ["2023가단12345"]),
        ("접수번호 20240012345 처리됐나요", ["20240012345"]),
        ("접수번호를 모르겠어요", []),
        ("공고 제2024-1234호", []),
        ("제19234호로 개정", []),
    ],
)
def test_when_case_numbers_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: CaseNumberRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
