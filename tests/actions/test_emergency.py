from __future__ import annotations

import json
import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.emergency import detect_emergency
from actions.wording import catalogue
from knowledge.danger import Emergency, load_danger
from knowledge.embedder import Embedder
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
        *(
            "불이야",
            "연기 나 복도에",
            "차 두 대가 부딪쳤는데 운전자가 피를 흘려요",
            "내가 가슴이 좀 조이네. 왼팔도 저리고, 한 시간쯤 됐어",
            "손가락이 기계에 잘렸어요 피가 안 멈춰요",
            "어머니가 식사하시다 목에 떡이 걸리셨어요 어떡해요",
            "물이 무릎까지 차올라요 반지하예요 문이 안 열려요",
            "벌에 쏘였는데 온몸이 붓고 목이 막혀요",
            "산에서 길을 잃었어요 배터리 3퍼센트",
            "말이 자꾸 어눌해지고 팔에 힘이 없어요",
            "차가 강물에 떠내려가요",
            "다리 난간 밖에 사람이 서 있어요",
            "승강기가 층 사이에 섰어",
            "We are stuck in the elevator",
            "I smell gas",
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
        *(
            "도와주세요 끌려가고 있어요",
            "모르는 아저씨가 우리 딸을 차에 태우려고 해요",
            "치매 걸린 어머니가 집을 나가서 안 보여요",
            "감금당했어요",
            "술 취한 사람이 흉기를 들고 돌아다녀요",
            "Someone is following me",
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
        *(
            "이제 그만 살고 싶어요",
            "아무한테도 짐이 안 되게 조용히 사라지고 싶습니다",
            "살 이유를 모르겠어요",
            "영감 먼저 보내고 나니 나도 따라갈라네",
            "그대로 안 깼으면 좋겠어",
            "살아 봐야 뭐 하나 싶어요",
            "친구가 죽겠다고 문자를 보냈어요",
            "I don't want to live anymore",
            "I took too many pills",
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
        *(
            "남편이 또 때려요 방에 숨어 있어요",
            "그이가 술만 마시면 손찌검을 해요",
            "윗집에서 애가 맞는 소리가 나요",
            "He is hitting me again",
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
    # Rules, courses, bills and help afterwards.
    *(
        "가스 안전점검은 어디에 신청해요?",
        "119 안전체험관 예약",
        "자살예방센터 어디",
        "불이 안 켜져요 가로등",
        "심장이 멈춘 사람 살리는 응급처치 교육은 어디서 배우죠",
        "술 먹고 때리는 남편 때문에 집을 나오면 머물 데가 있습니까",
        "자살 예방 교육을 우리 회사에서 받으려면 신청은 어디로 합니까",
        "화재경보기 없는 단독주택인데 노인 가구는 공짜로 달아 준다면서요",
        "자전거 사고 났을 때 시에서 보험금 주는 거 청구 서류 뭐 내요?",
        "어린이집에서 아이를 때린 것 같으면 어디에 신고하고 시는 뭘 하나요?",
        "음식 먹고 온 가족이 배탈이 났을 때 식중독 신고는 어디로 합니까?",
        "층간 담배 연기 때문에 병나겠어요 금연 아파트로 만드는 법 있어요?",
        "구급차 부르면 돈 내요?",
        "사설 구급차 요금이 바가지 같은데 기준이 있나요",
        "내가 죽거든 장기를 주고 싶은데 어디 가서 쓰면 되는가",
        "우리 개가 옆집 애를 물었어요 주인은 어떤 신고 의무가 있나요",
        "옆집 아이가 늘 굶는 것 같고 옷도 더러워요 아동학대 의심 신고는 누가 할 수 있나요",
        "집에서 가스 냄새가 가끔 나는 것 같은데 정기 점검은 몇 년마다 받게 되어 있나요",
        "불이 나서 집이 다 탄 사람에게 시에서 임시로 살 곳을 주나요",
        "키우던 개가 죽었는데 등록 지우려면 뭐 해야 됨",
        "빌린 책에 커피 쏟았는데 돈으로 물어내면 되나요",
        "배고파 죽겠네 구내식당 몇 시에 열어",
        "How much does an ambulance cost?",
        "Where can I take a first aid course?",
    ),
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
    stories = {text for text in taken if re.search("쓰러|불이 나서|살려|살기 싫", text)}
    assert set(taken) == stories
    assert len(stories) <= 4


CALL = {"119": {"medical"}, "112": {"crime", "violence"}, "109": {"suicide"}}


def test_when_danger_is_told_calmly_or_in_a_roundabout_way_then_most_of_it_is_heard(embedder: Embedder) -> None:
    told = [
        json.loads(line) for line in (ROOT / "tests" / "data" / "emergencies.jsonl").read_text("utf-8").splitlines()
    ]
    model = load_danger(embedder.fingerprint)
    assert model is not None, "maru train danger"
    vectors = embedder.encode_queries([line["question"] for line in told])
    heard: list[tuple[str, str]] = []
    for line, vector in zip(told, vectors, strict=True):
        meant = model.heard(vector)
        kind = detect_emergency(line["question"]) or (meant.kind if meant else None)
        heard += [(kind, line["call"])] if kind else []
    assert len(heard) >= 0.88 * len(told)
    # The general reply names every number.
    named = [(kind, call) for kind, call in heard if kind != "general"]
    assert len(named) >= 0.6 * len(heard)
    assert sum(kind in CALL[call] for kind, call in named) >= 0.9 * len(named)


def test_when_it_is_only_about_the_topic_then_its_meaning_is_no_sure_danger_either(embedder: Embedder) -> None:
    model = load_danger(embedder.fingerprint)
    assert model is not None
    meant = {text: model.heard(vector) for text, vector in zip(QUIET, embedder.encode_queries(QUIET), strict=True)}
    assert len([text for text, danger in meant.items() if danger and danger.sure]) <= 1
    lines = (ROOT / "tests" / "data" / "paraphrases.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    taken = [
        text for text, v in zip(asked, embedder.encode_queries(asked), strict=True) if (h := model.heard(v)) and h.sure
    ]
    assert len(taken) <= 1


def test_when_a_kind_is_found_then_there_are_words_for_it_in_both_languages() -> None:
    for kind in get_args(Emergency):
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
