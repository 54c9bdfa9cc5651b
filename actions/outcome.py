"""What a turn comes to, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Status = Literal["answered", "clarify", "no_answer", "handoff", "emergency", "smalltalk", "form", "unavailable"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Suggested:
    """An entry that may have been meant, with the probability that it was."""

    entry_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """A status of the closed list (it is also the metric scheme), and ids only: no citizen's word, no published text.

    ``wording`` names a sentence of the locale catalogue for everything that isn't a published answer, ``note`` one that
    stands beside the answer.
    """

    status: Status
    wording: str | None = None
    entry_id: str | None = None
    score: float | None = None
    suggestions: tuple[Suggested, ...] = ()
    note: str | None = None

    def to_message(self) -> dict[str, Any]:
        """The JSON message that travels through Rasa."""
        return {
            "status": self.status,
            "wording": self.wording,
            "entry_id": self.entry_id,
            "score": self.score,
            "suggestions": [[s.entry_id, s.score] for s in self.suggestions],
            "note": self.note,
        }

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> Outcome:
        """Read what ``to_message`` wrote; raises ``ValueError`` for anything else."""
        try:
            status = message["status"]
            suggestions = tuple(Suggested(str(i), float(s)) for i, s in message["suggestions"])
            entry_id, score, wording, note = (message[key] for key in ("entry_id", "score", "wording", "note"))
        except (KeyError, TypeError) as error:
            raise ValueError("not an outcome") from error
        if status not in STATUSES:
            raise ValueError(f"unknown status {status!r}")
        return cls(status, wording, entry_id, None if score is None else float(score), suggestions, note)
