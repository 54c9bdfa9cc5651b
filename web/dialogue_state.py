"""Where each conversation stands, in this process: what was offered, for turns without Rasa, and failures in a row."""

from __future__ import annotations

from dataclasses import dataclass, field

from actions.attempts import failed_after
from actions.outcome import Outcome
from actions.turn import DialogueMemory


@dataclass(frozen=True, slots=True)
class DialogueState:
    """Ids and a count: nothing that anybody said."""

    memory: DialogueMemory = field(default_factory=DialogueMemory)
    failed: int = 0

    def after(self, outcome: Outcome) -> DialogueState:
        """The state once this outcome was given."""
        return DialogueState(self.memory.after(outcome), failed_after(outcome, self.failed))
