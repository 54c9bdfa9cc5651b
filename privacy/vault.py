"""The session vault: originals by placeholder, in process memory, for a short time and for echo only."""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Protocol

from privacy.errors import VaultFull


class Vault(Protocol):
    """What every vault does, in memory or in Redis; ``tests/privacy/vault_conformance.py`` is the suite they pass."""

    def keep(self, session: str, label: str, normal: str, original: str) -> str:
        """Placeholder ``<label_n>`` of a value in this session, the same one for the same ``label`` and ``normal``.

        Keeps the first ``original`` seen under it and renews the session's time to live. ``VaultFull`` when the
        session holds as many values as allowed.
        """
        ...

    def resolve(self, session: str, placeholder: str) -> str | None:
        """The original behind a placeholder of this very session; None once wiped, expired or never known."""
        ...

    def known(self, session: str) -> list[tuple[str, str]]:
        """Placeholder and original of everything that this very session has told so far."""
        ...

    def wipe(self, session: str) -> None:
        """Forget everything of a session, its secret too. Unknown sessions are fine."""
        ...

    def sweep(self) -> int:
        """Forget every expired session; how many they were."""
        ...


@dataclass(slots=True, repr=False)
class _Session:
    expires: float
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    placeholders: dict[bytes, str] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)


class SessionVault:
    """``Vault`` in process memory. Thread-safe; nothing of it is ever written anywhere.

    ``ttl_s`` seconds after its last ``keep`` a session expires (checked at every call, so no timer is needed for
    safety; ``sweep`` frees the memory). Above ``max_sessions`` the one unused for longest goes. ``clock`` is monotonic
    seconds.
    """

    def __init__(
        self,
        *,
        ttl_s: float,
        max_sessions: int = 10_000,
        max_values: int = 500,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ttl_s = ttl_s
        self._max_sessions = max_sessions
        self._max_values = max_values
        self._clock = clock
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"<SessionVault: {len(self._sessions)} sessions>"

    def __len__(self) -> int:
        return len(self._sessions)

    def keep(self, session: str, label: str, normal: str, original: str) -> str:
        with self._lock:
            held = self._open(session)
            fingerprint = hmac.digest(held.secret, f"{label}\0{normal}".encode(), sha256)
            placeholder = held.placeholders.get(fingerprint)
            if placeholder is None:
                if len(held.placeholders) >= self._max_values:
                    raise VaultFull("this session holds too many values")
                held.counters[label] = held.counters.get(label, 0) + 1
                placeholder = f"<{label}_{held.counters[label]}>"
                held.placeholders[fingerprint] = placeholder
                held.originals[placeholder] = original
            return placeholder

    def resolve(self, session: str, placeholder: str) -> str | None:
        with self._lock:
            held = self._living(session)
            return None if held is None else held.originals.get(placeholder)

    def known(self, session: str) -> list[tuple[str, str]]:
        with self._lock:
            held = self._living(session)
            return [] if held is None else list(held.originals.items())

    def wipe(self, session: str) -> None:
        with self._lock:
            self._sessions.pop(session, None)

    def sweep(self) -> int:
        with self._lock:
            now = self._clock()
            expired = [session for session, held in self._sessions.items() if held.expires <= now]
            for session in expired:
                del self._sessions[session]
            return len(expired)

    def _living(self, session: str) -> _Session | None:
        held = self._sessions.get(session)
        if held is not None and held.expires <= self._clock():
            del self._sessions[session]
            return None
        return held

    def _open(self, session: str) -> _Session:
        held = self._living(session)
        if held is None:
            held = self._sessions[session] = _Session(expires=0.0)
        held.expires = self._clock() + self._ttl_s
        self._sessions.move_to_end(session)
        while len(self._sessions) > self._max_sessions:
            self._sessions.popitem(last=False)
        return held
