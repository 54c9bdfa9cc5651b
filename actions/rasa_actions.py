"""The policy's rules as rasa-sdk actions, in one executor that the app serves to Rasa."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.policy import RULES, outcome_of
from actions.turn import Answers, DialogueMemory, Turn
from knowledge.entry import Viewer

HALF_HEARD = "half_heard"
"""The modality of a spoken turn of which the recogniser isn't sure."""


class TurnAction(Action):  # type: ignore[misc]  # rasa-sdk ships no types
    """One named action: reads the tracker, asks the policy, answers with ids and remembers them in slots."""

    def __init__(self, action: str, answers: Answers) -> None:
        self._action = action
        self._answers = answers

    def name(self) -> str:
        return self._action

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        turn = turn_of(tracker)
        outcome = await asyncio.to_thread(outcome_of, self._action, turn, self._answers)
        dispatcher.utter_message(json_message=outcome.to_message())
        memory = turn.memory.after(outcome)
        return [
            SlotSet("suggestions", list(memory.suggestions)),
            SlotSet("last_entry_id", memory.last_entry_id),
            SlotSet("last_status", memory.last_status),
            SlotSet("others", list(memory.others)),
            SlotSet("refused", list(memory.refused)),
        ]


def make_executor(answers: Answers) -> ActionExecutor:
    """An executor that knows every action of the domain."""
    executor = ActionExecutor()
    for action in RULES:
        executor.register_action(TurnAction(action, answers))
    return executor


def turn_of(tracker: Tracker) -> Turn:
    """The turn that Rasa's tracker describes; its text was scrubbed before Rasa saw it."""
    message: Mapping[str, Any] = tracker.latest_message or {}
    metadata: Mapping[str, Any] = message.get("metadata") or {}
    intent: Mapping[str, Any] = message.get("intent") or {}
    chosen = next((e["value"] for e in message.get("entities") or [] if e.get("entity") == "entry_id"), None)
    return Turn(
        text="" if chosen else str(message.get("text") or ""),
        viewer=Viewer(
            audience="staff" if metadata.get("audience") == "staff" else "citizen",
            agency=str(metadata.get("agency") or Viewer().agency),
            locale="en" if metadata.get("locale") == "en" else "ko",
        ),
        intent=intent.get("name"),
        confidence=float(intent.get("confidence") or 0.0),
        chosen_entry_id=chosen,
        half_heard=metadata.get("modality") == HALF_HEARD,
        memory=DialogueMemory(
            suggestions=tuple(tracker.get_slot("suggestions") or ()),
            last_entry_id=tracker.get_slot("last_entry_id"),
            last_status=tracker.get_slot("last_status"),
            others=tuple(tracker.get_slot("others") or ()),
            refused=tuple(tracker.get_slot("refused") or ()),
        ),
    )
