"""The transcript store: keeps scrubbed turns with consent, nothing without, and lets go on request and in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from privacy.scrubbed_text import ScrubbedText, require_scrubbed
from privacy.session_number import session_number
from privacy.tables import (
    AuditRow,
    ConsentRow,
    FeedbackRow,
    TrainingPhraseRow,
    TrainingPhraseSourceRow,
    TranscriptTurnRow,
)

Role = Literal["user", "bot"]
Value = Literal["up", "down"]

_EXPORTED = ("session", "turn_id", "role", "text", "status", "entry_id", "score", "locale", "modality", "intent")


def utc_now() -> datetime:
    """The current moment in UTC."""
    return datetime.now(UTC)


class TranscriptStore:
    """Consent, turns and feedback of conversations over the tables of ``privacy.tables``.

    A phrase for training that is left in fewer than ``min_sessions`` conversations goes with the turn that was one
    too few. ``clock`` gives aware datetimes. Thread-safe as far as the engine is; every call is one transaction.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime] = utc_now,
        *,
        min_sessions: int = 3,
        audit_days: int = 1095,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._min_sessions = min_sessions
        self._audit_days = audit_days

    def set_consent(self, session: str, given: bool) -> None:
        """Note consent, or take it back, which erases what was kept of the session."""
        if not given:
            self.erase(session)
            return
        try:
            with Session(self._engine) as database, database.begin():
                if database.get(ConsentRow, session) is None:
                    database.add(ConsentRow(session=session, given_at=self._clock()))
        except IntegrityError:
            return  # somebody else noted it at the same moment

    def has_consent(self, session: str) -> bool:
        """Whether the session allowed its turns to be kept."""
        with Session(self._engine) as database:
            return database.get(ConsentRow, session) is not None

    def sessions_of(self, number: str) -> list[str]:
        """The sessions with consent that a key, or a number as the page shows it, may mean; seldom more than one."""
        digits = "".join(letter for letter in number if letter.isdecimal())
        with Session(self._engine) as database:
            if database.get(ConsentRow, number) is not None:
                return [number]
            sessions = database.scalars(select(ConsentRow.session)).all()
        return [session for session in sessions if session_number(session).replace("-", "") == digits]

    def record_turn(
        self,
        session: str,
        utterance: ScrubbedText | None,
        *,
        turn_id: str,
        role: Role = "user",
        status: str | None = None,
        entry_id: str | None = None,
        score: float | None = None,
        locale: str = "ko",
        modality: str = "text",
        intent: str | None = None,
    ) -> bool:
        """Keep one turn; whether it was kept.

        Nothing is written without consent or when ``utterance`` is None (the scrubber failed). ``TypeError`` when it
        is anything but a ``ScrubbedText``.
        """
        if utterance is None:
            return False
        scrubbed = require_scrubbed(utterance)
        try:
            with Session(self._engine) as database, database.begin():
                if database.get(ConsentRow, session) is None:
                    return False
                database.add(
                    TranscriptTurnRow(
                        session=session,
                        turn_id=turn_id,
                        role=role,
                        at=self._clock(),
                        text=scrubbed.text,
                        status=status,
                        entry_id=entry_id,
                        score=score,
                        locale=locale,
                        modality=modality,
                        intent=intent,
                    )
                )
        except IntegrityError:
            return False  # consent was taken back at the same moment
        return True

    def record_feedback(self, turn_id: str, value: Value, entry_id: str | None) -> None:
        """Keep a thumb for an answer, the last one of a turn.

        No consent is needed: the row names a published entry and a random turn id, no session and no words.
        ``ValueError`` when ``value`` is neither up nor down.
        """
        if value not in ("up", "down"):
            raise ValueError("feedback is 'up' or 'down'")
        with Session(self._engine) as database, database.begin():
            database.merge(FeedbackRow(turn_id=turn_id, value=value, entry_id=entry_id, at=self._clock()))

    def erase(self, session: str) -> int:
        """Erase consent, turns and the thumbs of those turns; how many turns there were."""
        with Session(self._engine) as database, database.begin():
            turn_ids = select(TranscriptTurnRow.turn_id).where(TranscriptTurnRow.session == session)
            database.execute(delete(FeedbackRow).where(FeedbackRow.turn_id.in_(turn_ids)))
            gone = database.scalars(
                delete(TranscriptTurnRow).where(TranscriptTurnRow.session == session).returning(TranscriptTurnRow.id)
            ).all()
            database.execute(delete(ConsentRow).where(ConsentRow.session == session))
            drop_rare_phrases(database, self._min_sessions)
        self._forget_journal()
        return len(gone)

    def purge(self, older_than_days: int) -> int:
        """Erase turns and thumbs older than so many days, and consents that hold nothing any more; how many turns.

        The trail of exports loses what is older than its own ``audit_days``.
        """
        limit = self._clock() - timedelta(days=older_than_days)
        audit_limit = self._clock() - timedelta(days=self._audit_days)
        with Session(self._engine) as database, database.begin():
            gone = database.scalars(
                delete(TranscriptTurnRow).where(TranscriptTurnRow.at < limit).returning(TranscriptTurnRow.id)
            ).all()
            database.execute(delete(FeedbackRow).where(FeedbackRow.at < limit))
            in_use = select(TranscriptTurnRow.session)
            database.execute(delete(ConsentRow).where(ConsentRow.given_at < limit, ConsentRow.session.not_in(in_use)))
            database.execute(delete(AuditRow).where(AuditRow.at < audit_limit))
            drop_rare_phrases(database, self._min_sessions)
        self._forget_journal()
        return len(gone)

    def export(self) -> Iterator[dict[str, str | float | None]]:
        """Every kept turn as a plain dict, oldest first; ``at`` is ISO 8601 in UTC."""
        with Session(self._engine) as database:
            rows = database.scalars(
                select(TranscriptTurnRow).order_by(TranscriptTurnRow.id).execution_options(yield_per=500)
            )
            for row in rows:
                record: dict[str, str | float | None] = {name: getattr(row, name) for name in _EXPORTED}
                at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
                yield {**record, "at": at.astimezone(UTC).isoformat()}

    def _forget_journal(self) -> None:
        """SQLite's write-ahead log would keep what was erased until its next checkpoint."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def drop_rare_phrases(database: Session, min_sessions: int) -> None:
    """Let go of every phrase that fewer than so many kept conversations hold, whatever was decided about it."""
    held = (
        select(TrainingPhraseSourceRow.phrase)
        .join(TranscriptTurnRow, TranscriptTurnRow.id == TrainingPhraseSourceRow.turn)
        .group_by(TrainingPhraseSourceRow.phrase)
        .having(func.count(TranscriptTurnRow.session.distinct()) >= min_sessions)
    )
    database.execute(delete(TrainingPhraseRow).where(TrainingPhraseRow.id.not_in(held)))
