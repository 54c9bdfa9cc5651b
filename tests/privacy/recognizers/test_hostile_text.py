"""Texts made to keep regular expressions busy."""

from __future__ import annotations

import time

import pytest

from privacy.kiwi_nlp_engine import KiwiNlpEngine
from privacy.recognizers.address import AddressRecognizer
from privacy.recognizers.birth import BirthRecognizer
from privacy.recognizers.case_number import CaseNumberRecognizer
from privacy.recognizers.email import EmailRecognizer
from privacy.recognizers.ip import IpRecognizer
from privacy.recognizers.online_id import OnlineIdRecognizer
from privacy.recognizers.url import UrlRecognizer

BUSY = [
    "이", "십", "가", "1", "A", "1-", "1.", "a@", "a_", "AB1-", "에이 비 ", "일 점 ", "언더바 ", "골뱅이 ",
    "가 골뱅이 네이버 ", "점 컴 슬래시 ", "연서로 12 ", "연서로 12 우물골 ", "응암동", "은평구", "(서울 ", "백동 ",
    "1동 ", "천이백삼호 ", "주소\n", "주소요?\n네\n", "메일\n에이 비 씨 디\n", "생년월일\n일이\n", "천구백육십이년 ",
    "구이년 삼월 ", "접수번호 ", "아이디가 ", "12 Yeonseo ", "Apt 1-2, ", "http://",
]  # fmt: skip
MINE = (
    AddressRecognizer,
    BirthRecognizer,
    CaseNumberRecognizer,
    EmailRecognizer,
    IpRecognizer,
    OnlineIdRecognizer,
    UrlRecognizer,
)


@pytest.mark.parametrize("piece", BUSY)
def test_when_4000_hostile_characters_come_then_they_take_half_a_second_at_most(
    nlp_engine: KiwiNlpEngine, piece: str
) -> None:
    text = (piece * 4000)[:4000]
    artifacts = nlp_engine.read(text, deadline=float("inf"))
    began = time.process_time()
    for recognizer in MINE:
        list(recognizer().find(text, artifacts))
    assert time.process_time() - began < 0.5
