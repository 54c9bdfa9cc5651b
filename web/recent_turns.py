"""The last scrubbed turns of each conversation, in memory: a number may be told over several of them."""

from __future__ import annotations

from privacy.scrubbed_text import ScrubbedText, require_scrubbed
from web.bounded_sessions import MAX_SESSIONS, BoundedSessions

TURNS = 4


class RecentTurns:
    """Bounded in turns and in sessions. Thread-safe."""

    def __init__(self, turns: int = TURNS, max_sessions: int = MAX_SESSIONS) -> None:
        self._turns = turns
        self._sessions: BoundedSessions[tuple[str, ...]] = BoundedSessions((), max_sessions)

    def of(self, session: str) -> list[str]:
        """The last scrubbed turns, oldest first."""
        return list(self._sessions.of(session))

    def add(self, session: str, utterance: ScrubbedText) -> None:
        """Remember a turn; ``TypeError`` for anything that the scrubber didn't make."""
        text = require_scrubbed(utterance).text
        self._sessions.change(session, lambda turns: (*turns, text)[-self._turns :])

    def forget(self, session: str) -> None:
        """Forget a conversation."""
        self._sessions.forget(session)
