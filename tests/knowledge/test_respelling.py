from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.published_language import EDGE, PublishedLanguage, hangul_runs, language_of_entries
from knowledge.respelling import Respeller
from knowledge.sound_channel import SOUNDS, SoundChannel, numbered, shared_channel
from tests.knowledge.entries import an_entry
from voice.normalise import normalise

PUBLISHED = (
    "금천구 직원에게 숙직비를 주는 근거가 조례에 있나요?",
    "공무원 품위유지 의무를 어기면 어떻게 되나요?",
    "재개발 아파트를 분양받을 수 있나요?",
    "국민은행과 신한은행 고객센터 전화번호가 궁금합니다.",
    "사업의 타당성 조사는 어떤 단계로 하나요?",
)


@pytest.fixture(scope="module")
def respeller() -> Respeller:
    entries = [an_entry(f"faq-{at}", question=question) for at, question in enumerate(PUBLISHED)]
    return Respeller(language_of_entries(entries), shared_channel())


@pytest.mark.parametrize(
    ("heard", "word"),
    [
        ("금천구 지권 숙직비 근거가 조래에 있나요", "조례"),
        ("제개바라 파트를 받을 수 있나요", "재개발아파트"),
        ("신한은앵 고객센터", "신한은행"),
        ("다당성 조사는 언제 하나요", "타당성"),
    ],
)
def test_when_a_published_word_is_misheard_then_it_is_spelt_as_published(
    respeller: Respeller, heard: str, word: str
) -> None:
    respelled = respeller.respell([heard])
    assert respelled is not None
    assert word in normalise(respelled)


def test_when_words_are_heard_well_that_nothing_published_has_then_they_stay(respeller: Respeller) -> None:
    respelled = respeller.respell(["뷁꽥이를 신청하고 싶어요"])
    assert respelled is not None
    assert "뷁꽥" in respelled


def test_when_there_is_nothing_to_respell_then_there_is_no_reading(respeller: Respeller) -> None:
    assert respeller.respell([]) is None
    assert respeller.respell([""]) is None
    assert respeller.respell(["What are the opening hours?"]) is None
    assert respeller.respell(["여권을 어디서 신청하나요? " * 20]) is None


def test_when_nothing_is_published_then_what_was_heard_comes_back() -> None:
    alone = Respeller(PublishedLanguage([]), shared_channel())
    assert normalise(alone.respell(["여권 발급"]) or "") == "여권발급"


@settings(max_examples=40, deadline=None)
@given(st.text("가나다라 여권주차 뷁!?abc12\n", max_size=40))
def test_when_anything_is_heard_then_respelling_never_fails(text: str) -> None:
    respelled = Respeller(PublishedLanguage([(PUBLISHED[0], 1)]), shared_channel()).respell([text, "여권"])
    assert respelled is None or respelled.strip()


def test_when_a_question_is_of_usual_length_then_respelling_takes_a_fraction_of_a_second(respeller: Respeller) -> None:
    heard = "단체 나감 보조금 가두 안투에는 가기에서는 경금으로 사도됩니다"
    respeller.respell([heard])
    started = time.perf_counter()
    respeller.respell([heard])
    assert time.perf_counter() - started < 1.0  # some 40 ms where nothing else runs


def test_when_the_language_is_asked_then_chances_sum_to_one_and_published_words_are_likelier() -> None:
    language = PublishedLanguage([("여권을 신청", 3), ("여권을 발급", 1)])
    numbers = {syllable: language.number(syllable) or 0 for syllable in language.syllables}
    history = language.start()[None, :]
    after = np.concatenate([history[0, 1:], [numbers["여"]]])[None, :]
    everything = np.arange(len(language.syllables) + 1)
    chances = np.exp(language.log_chances(after, np.zeros_like(everything), everything))
    unseen = 1 / (len(language.syllables) + 2)  # is kept for what nothing published has
    assert chances.sum() == pytest.approx(1.0, abs=unseen)
    assert chances.argmax() == numbers["권"]
    assert language.number("뷁") is None
    assert language.alone[EDGE] < 0


def test_when_a_text_has_spaces_and_other_letters_then_runs_are_of_hangul_between_the_others() -> None:
    assert hangul_runs("제2 자유로, 상암 파주") == ["제", "자유로", "상암파주"]


def test_when_a_syllable_comes_through_then_the_same_sounds_are_likelier_than_others() -> None:
    channel = SoundChannel.load()
    heard = numbered("여권")
    assert "".join(SOUNDS[number] for number in heard) == "ㅓㄱㅓㄴ"
    said = np.stack([numbered("권"), numbered("관"), numbered("솔")])
    chances = channel.syllables_heard(said, heard, 1)
    assert chances.shape == (3, 5)
    assert chances[0].argmax() == 3
    assert chances[0, 3] > chances[1, 3] > chances[2, 3]
    assert math.isinf(channel.syllables_heard(said, heard, 3)[0, 4])
