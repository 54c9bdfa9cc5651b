"""Phrases and the trail come to a database that already keeps conversations, and go again without touching them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import alembic.command
import alembic.config
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from maru.database import MIGRATIONS, Base, migrate, open_engine
from privacy.scrubbed_text import _seal
from privacy.transcripts import TranscriptStore
from tests.postgresql import INSTALLED, a_server

needs_postgresql = pytest.mark.skipif(not INSTALLED, reason="PostgreSQL isn't installed")
NEW = {"training_phrase", "training_phrase_source", "transcript_audit"}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=[needs_postgresql, pytest.mark.slow])])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    if request.param == "sqlite":
        opened = open_engine(f"sqlite:///{tmp_path / 'maru.db'}")
        yield opened
        opened.dispose()
        return
    with a_server() as url:
        opened = open_engine(url)
        yield opened
        opened.dispose()


def move(engine: Engine, revision: str, *, back: bool = False) -> None:
    config = alembic.config.Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (alembic.command.downgrade if back else alembic.command.upgrade)(config, revision)


def test_when_a_database_is_migrated_and_back_then_what_was_kept_stays(engine: Engine) -> None:
    move(engine, "0002")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO consent VALUES ('s', '2026-11-22 03:00:00.000000')"))
    migrate(engine)
    TranscriptStore(engine).record_turn("s", _seal("전입신고", ()), turn_id="t")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    move(engine, "0002", back=True)
    assert not NEW & set(inspect(engine).get_table_names())
    assert [row["turn_id"] for row in TranscriptStore(engine).export()] == ["t"]
