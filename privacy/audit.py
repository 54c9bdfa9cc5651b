"""Who took kept conversations out and who erased one, for the city to look up. Rows hold no words and no session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from privacy.tables import AuditRow

Action = Literal["export", "erase"]
Purpose = Literal["everything", "training", "request"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act. ``rows`` counts turns or phrases, ``sha256`` is that of the file written; ``who`` is of the staff."""

    action: Action
    purpose: Purpose
    who: str
    rows: int
    format: str | None = None
    sha256: str | None = None


class AuditTrail:
    """The acts, oldest first; changed by nobody, gone in time (``TranscriptStore.purge``).

    ``clock`` gives aware datetimes.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._clock = clock

    def record(self, entry: AuditEntry) -> None:
        """Note an act."""
        with Session(self._engine) as database, database.begin():
            database.add(
                AuditRow(
                    at=self._clock(),
                    action=entry.action,
                    who=entry.who[:64],
                    purpose=entry.purpose,
                    format=entry.format,
                    rows=entry.rows,
                    sha256=entry.sha256,
                )
            )

    def entries(self) -> Iterator[dict[str, str | int | None]]:
        """Every act as a plain dict; ``at`` is ISO 8601 in UTC."""
        with Session(self._engine) as database:
            for row in database.scalars(select(AuditRow).order_by(AuditRow.id)):
                at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
                yield {
                    "at": at.astimezone(UTC).isoformat(),
                    "action": row.action,
                    "who": row.who,
                    "purpose": row.purpose,
                    "format": row.format,
                    "rows": row.rows,
                    "sha256": row.sha256,
                }
