from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.account import AccountRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> AccountRecognizer:
    return AccountRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("국민은행 123456-78-901234로 환급해 주세요", ["123456-78-901234"]),
        ("환급계좌 110234567890 신한입니다", ["110234567890"]),
        ("토스뱅크 1000-1234-5678로", ["1000-1234-5678"]),
        ("계좌는 일일공에 이삼사에 오육칠팔구공 신한은행이요", ["일일공에 이삼사에 오육칠팔구공"]),
        ("예금주 확인 농협 302-1234-5678-91", ["302-1234-5678-91"]),
        ("국민은행 1588-9999로 전화했어요", []),
        ("계좌로 30000원 보냈어요", []),
        ("은행은 9시부터 4시까지예요", []),
    ],
)
def test_when_account_numbers_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: AccountRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
