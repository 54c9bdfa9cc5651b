"""The one place where time and identifiers come from; tests put another clock in."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

KOREA = timezone(timedelta(hours=9), "KST")


class Clock(Protocol):
    """Where the rest of Maru asks what time it is."""

    def now(self) -> datetime:
        """The current moment, timezone-aware, UTC."""

    def today(self) -> date:
        """The current day in Korea: an entry's validity is counted by it."""

    def monotonic(self) -> float:
        """Seconds that never go back, for time-outs and time to live."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now(KOREA).date()

    def monotonic(self) -> float:
        return time.monotonic()


def new_identifier() -> str:
    """An unguessable identifier (192 bits, URL-safe, 32 characters) for a session or a turn."""
    return secrets.token_urlsafe(24)
