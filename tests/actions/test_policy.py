from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from actions.outcome import STATUSES, Outcome, Suggested
from actions.policy import RULES, outcome_of
from actions.turn import DialogueMemory, Turn
from actions.wording import catalogue
from knowledge.entry import Viewer
from knowledge.errors import KnowledgeError
from maru.settings import ROOT
from tests.actions.doubles import WrittenAnswers

SURE = {"move-in": 0.9, "passport": 0.1}
UNSURE = {"move-in": 0.5, "passport": 0.4}
UNKNOWN = {"move-in": 0.1}
OFFERED = DialogueMemory(suggestions=("move-in", "passport"), last_status="clarify")
ONE_OFFERED = DialogueMemory(suggestions=("passport",), last_status="clarify")
ANSWERED = DialogueMemory(last_entry_id="passport", last_status="answered")

ANSWER = Outcome("answered", entry_id="move-in", score=0.9)
ASK_BACK = Outcome("clarify", "did_you_mean", suggestions=(Suggested("move-in", 0.5), Suggested("passport", 0.4)))
WHICH = Outcome("clarify", "which_one", suggestions=(Suggested("move-in", 0.0), Suggested("passport", 0.0)))
ONE_ASKED = Outcome("clarify", "did_you_mean_one", suggestions=(Suggested("passport", 0.5),))
BOTH = Outcome("answered", entry_id="move-in", score=0.9, note="emergency_first")
UNANSWERED = DialogueMemory(last_status="no_answer")
SMALL_TALK = ("greet", "goodbye", "thanks", "help", "cancel", "chitchat", "insult")
STORY = "이사를 왔는데 주소를 어떻게 바꾸는지 모르겠어요 좀 알려 주세요"


def chosen(entry_id: str) -> Outcome:
    return Outcome("answered", entry_id=entry_id, score=1.0)


def turn(text: str = "전입신고", **more: Any) -> Turn:
    given: dict[str, Any] = {"viewer": Viewer(), "confidence": 1.0} | more
    return Turn(text, **given)


@pytest.mark.parametrize(
    ("action", "scores", "the_turn", "outcome"),
    [
        ("action_answer", SURE, turn(), ANSWER),
        ("action_answer", UNSURE, turn(), ASK_BACK),
        ("action_answer", {"passport": 0.5}, turn(), ONE_ASKED),
        ("action_answer", UNKNOWN, turn(), Outcome("no_answer", "no_answer")),
        ("action_answer", {}, turn(""), Outcome("no_answer", "no_answer")),
        # A suggestion that was pressed or named
        ("action_choose_suggestion", {}, turn("", chosen_entry_id="passport"), chosen("passport")),
        ("action_choose_suggestion", {}, turn("", chosen_entry_id="gone"), Outcome("no_answer", "entry_gone")),
        ("action_choose_suggestion", {}, turn("", chosen_entry_id="staff-leave"), Outcome("no_answer", "entry_gone")),
        ("action_choose_suggestion", {}, turn("", chosen_entry_id="old"), Outcome("no_answer", "entry_gone")),
        ("action_choose_suggestion", {}, turn("두 번째 거요", memory=OFFERED), chosen("passport")),
        ("action_choose_suggestion", {}, turn("마지막", memory=OFFERED), chosen("passport")),
        ("action_choose_suggestion", {}, turn("3번", memory=OFFERED), WHICH),
        ("action_choose_suggestion", {}, turn("그거", memory=OFFERED), WHICH),
        ("action_choose_suggestion", SURE, turn("1번"), ANSWER),  # nothing was offered: it's a question
        # Yes and no
        ("action_affirm", {}, turn("네", memory=ONE_OFFERED), chosen("passport")),
        ("action_affirm", {}, turn("네", memory=OFFERED), WHICH),
        ("action_affirm", {}, turn("네", memory=ANSWERED), Outcome("smalltalk", "affirm")),
        ("action_affirm", {}, turn("네"), Outcome("smalltalk", "affirm")),
        ("action_deny", {}, turn("아니요", memory=OFFERED), Outcome("no_answer", "none_of_these")),
        ("action_deny", {}, turn("아니요", memory=ANSWERED), Outcome("no_answer", "none_of_these")),
        ("action_deny", {}, turn("아니요"), Outcome("smalltalk", "deny")),
        # Once more
        ("action_repeat", {}, turn("다시", memory=ANSWERED), chosen("passport")),
        ("action_repeat", {}, turn("다시", memory=OFFERED), WHICH),
        ("action_repeat", {}, turn("다시", memory=UNANSWERED), Outcome("no_answer", "no_answer")),
        ("action_repeat", {}, turn("다시"), Outcome("smalltalk", "nothing_to_repeat")),
        ("action_request_human", SURE, turn("상담원 연결해 주세요 지금 바로요"), Outcome("handoff", "handoff")),
        # Danger that only Rasa heard
        ("action_emergency", UNKNOWN, turn("도와줘", confidence=0.6), Outcome("emergency", "emergency_general")),
        ("action_emergency", SURE, turn("도와줘", confidence=0.99), Outcome("emergency", "emergency_general")),
        ("action_emergency", SURE, turn("도와줘", confidence=0.6), BOTH),
        ("action_emergency", SURE, turn("아이가 아파서 병원 앞에 잠깐 세웠는데 딱지가 왔어요", confidence=0.99), BOTH),
        *((f"action_{name}", SURE, turn("짧은 말"), Outcome("smalltalk", name)) for name in SMALL_TALK),
    ],
)  # fmt: skip
def test_when_rasa_names_an_action_then_this_comes_of_it(
    action: str, scores: dict[str, float], the_turn: Turn, outcome: Outcome
) -> None:
    assert outcome_of(action, the_turn, WrittenAnswers(scores)) == outcome


@pytest.mark.parametrize("action", sorted(RULES))
def test_when_somebody_is_in_danger_then_that_comes_before_every_action(action: str) -> None:
    answers = WrittenAnswers(SURE)
    assert outcome_of(action, turn("남편이 쓰러졌어요"), answers) == Outcome("emergency", "emergency_medical")
    assert outcome_of(action, turn("죽고 싶어요"), answers) == Outcome("emergency", "emergency_suicide")
    assert answers.asked == []


@pytest.mark.parametrize(
    "action", ["action_chitchat", "action_repeat", "action_deny", "action_insult", "action_cancel"]
)
@pytest.mark.parametrize("confidence", [0.3, 0.9])
def test_when_a_story_was_taken_for_something_else_then_its_answer_comes(action: str, confidence: float) -> None:
    assert outcome_of(action, turn(STORY, confidence=confidence), WrittenAnswers(SURE)) == ANSWER
    assert outcome_of(action, turn(STORY, confidence=confidence), WrittenAnswers(UNKNOWN)).status in {
        "smalltalk",
        "no_answer",
    }


@pytest.mark.parametrize(("confidence", "status"), [(0.9, "handoff"), (0.4, "answered")])
def test_when_a_person_is_asked_for_then_only_an_unsure_classifier_is_overruled(confidence: float, status: str) -> None:
    asked = turn("전입신고 때문에 담당자랑 얘기 좀 하고 싶은데요", confidence=confidence)
    assert outcome_of("action_request_human", asked, WrittenAnswers(SURE)).status == status


def test_when_a_suggestion_was_pressed_then_nothing_is_searched() -> None:
    answers = WrittenAnswers(SURE)
    outcome_of("action_choose_suggestion", turn(STORY, chosen_entry_id="passport", confidence=0.1), answers)
    assert answers.asked == []


def test_when_the_action_is_unknown_then_it_is_an_error() -> None:
    with pytest.raises(KeyError):
        outcome_of("action_listen", turn(), WrittenAnswers(SURE))


def test_when_the_knowledge_base_is_down_then_the_error_goes_up() -> None:
    with pytest.raises(KnowledgeError):
        outcome_of("action_answer", turn(), WrittenAnswers(down=True))


def test_when_rasas_domain_names_actions_then_the_policy_knows_exactly_these() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    assert set(domain["actions"]) == set(RULES)


def test_when_rasas_rules_name_an_action_then_the_policy_knows_it() -> None:
    rules = yaml.safe_load((ROOT / "data" / "rules" / "turns.yml").read_text("utf-8"))["rules"]
    named = {step["action"] for rule in rules for step in rule["steps"] if "action" in step}
    assert named <= set(RULES) | {"action_listen"}
    assert len(named) > 10


turns = st.builds(
    Turn,
    text=st.text(max_size=60),
    viewer=st.builds(Viewer, st.sampled_from(["citizen", "staff"]), st.just("city"), st.sampled_from(["ko", "en"])),
    confidence=st.floats(0, 1),
    chosen_entry_id=st.none() | st.sampled_from(["move-in", "staff-leave", "gone"]),
    memory=st.builds(
        DialogueMemory,
        st.lists(st.sampled_from(["move-in", "passport", "staff-leave", "gone"]), max_size=3).map(tuple),
        st.none() | st.sampled_from(["move-in", "staff-leave", "gone"]),
        st.none() | st.sampled_from(STATUSES),
    ),
)
written_scores = st.dictionaries(st.sampled_from(["move-in", "passport", "staff-leave", "old"]), st.floats(0, 1))


@given(st.sampled_from(sorted(RULES)), turns, written_scores)
def test_when_a_turn_is_any_then_its_outcome_can_be_said_and_shows_only_what_the_viewer_may_see(
    action: str, the_turn: Turn, scores: dict[str, float]
) -> None:
    answers = WrittenAnswers(scores)
    outcome = outcome_of(action, the_turn, answers)
    assert outcome.status in STATUSES
    if outcome.entry_id is not None:
        assert answers.find(outcome.entry_id, the_turn.viewer) is not None
    assert (outcome.status == "answered") == (outcome.entry_id is not None)
    for locale in ("ko", "en"):
        sentences = catalogue(locale)
        assert outcome.wording is None or outcome.wording in sentences
        assert outcome.note is None or outcome.note in sentences
    assert outcome.status == "answered" or outcome.wording is not None


@pytest.mark.parametrize("name", ["affirm", "deny", "goodbye", "help", "repeat", "thanks"])
def test_when_a_long_sentence_is_taken_for_a_short_one_and_has_no_answer_then_maru_says_so(name: str) -> None:
    long = turn("홍재찬 산책원 한간 부서졌는데 이걸 어디다 말해야 하나요", confidence=0.7)
    assert outcome_of(f"action_{name}", long, WrittenAnswers(UNKNOWN)) == Outcome("no_answer", "no_answer")
