"""A turn as the actions see it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Protocol

from actions.outcome import Outcome
from knowledge.danger import Danger
from knowledge.decision import Decision
from knowledge.entry import Entry, Viewer


class Answers(Protocol):
    """What the actions need of ``knowledge/``."""

    def search(self, text: str, viewer: Viewer, without: Collection[str] = ()) -> Decision:
        """Which entry answers, or which may be meant, or none; as if the entries ``without`` weren't there."""

    def danger(self, text: str) -> Danger | None:
        """What the meaning of these words tells of a danger now."""

    def find(self, entry_id: str, viewer: Viewer) -> Entry | None:
        """A published entry that this viewer may see."""


@dataclass(frozen=True, slots=True)
class DialogueMemory:
    """What the conversation remembers: ids and a status only.

    ``others`` may be meant where none of ``suggestions`` is; ``refused`` got a no since the last answer.
    """

    suggestions: tuple[str, ...] = ()
    last_entry_id: str | None = None
    last_status: str | None = None
    others: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def is_asking(self) -> bool:
        """Whether Maru has asked which entry is meant, or whether this one is, and still waits for a reply."""
        return bool(self.suggestions)

    def after(self, outcome: Outcome) -> DialogueMemory:
        """The memory once this outcome was given; small talk and a repeat keep what was there.

        A question of Maru's stands for one more turn where its reply wasn't understood.
        """
        if outcome.status == "smalltalk":
            return self
        if outcome.status == "no_answer" and self.last_status == "clarify" and not outcome.refused:
            return replace(self, last_status=outcome.status)
        return DialogueMemory(
            suggestions=tuple(s.entry_id for s in outcome.suggestions),
            last_entry_id=outcome.entry_id or (self.last_entry_id if outcome.status == "clarify" else None),
            last_status=outcome.status,
            others=outcome.others,
            refused=outcome.refused,
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One scrubbed utterance, what Rasa made of it, and who asks."""

    text: str
    viewer: Viewer
    intent: str | None = None
    confidence: float = 0.0
    chosen_entry_id: str | None = None
    memory: DialogueMemory = field(default_factory=DialogueMemory)
    half_heard: bool = False
    """Whether it was spoken and the recogniser isn't sure of the words."""
