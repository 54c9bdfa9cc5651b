from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.emergency import detect_emergency
from actions.wording import catalogue
from knowledge.files.seeds import read_seeds
from maru.settings import ROOT

DANGERS = {
    "medical": [
        *(
            "집에 불이 났어요",
            "옆집에 불났어요",
            "불이 나고 있어요 어떡해요",
            "화재가 발생했어요",
            "가스가 새는 것 같아요",
            "가스 냄새가 나요",
        ),
        *(
            "할머니가 쓰러지셨어요",
            "남편이 의식이 없어요",
            "아이가 숨을 안 쉬어요",
            "숨을 못 쉬겠어요",
            "아버지가 경련을 해요",
        ),
        *(
            "사람이 물에 빠졌어요",
            "아이가 저수지에 빠졌어요",
            "엘리베이터에 갇혔어요",
            "피가 안 멈춰요",
            "살려 주세요",
            "살려줘",
        ),
        *(
            "구급차 좀 불러 주세요",
            "119 불러줘",
            "심장이 멎은 것 같아요",
            "할아버지가 농약을 마셨어요",
            "아이가 3층에서 떨어졌어요",
        ),
        *("연기가 가득해요", "사람이 차에 깔렸어요", "지금 쓰러져 있어요"),
        *(
            "My father collapsed and is not breathing",
            "there is a fire in my building",
            "Call an ambulance please",
            "gas leak!",
        ),
    ],
    "crime": [
        *(
            "집에 도둑이 들었어요",
            "강도를 당했어요",
            "누가 저를 쫓아와요",
            "칼을 든 사람이 있어요",
            "스토킹을 당하고 있어요",
        ),
        *(
            "아이가 없어졌어요",
            "치매 어머니가 사라졌어요",
            "납치됐어요",
            "보이스피싱에 당했어요",
            "누가 문을 부수고 있어요",
        ),
        *("someone is breaking into my house", "a man with a knife", "I was robbed", "my child is missing"),
    ],
    "suicide": [
        *(
            "죽고 싶어요",
            "그만 살고 싶어",
            "자살하려고 해요",
            "목숨을 끊고 싶습니다",
            "유서를 썼어요",
            "뛰어내리려고 합니다",
        ),
        *("I want to die", "I will kill myself", "thinking about suicide", "자살 예방 교육이고 뭐고 죽고 싶어요"),
    ],
    "violence": [
        *(
            "남편이 때려요",
            "아빠가 저를 때렸어요",
            "남자친구한테 맞았어요",
            "가정폭력을 당하고 있어요",
            "성폭행을 당했어요",
            "강간당했어요",
        ),
        *("남편이 목을 졸랐어요", "my husband is hitting me", "I was raped"),
    ],
}

QUIET = [
    *(
        "전입신고는 어떻게 하나요?",
        "심폐소생술 교육은 어디서 받나요",
        "소방 훈련 일정",
        "지진 대피소가 어디 있나요",
        "화재 보험 신청",
    ),
    *(
        "자동심장충격기 어디 있나요",
        "가정폭력 예방 교육 신청",
        "119 안전센터 위치",
        "실종 예방 지문 등록",
        "치매 예방 교육",
    ),
    # Words inside other words.
    *(
        "환불이 나오나요",
        "세금 환불이 나왔는지 알고 싶어요",
        "이불이 나왔는데 어떻게 버려요",
        "어르신 건강간식 지원되나요",
        "한강간이매점 언제 열어요",
    ),
    *("I scraped my parked car, where do I report it?", "Is there a flu outbreak in the city?", "grapes drained"),
    # Lights go out, names are left out, cats are not thieves.
    *(
        "가로등 불이 나갔어요",
        "골목 보안등에 불이 안 들어와요",
        "복도 불이 나가서 깜깜해요",
        "증명서에 아이 이름이 빠졌어요",
        "등본에서 남편이 빠졌어요",
    ),
    *(
        "도둑고양이가 많이 있어요",
        "도둑고양이 밥 주는 사람이 있어요",
        "아들이 독감 주사를 맞았어요",
        "아이가 어린이집 추첨에서 떨어졌어요",
    ),
    *("민원이 폭발적으로 늘었어요", "불이익이 있나요", "전화가 불나게 와요"),
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in DANGERS.items() for text in texts])
def test_when_somebody_is_in_danger_now_then_the_kind_is_known(kind: str, text: str) -> None:
    assert detect_emergency(text) == kind


@pytest.mark.parametrize("text", QUIET)
def test_when_it_is_only_about_the_topic_or_another_word_then_it_is_no_emergency(text: str) -> None:
    assert detect_emergency(text) is None


def test_when_the_published_questions_are_asked_then_hardly_one_is_taken_for_an_emergency() -> None:
    asked = [text for entry in read_seeds(ROOT / "data" / "faq") for text in (entry.question, *entry.variants)]
    lines = (ROOT / "tests" / "data" / "paraphrases.jsonl").read_text("utf-8").splitlines()
    asked += [json.loads(line)["question"] for line in lines]
    taken = {text: kind for text in asked if (kind := detect_emergency(text))}
    # Told stories in which somebody has collapsed, the house burnt or “살려 주세요” is said: better 119 once too often.
    stories = {text for text in taken if re.search("쓰러|불이 나서|살려", text)}
    assert set(taken) == stories
    assert len(stories) <= 4


def test_when_a_kind_is_found_then_there_are_words_for_it_in_both_languages() -> None:
    for kind in DANGERS:
        for locale in ("ko", "en"):
            sentences = catalogue(locale)
            assert f"emergency_{kind}" in sentences
            assert f"speech_emergency_{kind}" in sentences


@given(st.text(), st.sampled_from(DANGERS["suicide"]), st.text())
def test_when_words_stand_around_it_then_a_wish_to_die_is_always_heard(before: str, words: str, after: str) -> None:
    assert detect_emergency(f"{before} {words} {after}") is not None


@given(st.text(max_size=400))
def test_when_text_is_any_then_the_answer_is_a_known_kind_or_none(text: str) -> None:
    assert detect_emergency(text) in {None, *DANGERS}


@pytest.mark.timeout(5)
@pytest.mark.parametrize("text", ["불이 " * 5000, "남편이 " * 5000, "누가 " * 5000, "husband " * 5000, "도둑" * 9000])
def test_when_text_is_long_and_repeats_itself_then_it_is_read_quickly(text: str) -> None:
    assert detect_emergency(text[:20_000]) is None


@pytest.mark.parametrize(
    "text",
    [
        "아버지가 작년에 쓰러지셔서 장애등록 하려고요",
        "남편이 쓰러져서 병원비도 없고 당장 먹고살 길이 없어요",
        "어머니가 쓰러지셔서 간병하려고 몇 달 쉬고 싶어요",
    ],
)
def test_when_it_happened_before_and_something_is_asked_because_of_it_then_it_is_a_question(text: str) -> None:
    assert detect_emergency(text) is None


def test_when_it_happened_minutes_ago_then_it_is_an_emergency() -> None:
    assert detect_emergency("아버지가 십 분 전에 쓰러지셨어요") == "medical"
