from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.ip import IpRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> IpRecognizer:
    return IpRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("접속 IP 203.0.113.45로 확인", ["203.0.113.45"]),
        ("2001:db8::1 에서 접속", ["2001:db8::1"]),
        ("999.1.1.1", []),
        ("09:00~18:00", []),
        ("2024.1.2", []),
    ],
)
def test_when_ip_addresses_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: IpRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
