"""A database of the first release, with what is in it, becomes one of today."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import alembic.command
import alembic.config
import alembic.op
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from knowledge.store import ChangeReport, FaqStore
from maru.database import MIGRATIONS, Base, migrate, open_engine
from tests.knowledge.entries import an_entry
from tests.postgresql import ENGINES, a_server, emptied

CITY = an_entry("a", valid_until=date(2026, 12, 31), contact="110")
ENGLISH = an_entry("a", locale="en", variants=("moved", "new address"))
MAPO = an_entry("b", agency="mapo", audience="staff", publication="draft", variants=())
ENTRIES = [ENGLISH, CITY, MAPO]


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with a_server() as url:
        yield url


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    if request.param == "sqlite":
        opened = open_engine(f"sqlite:///{tmp_path / 'maru.db'}")
    else:
        opened = emptied(request.getfixturevalue("postgresql"))
    yield opened
    opened.dispose()


def move(engine: Engine, revision: str) -> None:
    config = alembic.config.Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        going = alembic.command.downgrade if revision < current(engine) else alembic.command.upgrade
        going(config, revision)


def current(engine: Engine) -> str:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


@pytest.fixture
def first_release(engine: Engine) -> Engine:
    """The database as the first release left it, with entries, a revision and a vote."""
    move(engine, "0001")
    columns = "entry_id, locale, audience, agency, category, question, answer, contact, valid_until, publication"
    names = [*columns.split(", "), "content_digest", "seed_digest", "updated_at"]
    with engine.begin() as connection:
        for entry in ENTRIES:
            values: dict[str, Any] = {name: getattr(entry, name, None) for name in names}
            values |= {"content_digest": entry.content_digest(), "updated_at": "2026-11-22 03:00:00.000000"}
            values |= {"seed_digest": entry.content_digest() if entry is CITY else None}
            marks = ", ".join(f":{name}" for name in names)
            connection.execute(text(f"INSERT INTO faq_entry ({', '.join(names)}) VALUES ({marks})"), values)
            for position, said in enumerate(entry.variants):
                row = {"entry_id": entry.entry_id, "locale": entry.locale, "position": position, "text": said}
                connection.execute(text("INSERT INTO faq_variant VALUES (:entry_id, :locale, :position, :text)"), row)
        connection.execute(text("INSERT INTO faq_revision VALUES (1, 7)"))
        connection.execute(text("INSERT INTO feedback VALUES ('t', 'up', 'a', '2026-11-22 03:00:00.000000')"))
    return engine


def test_when_a_database_of_the_first_release_is_migrated_then_everything_is_still_there(first_release: Engine) -> None:
    migrate(first_release)
    store = FaqStore(first_release)
    assert store.entries() == ENTRIES
    assert store.revision() == 7
    with first_release.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert connection.execute(text("SELECT entry_id FROM feedback")).scalars().all() == ["a"]
        assert connection.execute(text("SELECT seed_digest FROM faq_entry")).scalars().all().count(None) == 2
    assert not [name for name in inspect(first_release).get_table_names() if name.startswith("old_")]


def test_when_migrated_then_a_seed_still_replaces_what_nobody_edited(first_release: Engine) -> None:
    migrate(first_release)
    store = FaqStore(first_release)
    again = [an_entry("a", answer="새 판의 답"), an_entry("a", locale="en", answer="New answer.")]
    assert store.save(again, seeding=True) == ChangeReport(updated=1, skipped=1)


def test_when_migrated_then_a_district_may_have_its_own_of_a_common_id(first_release: Engine) -> None:
    migrate(first_release)
    store = FaqStore(first_release)
    own = an_entry("a", agency="mapo", answer="마포구의 답", variants=("마포",))
    assert store.save([own]) == ChangeReport(created=1)
    assert store.entries() == [ENGLISH, CITY, own, MAPO]
    assert store.delete(["a"], "mapo") == ChangeReport(deleted=1)
    assert store.entries() == ENTRIES


def test_when_migrated_back_then_the_common_entries_are_kept(first_release: Engine) -> None:
    migrate(first_release)
    store = FaqStore(first_release)
    store.save([an_entry("a", agency="mapo", answer="마포구의 답"), an_entry("c", agency="mapo", variants=("가",))])
    store.save([an_entry("d", agency="mapo", publication="hidden", variants=())])
    move(first_release, "0001")
    with first_release.connect() as connection:
        rows = connection.execute(text("SELECT entry_id, locale, agency FROM faq_entry ORDER BY 1, 2")).all()
        said = connection.execute(text("SELECT count(*) FROM faq_variant WHERE entry_id = 'a'")).scalar()
    assert [tuple(row) for row in rows] == [
        ("a", "en", "city"),
        ("a", "ko", "city"),
        ("b", "ko", "mapo"),
        ("c", "ko", "mapo"),
    ]
    assert said == len(CITY.variants) + len(ENGLISH.variants)
    migrate(first_release)
    assert [e for e in store.entries() if e.entry_id != "c"] == ENTRIES


def test_when_the_migration_breaks_off_halfway_then_nothing_has_changed(
    first_release: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(inspect(first_release).get_table_names())
    create = alembic.op.create_table

    def out_of_space(name: str, *columns: Any) -> Any:
        if name == "faq_variant":
            raise OSError("no space left")
        return create(name, *columns)

    with monkeypatch.context() as broken:
        broken.setattr(alembic.op, "create_table", out_of_space)
        with pytest.raises(OSError, match="no space left"):
            migrate(first_release)
    assert set(inspect(first_release).get_table_names()) == before
    migrate(first_release)
    assert FaqStore(first_release).entries() == ENTRIES


def test_when_several_processes_start_at_once_then_each_finds_the_schema(engine: Engine) -> None:
    failed: list[Exception] = []

    def start() -> None:
        own = open_engine(engine.url.render_as_string(hide_password=False))
        try:
            migrate(own)
        except DatabaseError as error:
            failed.append(error)
        finally:
            own.dispose()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert current(engine) == "0003"
