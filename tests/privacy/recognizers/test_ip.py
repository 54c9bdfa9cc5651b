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
        ("58.29.*.*로만 보여요", ["58.29.*.*"]),
        ("일구이 점 일육팔 점 공 점 십오라고", ["일구이 점 일육팔 점 공 점 십오"]),
        ("이백십일 쩜 사십오 쩜 백칠 쩜 이십 이 주소로", ["이백십일 쩜 사십오 쩜 백칠 쩜 이십"]),
        ("버전 3.11.2.1인데 안 돼요", []),
        ("삼백 점 일 점 이 점 삼", []),
        ("999.1.1.1", []),
        ("09:00~18:00", []),
        ("2024.1.2", []),
    ],
)
def test_when_ip_addresses_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: IpRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
