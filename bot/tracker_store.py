"""Rasa's dialogue state in SQL without a word that anybody said: policies need the intent, nobody needs the text."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from bot.errors import BotError

# Slots and entities that hold identifiers of published entries or a status. Any other one is kept without its value.
KEPT_SLOTS = frozenset({"suggestions", "last_entry_id", "last_status", "others", "refused", "session_started_metadata"})
KEPT_ENTITIES = frozenset({"entry_id"})
# A conversation nobody has touched for a day is over.
KEEP_S = 24 * 3600.0


def without_words(event: Event) -> dict[str, Any]:
    """The event as it may be written: intent, action, kept slots; no user text, no parse data, no bot message."""
    data = dict(event.as_dict())
    kind = data.get("event")
    if kind == "user":
        parsed = data.get("parse_data") or {}
        intent = parsed.get("intent") or {}
        data["text"] = None
        data["parse_data"] = {
            "intent": {"name": intent.get("name"), "confidence": intent.get("confidence")},
            "entities": [
                {"entity": entity["entity"], "value": entity.get("value")}
                for entity in parsed.get("entities") or []
                if entity.get("entity") in KEPT_ENTITIES
            ],
        }
    elif kind == "bot":
        data.update(text=None, data={}, metadata={})
    elif kind == "slot" and data.get("name") not in KEPT_SLOTS:
        data["value"] = None
    data.pop("action_text", None)
    return data


class WordlessTrackerStore(SQLTrackerStore):
    """SQLTrackerStore that writes :func:`without_words` and raises instead of falling back or retrying for ever.

    SQLite runs in WAL mode, is readable by its owner only and overwrites what is deleted. Errors never print
    parameters.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        """``host`` is the SQLAlchemy URL. Raises BotError when the database cannot be used."""
        if not host:
            raise BotError("the tracker store in endpoints.yml has no url")
        TrackerStore.__init__(self, domain, event_broker)
        try:
            self.engine = _open_engine(host)
            _create_tables(self.engine)
        except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
            raise BotError(
                f"Rasa's database cannot be opened ({type(error).__name__}); check MARU_RASA_DATABASE_URL"
            ) from error
        self.sessionmaker = sessionmaker(bind=self.engine)

    @contextlib.contextmanager
    def session_scope(self) -> Generator[Session, None, None]:
        """A session. (Rasa's own ends the whole process on any ValueError inside.)"""
        with self.sessionmaker() as session:
            yield session

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the tracker's new events, wordless, in one transaction."""
        await self.stream_events(tracker)
        with self.session_scope() as session:
            for event in self._additional_events(session, tracker):
                data = without_words(event)
                session.add(
                    self.SQLEvent(
                        sender_id=tracker.sender_id,
                        type_name=event.type_name,
                        timestamp=data.get("timestamp"),
                        intent_name=data.get("parse_data", {}).get("intent", {}).get("name"),
                        action_name=data.get("name"),
                        data=json.dumps(data),
                    )
                )
            session.commit()

    def forget(self, sender_id: str) -> int:
        """Erase a conversation; returns how many events it had."""
        return self._erase(self.SQLEvent.sender_id == sender_id)

    def forget_idle(self, keep_s: float = KEEP_S) -> int:
        """Erase the conversations whose newest event is older than ``keep_s`` seconds; returns how many events."""
        idle = (
            sa.select(self.SQLEvent.sender_id)
            .group_by(self.SQLEvent.sender_id)
            .having(sa.func.max(self.SQLEvent.timestamp) < time.time() - keep_s)
        )
        return self._erase(self.SQLEvent.sender_id.in_(idle))

    def is_reachable(self) -> bool:
        """Whether the events table answers, and, for SQLite, whether its file is still there."""
        if self.engine.dialect.name == "sqlite" and not Path(str(self.engine.url.database)).is_file():
            return False
        try:
            with self.session_scope() as session:
                session.query(self.SQLEvent.id).limit(1).all()
        except SQLAlchemyError:
            return False
        return True

    def _erase(self, condition: Any) -> int:
        with self.session_scope() as session:
            result: Any = session.execute(
                sa.delete(self.SQLEvent).where(condition).execution_options(synchronize_session=False)
            )
            erased = int(result.rowcount)
            session.commit()
            if erased and self.engine.dialect.name == "sqlite":
                session.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return erased


def _open_engine(address: str) -> Engine:
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        # psycopg2 is the driver that lives here, whatever driver the app uses.
        return sa.create_engine(url.set(drivername="postgresql"), hide_parameters=True, pool_pre_ping=True)
    if not url.database or url.database == ":memory:":
        raise BotError("Rasa's database must be a file or PostgreSQL; in memory, conversations are lost")
    os.close(os.open(url.database, os.O_RDWR | os.O_CREAT, 0o600))
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=2,
        connect_args={"timeout": 10, "check_same_thread": False},
    )

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _create_tables(engine: Engine) -> None:
    metadata = SQLTrackerStore.Base.metadata
    try:
        metadata.create_all(engine)
    except (sa.exc.ProgrammingError, sa.exc.IntegrityError):
        # Another Rasa has just made them; if it has not, this raises again.
        metadata.create_all(engine)
