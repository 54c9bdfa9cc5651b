from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from actions.outcome import STATUSES, Outcome, Suggested
from actions.policy import RULES, outcome_of
from actions.turn import DialogueMemory, Turn
from actions.wording import catalogue
from knowledge.danger import Danger
from knowledge.entry import Viewer
from knowledge.errors import KnowledgeError
from maru.settings import ROOT
from tests.actions.doubles import CITIZEN, WrittenAnswers

SURE = {"move-in": 0.9, "passport": 0.1}
UNSURE = {"move-in": 0.5, "passport": 0.4}
UNKNOWN = {"move-in": 0.1}
OFFERED = DialogueMemory(suggestions=("move-in", "passport"), last_status="clarify")
ONE_OFFERED = DialogueMemory(suggestions=("passport",), last_status="clarify")
ASKED_ABOUT_ONE = replace(ONE_OFFERED, others=("move-in", "second", "third"))
ANSWERED = DialogueMemory(last_entry_id="passport", last_status="answered")

ANSWER = Outcome("answered", entry_id="move-in", score=0.9, others=("passport",))
ASK_BACK = Outcome("clarify", "did_you_mean", suggestions=(Suggested("move-in", 0.5), Suggested("passport", 0.4)))
WHICH = Outcome("clarify", "which_one", suggestions=(Suggested("move-in", 0.0), Suggested("passport", 0.0)))
ONE_ASKED = Outcome("clarify", "confirm", suggestions=(Suggested("passport", 0.5),))
NOTHING = Outcome("no_answer", "no_answer", category=CITIZEN.category)
BOTH = replace(ANSWER, note="emergency_first")
NONE_OF_BOTH = Outcome("no_answer", "none_of_these", refused=("move-in", "passport"))
NONE_OF_THIS = replace(NONE_OF_BOTH, refused=("passport",))
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
        ("action_answer", UNKNOWN, turn(), NOTHING),
        ("action_answer", UNKNOWN, turn("제 신청 결과 나왔어요?"), replace(NOTHING, wording="own_case")),
        ("action_answer", {"move-in": 0.01}, turn(), Outcome("no_answer", "no_answer")),  # too far away for a field
        ("action_answer", SURE, turn("그 밖의 질문", memory=OFFERED), NONE_OF_BOTH),
        ("action_chitchat", SURE, turn("None of these", memory=OFFERED), NONE_OF_BOTH),
        ("action_answer", SURE, turn("그 밖의 질문"), Outcome("no_answer", "none_of_these")),
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
        ("action_deny", {}, turn("아니요", memory=OFFERED), NONE_OF_BOTH),
        ("action_deny", {}, turn("아니요", memory=ANSWERED), NONE_OF_THIS),
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
    assert outcome_of(f"action_{name}", long, WrittenAnswers(UNKNOWN)) == NOTHING


SURE_DANGER, LIKELY_DANGER = Danger("medical", sure=True), Danger("suicide", sure=False)
FIRST = Outcome("emergency", "emergency_medical")


@pytest.mark.parametrize(
    ("action", "scores", "danger", "confidence", "outcome"),
    [
        ("action_answer", SURE, SURE_DANGER, 1.0, FIRST),
        ("action_answer", UNKNOWN, LIKELY_DANGER, 1.0, Outcome("emergency", "emergency_suicide")),
        ("action_answer", UNSURE, LIKELY_DANGER, 1.0, Outcome("emergency", "emergency_suicide")),
        ("action_answer", SURE, LIKELY_DANGER, 1.0, BOTH),  # a clear answer, and beside it whom to call first
        ("action_emergency", SURE, LIKELY_DANGER, 0.6, Outcome("emergency", "emergency_suicide")),  # Rasa heard it too
        ("action_thanks", {}, SURE_DANGER, 0.5, FIRST),
        ("action_thanks", {}, SURE_DANGER, 1.0, Outcome("smalltalk", "thanks")),
        ("action_thanks", {}, LIKELY_DANGER, 0.5, Outcome("smalltalk", "thanks")),
    ],
)
def test_when_only_the_meaning_tells_of_danger_then_it_goes_first_as_far_as_it_is_sure(
    action: str, scores: dict[str, float], danger: Danger, confidence: float, outcome: Outcome
) -> None:
    asked = turn("할멈이 아까부터", confidence=confidence)
    assert outcome_of(action, asked, WrittenAnswers(scores, danger=danger)) == outcome


def test_when_a_long_story_may_tell_of_danger_and_is_clearly_answered_then_both_are_said() -> None:
    told = turn("다리가 성치 않아서 보건소꺼정은 못 나가요 누가 집에 와서 혈압을 재 주우", confidence=0.8)
    assert outcome_of("action_emergency", told, WrittenAnswers(SURE, danger=LIKELY_DANGER)) == BOTH


def test_when_a_suggestion_was_pressed_then_no_danger_is_looked_for() -> None:
    pressed = turn("", chosen_entry_id="passport")
    answers = WrittenAnswers(danger=SURE_DANGER)
    assert outcome_of("action_choose_suggestion", pressed, answers) == chosen("passport")


def test_when_the_knowledge_base_is_down_then_words_of_danger_and_small_talk_still_work() -> None:
    down = WrittenAnswers(down=True)
    assert outcome_of("action_answer", turn("남편이 쓰러졌어요"), down) == FIRST
    assert outcome_of("action_thanks", turn("고마워요", confidence=0.5), down) == Outcome("smalltalk", "thanks")


OTHERS = Outcome(
    "clarify",
    "others_meant",
    suggestions=tuple(Suggested(entry_id, 0.0) for entry_id in ("move-in", "second", "third")),
    refused=("passport",),
)
CONFIRM_AGAIN = Outcome("clarify", "confirm", suggestions=(Suggested("passport", 0.0),), others=ASKED_ABOUT_ONE.others)


@pytest.mark.parametrize("action", ["action_affirm", "action_deny", "action_answer", "action_chitchat"])
@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("응", chosen("passport")),
        ("네, 맞아요.", chosen("passport")),
        ("그거예요", chosen("passport")),
        ("아니 그거 말고", OTHERS),
        ("틀렸어", OTHERS),
        ("다 아니에요", OTHERS),
        ("다른 질문", OTHERS),
    ],
)
def test_when_one_entry_is_asked_about_then_yes_and_no_count_whatever_rasa_took_them_for(
    action: str, text: str, outcome: Outcome
) -> None:
    assert outcome_of(action, turn(text, memory=ASKED_ABOUT_ONE), WrittenAnswers(SURE)) == outcome


@pytest.mark.parametrize("text", ["응", "어", "그래", "맞아요", "아니", "틀렸어", "아니 그거 말고"])
def test_when_nothing_is_asked_then_yes_and_no_are_what_rasa_takes_them_for(text: str) -> None:
    assert outcome_of("action_affirm", turn(text), WrittenAnswers(SURE)) == Outcome("smalltalk", "affirm")
    assert outcome_of("action_deny", turn(text), WrittenAnswers(SURE)) == Outcome("smalltalk", "deny")


@pytest.mark.parametrize("text", ["그게 아니고", "아니요", "그 밖의 질문"])
def test_when_a_second_no_comes_then_a_person_is_offered(text: str) -> None:
    answers = WrittenAnswers(UNSURE)
    for first in (OTHERS, NONE_OF_THIS):
        after = ASKED_ABOUT_ONE.after(first)
        outcome = outcome_of("action_deny", turn(text, memory=after), answers)
        assert outcome == Outcome("handoff", "refused_again")
        assert not after.after(outcome).refused


def test_when_no_other_entry_is_likely_then_other_words_are_asked_for() -> None:
    assert outcome_of("action_deny", turn("아니", memory=ONE_OFFERED), WrittenAnswers()) == NONE_OF_THIS


def test_when_one_other_entry_is_likely_then_it_alone_is_asked_about() -> None:
    asked = replace(ONE_OFFERED, others=("move-in",))
    outcome = outcome_of("action_answer", turn("아니요", memory=asked), WrittenAnswers())
    assert outcome == Outcome("clarify", "confirm", suggestions=(Suggested("move-in", 0.0),), refused=("passport",))


@pytest.mark.parametrize("memory", [ASKED_ABOUT_ONE, ANSWERED])
def test_when_something_else_is_named_behind_a_no_then_it_is_looked_for_without_what_was_refused(
    memory: DialogueMemory,
) -> None:
    answers = WrittenAnswers({"passport": 0.9, "move-in": 0.4})
    outcome = outcome_of("action_deny", turn("아니 그거 말고 전입이요", memory=memory), answers)
    assert answers.asked == [("전입이요", Viewer())]
    assert outcome.suggestions == (Suggested("move-in", 0.4),)
    assert outcome.refused == ("passport",)


def test_when_a_place_in_the_list_is_named_behind_a_no_then_that_one_is_meant() -> None:
    assert outcome_of("action_deny", turn("아니 두 번째 거요", memory=OFFERED), WrittenAnswers()) == chosen("passport")


def test_when_an_answer_came_then_a_mere_no_in_front_of_a_question_refuses_nothing() -> None:
    answers = WrittenAnswers({"passport": 0.9})
    asked = turn("아니 그럼 여권 서류는요", memory=ANSWERED)
    assert outcome_of("action_answer", asked, answers).entry_id == "passport"


def test_when_a_question_comes_instead_of_yes_or_no_then_it_is_a_question() -> None:
    assert outcome_of("action_answer", turn("전입신고요", memory=ASKED_ABOUT_ONE), WrittenAnswers(SURE)) == ANSWER


@pytest.mark.parametrize(
    ("scores", "status", "entry_ids"),
    [
        ({"passport": 0.5, "move-in": 0.4}, "clarify", ["move-in"]),  # not asked about a second time
        ({"passport": 0.9, "move-in": 0.1}, "answered", []),  # the words are clear now
        ({"passport": 0.5}, "no_answer", []),
    ],
)
def test_when_an_entry_was_refused_then_only_a_clear_question_brings_it_back(
    scores: dict[str, float], status: str, entry_ids: list[str]
) -> None:
    refused = DialogueMemory(last_status="no_answer", refused=("passport",))
    outcome = outcome_of("action_answer", turn(memory=refused), WrittenAnswers(scores))
    assert (outcome.status, [s.entry_id for s in outcome.suggestions]) == (status, entry_ids)
    assert outcome.refused == (("passport",) if status == "clarify" else ())


def test_when_one_entry_is_asked_about_then_it_can_be_heard_again() -> None:
    asked = turn("다시", memory=replace(ASKED_ABOUT_ONE, last_entry_id="move-in"))
    assert outcome_of("action_repeat", asked, WrittenAnswers()) == CONFIRM_AGAIN


def test_when_the_reply_to_a_confirmation_isnt_understood_then_yes_and_no_count_in_the_next_turn() -> None:
    answers = WrittenAnswers(UNKNOWN)
    unclear = outcome_of("action_answer", turn("내에", memory=ASKED_ABOUT_ONE), answers)
    assert unclear.status == "no_answer"
    after = ASKED_ABOUT_ONE.after(unclear)
    assert outcome_of("action_affirm", turn("네", memory=after), answers) == chosen("passport")
    assert outcome_of("action_deny", turn("아니요", memory=after), answers) == OTHERS


@pytest.mark.parametrize(
    ("half_heard", "confidence", "score", "status"),
    [
        (False, 0.6, 0.9, "answered"),
        (False, 0.6, 0.4, "clarify"),
        (False, 0.6, 0.1, "smalltalk"),
        (False, 0.99, 0.9, "smalltalk"),
        (True, 0.6, 0.1, "no_answer"),
        (True, 0.99, 0.1, "smalltalk"),
    ],
)
@pytest.mark.parametrize("name", SMALL_TALK)
def test_when_a_word_alone_is_taken_for_small_talk_then_it_is_looked_for_first(
    name: str, half_heard: bool, confidence: float, score: float, status: str
) -> None:
    asked = turn("아이돌봄", intent=name, confidence=confidence, half_heard=half_heard)
    assert outcome_of(f"action_{name}", asked, WrittenAnswers({"move-in": score})).status == status
