"""Waiting for the FAQ to change: told at once by PostgreSQL, looked for at short intervals on SQLite."""

from __future__ import annotations

import threading
import time
from typing import Protocol

import psycopg
import structlog
from sqlalchemy import Engine

from knowledge.store import CHANGES

_LOG = structlog.get_logger("maru.knowledge")
_LOOK_ANYWAY_S = 5.0  # a connection may die without anybody noticing
_STOPPED_WITHIN_S = 0.2


class ChangeWatch(Protocol):
    """Tells when it is time to look at the store's revision."""

    def wait(self) -> None:
        """Return when the store may have changed, or has to be looked at anyway; at once when stopped."""

    def close(self) -> None:
        """Give up what is held; called by the thread that waited."""


def watch_changes(engine: Engine, interval_s: float, stop: threading.Event) -> ChangeWatch:
    """The watch that fits the database; ``interval_s`` is how often to look where nobody tells."""
    if engine.dialect.name == "postgresql":
        return Listening(engine, interval_s, stop)
    return Looking(interval_s, stop)


class Looking:
    """Time to look every ``interval_s`` seconds."""

    def __init__(self, interval_s: float, stop: threading.Event) -> None:
        self._interval_s = interval_s
        self._stop = stop

    def wait(self) -> None:
        """One interval, or less when stopped."""
        self._stop.wait(self._interval_s)

    def close(self) -> None:
        """Nothing is held."""


class Listening:
    """PostgreSQL's LISTEN on a connection of its own; without one, looks every ``interval_s`` seconds as on SQLite."""

    def __init__(self, engine: Engine, interval_s: float, stop: threading.Event) -> None:
        self._engine = engine
        self._interval_s = interval_s
        self._stop = stop
        self._connection: psycopg.Connection | None = None

    def wait(self) -> None:
        """Until a change is told, some seconds have passed, or it is stopped; at once after (re)connecting."""
        try:
            if self._connection is None:
                self._connection = self._listen()
                return  # what changed before isn't told
            self._hear(self._connection)
        except psycopg.Error as error:
            _LOG.warning("changes_not_told", error=type(error).__name__)
            self.close()
            self._stop.wait(self._interval_s)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _listen(self) -> psycopg.Connection:
        arguments, parameters = self._engine.dialect.create_connect_args(self._engine.url)
        connection = psycopg.connect(*arguments, **parameters, autocommit=True)
        connection.execute(f"LISTEN {CHANGES}".encode())
        return connection

    def _hear(self, connection: psycopg.Connection) -> None:
        deadline = time.monotonic() + _LOOK_ANYWAY_S
        while not self._stop.is_set() and time.monotonic() < deadline:
            if any(connection.notifies(timeout=_STOPPED_WITHIN_S, stop_after=1)):
                return
