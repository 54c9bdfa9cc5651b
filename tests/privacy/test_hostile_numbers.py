"""Four thousand characters of numbers, separators and fillers that a careless pattern would try for ever."""

from __future__ import annotations

import time

import pytest

from privacy.digit_chains import read_chains
from privacy.kiwi_nlp_engine import KiwiNlpEngine
from privacy.recognizers.account import AccountRecognizer
from privacy.recognizers.card import CardRecognizer
from privacy.recognizers.continuation import ContinuationRecognizer
from privacy.recognizers.driver_licence import DriverLicenceRecognizer
from privacy.recognizers.number_part import NumberPartRecognizer
from privacy.recognizers.passport import PassportRecognizer
from privacy.recognizers.phone import PhoneRecognizer
from privacy.recognizers.plate import PlateRecognizer
from privacy.recognizers.repeated_number import RepeatedNumberRecognizer
from privacy.recognizers.rrn import RrnRecognizer
from privacy.recognizers.unexplained_number import UnexplainedNumberRecognizer

LONG = 4000
RECOGNIZERS = (
    AccountRecognizer, CardRecognizer, ContinuationRecognizer, DriverLicenceRecognizer, NumberPartRecognizer,
    PassportRecognizer, PhoneRecognizer, PlateRecognizer, RepeatedNumberRecognizer, RrnRecognizer,
    UnexplainedNumberRecognizer,
)  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> KiwiNlpEngine:
    engine = KiwiNlpEngine()
    engine.process_text("준비", "ko")
    return engine


@pytest.mark.parametrize(
    "piece",
    ["1", "1-", "1 ", "공일공", "공 일 공 ", "음 어 ", "공일공 음 어 아 그 저기 ", "어", "- . ",
     "일이삼 아니 ", "1*", "*", "별표", "12가3456 ", "십이 가 삼사오육 ", "제로 원 투 ", "엠 일이삼 디 ", "M1",
     "차량번호 12 ", "010\n", "네\n12\n", "주민번호요?\n900101\n", "쌍일더블 이", "천백십", "1만 2천 ",
     "1, 2, ", "뒷번호 1234 ", "일" + "어" * 31],
)  # fmt: skip
def test_when_the_text_is_hostile_then_its_numbers_are_read_in_half_a_second(engine: KiwiNlpEngine, piece: str) -> None:
    text = (piece * LONG)[:LONG]
    artifacts = engine.process_text(text, "ko")
    began = time.process_time()
    read_chains(text)
    for recognizer in RECOGNIZERS:
        recognizer().analyze(text, [], artifacts)
    assert time.process_time() - began <= 0.5
