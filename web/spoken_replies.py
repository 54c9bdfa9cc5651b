"""What Maru said last in each conversation, in memory: only that may be read aloud by the server."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.entry import Locale
from web.bounded_sessions import MAX_SESSIONS, BoundedSessions

REPLIES = 8


@dataclass(frozen=True, slots=True)
class SpokenReply:
    """A reply's wording for reading aloud, with its language."""

    turn_id: str
    speech: str
    locale: Locale


class SpokenReplies:
    """The last replies of each session. Bounded in replies and in sessions. Thread-safe."""

    def __init__(self, replies: int = REPLIES, max_sessions: int = MAX_SESSIONS) -> None:
        self._replies = replies
        self._sessions: BoundedSessions[tuple[SpokenReply, ...]] = BoundedSessions((), max_sessions)

    def add(self, session: str, reply: SpokenReply) -> None:
        """Remember a reply."""
        self._sessions.change(session, lambda replies: (*replies, reply)[-self._replies :])

    def find(self, session: str, turn_id: str) -> SpokenReply | None:
        """One of the last replies of a session."""
        return next((reply for reply in self._sessions.of(session) if reply.turn_id == turn_id), None)

    def forget(self, session: str) -> None:
        """Forget a conversation."""
        self._sessions.forget(session)
