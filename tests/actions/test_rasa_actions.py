from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor

from actions.outcome import Outcome
from actions.policy import RULES
from actions.rasa_actions import make_executor, turn_of
from knowledge.entry import Viewer
from tests.actions.doubles import WrittenAnswers

SLOTS: dict[str, Any] = {
    "suggestions": None,
    "last_entry_id": None,
    "last_status": None,
    "others": None,
    "refused": None,
}

NOTHING_OPEN: dict[str, Any] = {"suggestions": [], "others": [], "refused": []}


def call(action: str, text: str = "전입신고", *, slots: dict[str, Any] | None = None, **message: Any) -> dict[str, Any]:
    """A call as Rasa 3.6 sends it."""
    latest = {
        "text": text,
        "intent": {"name": "ask_faq", "confidence": 0.98},
        "entities": [],
        "metadata": {"audience": "citizen", "locale": "ko", "agency": "city", "session": "s"},
        "message_id": "m",
    } | message
    return {
        "next_action": action,
        "sender_id": "s",
        "tracker": {
            "sender_id": "s",
            "slots": SLOTS | (slots or {}),
            "latest_message": latest,
            "latest_event_time": 1.0,
            "followup_action": None,
            "paused": False,
            "events": [],
            "latest_input_channel": "maru",
            "active_loop": {},
            "latest_action_name": "action_listen",
            "latest_action": {"action_name": "action_listen"},
        },
        "domain": {"actions": sorted(RULES)},
        "version": "3.6.21",
    }


@pytest.fixture
def executor() -> ActionExecutor:
    return make_executor(WrittenAnswers({"move-in": 0.5, "passport": 0.4}))


async def run(executor: ActionExecutor, **what: Any) -> tuple[Outcome, dict[str, Any]]:
    """The outcome and the slots that come back."""
    result = await executor.run(call(**what))
    assert result is not None
    answer = result.model_dump()
    [response] = answer["responses"]
    assert response["text"] is None
    slots = {event["name"]: event["value"] for event in answer["events"]}
    assert {event["event"] for event in answer["events"]} == {"slot"}
    assert set(slots) == set(SLOTS)
    return Outcome.from_message(response["custom"]), slots


async def test_when_rasa_calls_then_ids_come_back_and_are_remembered(executor: ActionExecutor) -> None:
    outcome, slots = await run(executor, action="action_answer")
    assert outcome.status == "clarify"
    assert [s.entry_id for s in outcome.suggestions] == ["move-in", "passport"]
    assert slots == {
        "suggestions": ["move-in", "passport"],
        "last_entry_id": None,
        "last_status": "clarify",
        "others": [],
        "refused": [],
    }


async def test_when_a_suggestion_is_named_in_the_next_turn_then_the_slots_say_which(executor: ActionExecutor) -> None:
    slots = {"suggestions": ["move-in", "passport"], "last_status": "clarify"}
    outcome, after = await run(executor, action="action_choose_suggestion", text="두 번째 거요", slots=slots)
    assert outcome == Outcome("answered", entry_id="passport", score=1.0)
    assert after == NOTHING_OPEN | {"last_entry_id": "passport", "last_status": "answered"}


async def test_when_a_confirmation_gets_a_no_then_the_slots_say_what_is_likely_next(executor: ActionExecutor) -> None:
    slots = {"suggestions": ["passport"], "last_status": "clarify", "others": ["move-in", "move-out"]}
    outcome, after = await run(executor, action="action_deny", text="아니 그거 말고", slots=slots)
    assert [s.entry_id for s in outcome.suggestions] == ["move-in", "move-out"]
    assert after["refused"] == ["passport"]
    outcome, after = await run(executor, action="action_deny", text="아니요", slots=after)
    assert outcome.status == "handoff"
    assert after == NOTHING_OPEN | {"last_entry_id": None, "last_status": "handoff"}


async def test_when_a_suggestion_was_pressed_then_its_entity_is_the_choice(executor: ActionExecutor) -> None:
    entities = [{"entity": "entry_id", "value": "passport"}]
    outcome, _slots = await run(executor, action="action_choose_suggestion", text="/choose", entities=entities)
    assert outcome.entry_id == "passport"


async def test_when_anything_is_answered_then_no_word_of_the_citizen_goes_back(executor: ActionExecutor) -> None:
    for action in sorted(RULES):
        result = await executor.run(call(action, "은행나무가 쓰러질 것 같은데요 표식어"))
        assert "표식어" not in str(result)


@pytest.mark.parametrize("action", sorted(RULES))
async def test_when_any_action_of_the_domain_is_called_then_it_answers(executor: ActionExecutor, action: str) -> None:
    outcome, _slots = await run(executor, action=action, text="네")
    assert outcome.status


@pytest.mark.parametrize(
    ("message", "viewer"),
    [
        ({"metadata": {"audience": "staff", "locale": "en", "agency": "mapo"}}, Viewer("staff", "mapo", "en")),
        ({"metadata": {"audience": "STAFF", "locale": "fr", "agency": ""}}, Viewer()),
        ({"metadata": {"audience": ["staff"]}}, Viewer()),
        ({"metadata": {}}, Viewer()),
        ({"metadata": None}, Viewer()),
    ],
)
def test_when_metadata_is_incomplete_or_odd_then_the_viewer_is_a_citizen(
    message: dict[str, Any], viewer: Viewer
) -> None:
    from rasa_sdk import Tracker

    assert turn_of(Tracker.from_dict(call("action_answer", **message)["tracker"])).viewer == viewer


def test_when_a_tracker_is_empty_then_the_turn_is_too() -> None:
    from rasa_sdk import Tracker

    tracker = call("action_answer")["tracker"]
    tracker["latest_message"] = {}
    turn = turn_of(Tracker.from_dict(tracker))
    assert (turn.text, turn.intent, turn.confidence, turn.viewer, turn.memory.suggestions) == (
        "",
        None,
        0.0,
        Viewer(),
        (),
    )
