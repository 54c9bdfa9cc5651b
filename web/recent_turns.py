"""The last scrubbed turns of each conversation, in memory: a number may be told over several of them."""

from __future__ import annotations

from collections import OrderedDict, deque
from threading import Lock

from privacy.scrubbed_text import ScrubbedText, require_scrubbed

TURNS = 2
MAX_SESSIONS = 10_000


class RecentTurns:
    """Bounded: above ``MAX_SESSIONS`` conversations the one unused for longest is forgotten. Thread-safe."""

    def __init__(self, turns: int = TURNS, max_sessions: int = MAX_SESSIONS) -> None:
        self._turns = turns
        self._max_sessions = max_sessions
        self._sessions: OrderedDict[str, deque[str]] = OrderedDict()
        self._lock = Lock()

    def of(self, session: str) -> list[str]:
        """The last scrubbed turns, oldest first."""
        with self._lock:
            return list(self._sessions.get(session, ()))

    def add(self, session: str, utterance: ScrubbedText) -> None:
        """Remember a turn; ``TypeError`` for anything that the scrubber didn't make."""
        text = require_scrubbed(utterance).text
        with self._lock:
            self._sessions.setdefault(session, deque(maxlen=self._turns)).append(text)
            self._sessions.move_to_end(session)
            while len(self._sessions) > self._max_sessions:
                self._sessions.popitem(last=False)

    def forget(self, session: str) -> None:
        """Forget a conversation."""
        with self._lock:
            self._sessions.pop(session, None)
