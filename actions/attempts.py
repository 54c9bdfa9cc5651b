"""How a failed attempt is worded: kindly at first, then with another way to ask, never the same twice in a row."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from actions.outcome import Outcome

# What is said at the first failure in a row, and in turns from the second on.
_WORDINGS: Final[dict[str, tuple[str, str, str]]] = {
    "not_heard": ("not_heard", "not_heard_again", "not_heard_still"),
    "not_understood": ("not_understood", "not_understood_again", "not_understood_still"),
    "no_answer": ("no_answer", "no_answer_again", "no_answer_still"),
}
# A spoken question that nothing answers may be one that was misheard, unless the recogniser is this sure: then four
# of five transcripts have fewer than one wrong character in seven (docs/decisions/010-heard-to-meant.md).
WELL_HEARD = 0.65
# After these, the person has got somewhere.
_PROGRESS: Final = frozenset({"answered", "clarify", "handoff", "emergency", "form"})


def worded(outcome: Outcome, failed: int, confidence: float | None = None) -> Outcome:
    """The outcome with its wording for somebody who has failed ``failed`` times in a row.

    ``confidence`` (0..1) is the recogniser's, None for what was typed.
    """
    wording = outcome.wording or ""
    if wording == "no_answer" and confidence is not None and confidence < WELL_HEARD:
        wording = "not_understood"
    if outcome.status != "no_answer" or wording not in _WORDINGS:
        return outcome
    first, *later = _WORDINGS[wording]
    return replace(outcome, wording=later[(failed - 1) % len(later)] if failed else first)


def failed_after(outcome: Outcome, failed: int) -> int:
    """How many attempts in a row have failed once this outcome was given; small talk between them doesn't count."""
    if outcome.status in _PROGRESS:
        return 0
    return failed + 1 if outcome.status == "no_answer" else failed
