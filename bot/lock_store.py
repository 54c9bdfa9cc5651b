"""Turns of one conversation one after the other, within this process."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore


class PromptLockStore(InMemoryLockStore):
    """Looks every 20 ms whether the turn before is done; Rasa's own looks once a second."""

    def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 0.02,
    ) -> AbstractAsyncContextManager[TicketLock]:
        """A context manager that waits for its ticket. Raises LockError when the lock has expired."""
        return super().lock(conversation_id, lock_lifetime, wait_time_in_seconds)
