"""Something small for each conversation, in this process only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

MAX_SESSIONS = 10_000

T = TypeVar("T")


class BoundedSessions(Generic[T]):
    """A value by session key. Above ``max_sessions`` the conversation unused for longest is forgotten. Thread-safe."""

    def __init__(self, empty: T, max_sessions: int = MAX_SESSIONS) -> None:
        """``empty`` is what an unknown session has; values are replaced, never changed."""
        self._empty = empty
        self._max_sessions = max_sessions
        self._sessions: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def of(self, session: str) -> T:
        """The session's value."""
        with self._lock:
            return self._sessions.get(session, self._empty)

    def change(self, session: str, change: Callable[[T], T]) -> None:
        """Replace the session's value by what ``change`` makes of it."""
        with self._lock:
            self._sessions[session] = change(self._sessions.get(session, self._empty))
            self._sessions.move_to_end(session)
            while len(self._sessions) > self._max_sessions:
                self._sessions.popitem(last=False)

    def forget(self, session: str) -> None:
        """Forget a conversation."""
        with self._lock:
            self._sessions.pop(session, None)
