"""What a turn comes to, before it is put into words."""

from __future__ import annotations

import math
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
    stands beside the answer. ``category`` is that of a question which nothing answers: it decides whom to call.
    ``others`` are the next likely entries, not shown yet; ``refused`` those that the person has said no to so far.
    """

    status: Status
    wording: str | None = None
    entry_id: str | None = None
    score: float | None = None
    suggestions: tuple[Suggested, ...] = ()
    note: str | None = None
    category: str | None = None
    others: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def to_message(self) -> dict[str, Any]:
        """The JSON message that travels through Rasa."""
        return {
            "status": self.status,
            "wording": self.wording,
            "entry_id": self.entry_id,
            "score": self.score,
            "suggestions": [[s.entry_id, s.score] for s in self.suggestions],
            "note": self.note,
            "category": self.category,
            "others": list(self.others),
            "refused": list(self.refused),
        }

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> Outcome:
        """Read what ``to_message`` wrote; raises ``ValueError`` for anything else."""
        try:
            outcome = cls(
                status=message["status"],
                wording=_text(message["wording"]),
                entry_id=_text(message["entry_id"]),
                score=None if message["score"] is None else _number(message["score"]),
                suggestions=tuple(Suggested(str(i), _number(s)) for i, s in message["suggestions"]),
                note=_text(message["note"]),
                category=_text(message["category"]),
                others=_ids(message["others"]),
                refused=_ids(message["refused"]),
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise ValueError("not an outcome") from error
        if outcome.status not in STATUSES:
            raise ValueError("not an outcome: unknown status")
        return outcome


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError("a text is needed")


def _ids(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise TypeError("a list of ids is needed")


def _number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("a finite number is needed")
    return number
