from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import alembic.command
import alembic.config
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

import knowledge.tables
import privacy.tables  # noqa: F401  (its tables belong to the metadata)
from maru.database import MIGRATIONS, Base, migrate, open_engine

TABLES = {
    *("faq_entry", "faq_variant", "faq_revision", "consent", "transcript_turn", "feedback"),
    *("training_phrase", "training_phrase_source", "transcript_audit"),
}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{tmp_path / '새 폴더' / 'var' / 'maru.db'}")
    yield opened
    opened.dispose()


def tables_of(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("secure_delete", 1), ("synchronous", 1)]
)
def test_when_sqlite_is_opened_then_it_is_set_up(engine: Engine, pragma: str, value: object) -> None:
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_when_the_file_is_made_then_it_is_for_its_owner_alone(engine: Engine, tmp_path: Path) -> None:
    migrate(engine)
    folder = tmp_path / "새 폴더" / "var"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()}
    assert modes == {"maru.db": "0o600", "maru.db-wal": "0o600", "maru.db-shm": "0o600"}


def test_when_a_statement_fails_then_its_parameters_are_not_shown(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(OperationalError) as raised:
        connection.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "홍가상 010-0000-1234"})
    assert "홍가상" not in str(raised.value)
    assert "010-0000-1234" not in repr(raised.value)


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("postgresql://maru:secret@db.invalid/maru", "postgresql+psycopg"),
        ("postgresql+psycopg://maru@db.invalid/maru", "postgresql+psycopg"),
    ],
)
def test_when_postgresql_is_named_then_its_own_driver_is_used_and_parameters_stay_hidden(url: str, driver: str) -> None:
    engine = open_engine(url)
    assert engine.url.drivername == driver
    assert engine.hide_parameters
    assert "secret" not in repr(engine)


def test_when_sqlite_lies_in_memory_then_no_file_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = open_engine("sqlite://")
    migrate(engine)
    engine.dispose()
    assert list(tmp_path.iterdir()) == []


def test_when_migrated_then_the_tables_are_those_of_the_models(engine: Engine) -> None:
    migrate(engine)
    assert tables_of(engine) == TABLES == set(Base.metadata.tables)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_when_migrated_again_then_what_is_there_stays(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO faq_revision VALUES (1, 7)"))
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT revision FROM faq_revision")).scalar() == 7


def test_when_migrated_down_then_nothing_is_left_and_up_again_works(engine: Engine) -> None:
    migrate(engine)
    config = alembic.config.Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.downgrade(config, "base")
    assert tables_of(engine) == set()
    migrate(engine)
    assert tables_of(engine) == TABLES


def test_when_a_variant_has_no_entry_then_the_database_refuses_it(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text("INSERT INTO faq_variant VALUES ('none', 'city', 'ko', 0, 'x')"))


def test_when_a_value_cant_be_stored_then_the_error_hides_it(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection, pytest.raises((StatementError, UnicodeEncodeError)) as raised:
        connection.execute(text("INSERT INTO faq_variant VALUES (:a, 'city', 'ko', 0, 'x')"), {"a": object()})
    assert "object object" not in str(raised.value)
    assert knowledge.tables.VariantRow.__tablename__ == "faq_variant"
