from __future__ import annotations

import logging
import traceback
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy import Scrubber, ScrubFailed, SessionVault, VaultFull
from privacy.kiwi_nlp_engine import KiwiNlpEngine

SECRET = "010-1234-5678"


class BrokenVault(SessionVault):
    def keep(self, session: str, label: str, normal: str, original: str) -> str:
        raise VaultFull(f"cannot keep {original}")


@pytest.mark.parametrize(
    ("utterance", "scrubbed"),
    [
        ("제 번호는 010-1234-5678이고 이름은 홍길동이에요", "제 번호는 <전화번호_1>이고 이름은 <이름_1>이에요"),
        ("이름 이민정 생년월일 870321 연락처 01077778888", "이름 <이름_1> 생년월일 <생년월일_1> 연락처 <전화번호_1>"),
        ("010-1234-5678 아니 공일공 일이삼사 오육칠팔이요", "<전화번호_1>이요"),
        ("전입신고는 어디서 하나요?", "전입신고는 어디서 하나요?"),
        ("", ""),
        ("  \n", "  \n"),
        ("ㅋㅋㅋ 😀", "ㅋㅋㅋ 😀"),
    ],
)
def test_when_an_utterance_is_scrubbed_then_pseudonyms_stand_in_its_place(
    scrubber: Scrubber, utterance: str, scrubbed: str
) -> None:
    result = scrubber.scrub(utterance, utterance)
    assert result.text.replace("<전화번호_1> 아니 <전화번호_1>", "<전화번호_1>") == scrubbed


def test_when_one_number_is_said_in_many_ways_then_its_placeholder_is_one(scrubber: Scrubber) -> None:
    ways = [
        "010-1234-5678",
        "01012345678",
        "공일공 일이삼사 오육칠팔",
        "０１０－１２３４－５６７８",
        "010 다시 1234 다시 5678",
    ]
    texts = [scrubber.scrub(f"전화는 {way} 입니다", "one").text for way in ways]
    assert set(texts) == {"전화는 <전화번호_1> 입니다"}
    assert scrubber.scrub("전화는 010-8765-4321 입니다", "one").text == "전화는 <전화번호_2> 입니다"
    assert scrubber.vault.resolve("one", "<전화번호_1>") == "010-1234-5678"


def test_when_the_text_is_decomposed_then_offsets_are_those_of_its_nfc_form(scrubber: Scrubber) -> None:
    composed = "제 이름은 홍길동이에요"
    result = scrubber.scrub(unicodedata.normalize("NFD", composed), "nfd")
    assert [composed[span.start : span.end] for span in result.spans] == ["홍길동"]


def test_when_a_number_is_split_over_turns_then_all_parts_share_one_placeholder(scrubber: Scrubber) -> None:
    results = scrubber.scrub_turns(["제 전화는 공일공에", "이삼사오에", "육칠팔구입니다"], "turns")
    assert [result.text for result in results] == ["제 전화는 <전화번호_1>", "<전화번호_1>", "<전화번호_1>입니다"]


def test_when_the_turn_before_is_given_then_it_explains_a_bare_answer(scrubber: Scrubber) -> None:
    assert scrubber.scrub("37이요", "ask").text == "37이요"
    assert scrubber.scrub("4521이요", "ask", before=["전화번호 끝자리를 알려 주세요"]).text == "<전화번호_1>이요"


def test_when_there_are_many_turns_then_each_has_its_result(scrubber: Scrubber) -> None:
    turns = [f"{number}번째 말이에요 " + "네 " * 60 for number in range(60)] + ["010-1234-5678"]
    results = scrubber.scrub_turns(turns, "many")
    assert len(results) == len(turns)
    assert results[-1].text == "<전화번호_1>"
    assert results[0].text == turns[0]


def test_when_there_are_no_turns_then_there_are_no_results(scrubber: Scrubber) -> None:
    assert scrubber.scrub_turns([], "none") == []


@pytest.mark.parametrize("case", ["too long", "no time", "broken vault", "broken engine", "lone surrogate"])
def test_when_anything_goes_wrong_then_it_fails_closed_and_says_no_word(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    utterance = f"제 번호는 {SECRET}이에요"
    scrubber = Scrubber(BrokenVault(ttl_s=60) if case == "broken vault" else SessionVault(ttl_s=60), timeout_s=60)
    if case == "too long":
        utterance *= 1000
    if case == "no time":
        scrubber = Scrubber(SessionVault(ttl_s=60), timeout_s=0)
    if case == "lone surrogate":
        utterance += "\ud800"
    if case == "broken engine":

        def explode(self: KiwiNlpEngine, text: str, *, deadline: float) -> None:
            raise ValueError(f"did not find {text}")

        monkeypatch.setattr(KiwiNlpEngine, "read", explode)
    with pytest.raises(ScrubFailed) as caught:
        scrubber.scrub(utterance, "s")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert "1234" not in "".join(traceback.format_exception(caught.value))


def test_when_debug_logging_is_on_then_no_word_is_logged(scrubber: Scrubber, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        scrubber.scrub("제 이름은 홍길동이고 계좌번호는 국민은행 123456-78-901234예요", "log")
    logged = caplog.text + repr([record.args for record in caplog.records])
    assert not any(word in logged for word in ("홍길동", "123456", "국민", "\\u"))


def test_when_threads_scrub_at_once_then_results_are_as_alone(scrubber: Scrubber) -> None:
    def once(number: int) -> str:
        return scrubber.scrub(f"제 번호는 010-1234-{number:04}이에요", f"thread-{number}").text

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(once, range(100))) == {"제 번호는 <전화번호_1>이에요"}


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 4000,
        "1-" * 2000,
        "공" * 4000,
        "가" * 4000,
        "이 " * 2000,
        "에" * 4000,
        "@." * 2000,
        "서울 강남구 " * 570,
        "제 이름은 " * 660,
        "12가" * 1300,
        "a1." * 1300,
        "<이름_1>" * 660,
    ],
)
def test_when_the_text_is_hostile_then_it_takes_no_more_than_seconds(hostile: str) -> None:
    scrubber = Scrubber(SessionVault(ttl_s=60, max_values=10_000), timeout_s=8.0)
    assert scrubber.scrub(hostile, "hostile") is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_when_the_text_is_anything_then_spans_tell_how_to_get_from_one_to_the_other(
    scrubber: Scrubber, utterance: str
) -> None:
    original = unicodedata.normalize("NFC", utterance)
    result = scrubber.scrub(utterance, "any")
    rebuilt, position = "", 0
    for span in result.spans:
        assert position <= span.start < span.end <= len(original)
        rebuilt += original[position : span.start] + span.placeholder
        position = span.end
    assert rebuilt + original[position:] == result.text


@given(
    middle=st.integers(0, 9999),
    last=st.integers(0, 9999),
    spoken=st.booleans(),
    separator=st.sampled_from(["", "-", " ", ".", " - ", "에 ", " 다시 ", " 음 ", "~"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_when_a_mobile_number_is_given_in_any_form_then_no_digit_of_it_stays(
    scrubber: Scrubber, middle: int, last: int, spoken: bool, separator: str
) -> None:
    groups = ["010", f"{middle:04}", f"{last:04}"]
    if spoken:
        groups = ["".join("공일이삼사오육칠팔구"[int(digit)] for digit in group) for group in groups]
    text = scrubber.scrub(f"번호가 {separator.join(groups)} 맞아요", "mobile").text
    assert text.startswith("번호가 <")
    assert text.endswith("> 맞아요")
    assert not any(digit in text.split("_")[0] for digit in "0123456789")


def test_when_a_value_told_before_comes_again_without_context_then_it_has_the_same_placeholder() -> None:
    scrubber = Scrubber()
    first = scrubber.scrub("제 이름은 윤하늘별입니다", "s")
    again = scrubber.scrub("환급 받을 예금주 윤하늘별", "s")
    assert first.spans[0].placeholder == again.spans[-1].placeholder
    assert "윤하늘별" not in again.text
    assert scrubber.scrub("윤하늘별", "another session").text == "윤하늘별"
