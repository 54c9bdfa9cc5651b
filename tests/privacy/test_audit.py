from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from maru.database import migrate, open_engine
from privacy.audit import AuditEntry, AuditTrail
from privacy.tables import AuditRow
from privacy.transcripts import TranscriptStore

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'maru.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def test_when_something_is_taken_out_then_who_and_how_much_is_written_down(engine: Engine) -> None:
    trail = AuditTrail(engine, lambda: START)
    entry = AuditEntry(action="export", purpose="training", who="김" * 99, rows=7, format="rasa", sha256="ab")
    trail.record(entry)
    assert list(trail.entries()) == [
        {
            "at": "2026-01-01T00:00:00+00:00",
            "action": "export",
            "who": "김" * 64,
            "purpose": "training",
            "format": "rasa",
            "rows": 7,
            "sha256": "ab",
        }
    ]


def test_when_an_act_is_very_old_then_it_is_forgotten_at_its_own_time(engine: Engine) -> None:
    for days in (0, 20):
        AuditTrail(engine, lambda days=days: START + timedelta(days=days)).record(  # type: ignore[misc]
            AuditEntry(action="erase", purpose="request", who="a", rows=days)
        )
    store = TranscriptStore(engine, lambda: START + timedelta(days=31), audit_days=30)
    store.purge(1)
    assert [row["rows"] for row in AuditTrail(engine).entries()] == [20]


def test_when_the_trail_is_kept_then_its_table_has_no_place_for_words_or_sessions() -> None:
    assert set(AuditRow.__table__.columns.keys()) == {
        *("id", "at", "action", "who", "purpose", "format", "rows", "sha256"),
    }
