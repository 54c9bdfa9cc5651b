from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from knowledge import change_watch
from knowledge.change_watch import Listening, Looking, watch_changes
from knowledge.store import FaqStore
from maru.database import migrate, open_engine
from tests import postgresql
from tests.knowledge.entries import an_entry


@pytest.fixture(scope="module")
def server() -> Iterator[Engine]:
    """A real PostgreSQL with Maru's schema."""
    if not postgresql.INSTALLED:
        pytest.skip("PostgreSQL isn't installed")
    with postgresql.a_server() as url:
        opened = open_engine(url)
        migrate(opened)
        yield opened
        opened.dispose()


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


def waited(watch: Listening | Looking) -> float:
    started = time.monotonic()
    watch.wait()
    return time.monotonic() - started


def test_when_the_database_is_sqlite_then_it_is_looked_at_in_intervals(engine: Engine, stop: threading.Event) -> None:
    watch = watch_changes(engine, 0.05, stop)
    assert isinstance(watch, Looking)
    assert waited(watch) > 0.04
    stop.set()
    assert waited(Looking(60.0, stop)) < 1
    watch.close()


def test_when_another_process_commits_a_change_then_postgresql_tells_at_once(
    server: Engine, stop: threading.Event
) -> None:
    watch = watch_changes(server, 60.0, stop)
    assert isinstance(watch, Listening)
    watch.wait()  # connects, and says to look
    store = FaqStore(server)
    for answer in ("하나", "둘"):
        threading.Timer(0.3, store.save, [[an_entry("told", answer=answer)]]).start()
        assert 0.2 < waited(watch) < 3
    store.save([an_entry("told", answer="셋")])  # before anybody waits
    assert waited(watch) < 1
    watch.close()


def test_when_nothing_changed_then_nothing_is_told_but_it_is_looked_at_anyway(
    server: Engine, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FaqStore(server)
    store.save([an_entry("same")])
    monkeypatch.setattr(change_watch, "_LOOK_ANYWAY_S", 1.0)
    watch = Listening(server, 60.0, stop)
    watch.wait()
    store.save([an_entry("same")])
    assert waited(watch) >= 1.0
    watch.close()


def test_when_the_connection_breaks_then_it_is_looked_at_in_intervals_and_connected_again(
    server: Engine, stop: threading.Event
) -> None:
    watch = Listening(server, 0.05, stop)
    watch.wait()
    with server.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"))
    assert waited(watch) < 3  # notices
    assert waited(watch) < 3  # connects again
    threading.Timer(0.3, FaqStore(server).save, [[an_entry("after-the-break")]]).start()
    assert 0.2 < waited(watch) < 3
    watch.close()


def test_when_it_is_stopped_while_it_listens_then_it_returns_soon(server: Engine, stop: threading.Event) -> None:
    watch = Listening(server, 60.0, stop)
    watch.wait()
    threading.Timer(0.1, stop.set).start()
    assert waited(watch) < 2
    watch.close()


def test_when_entries_were_read_before_then_only_changed_ones_are_read_again(server: Engine) -> None:
    store = FaqStore(server)
    store.delete(["kept", "edited", "gone", "new", "told", "same", "after-the-break"])
    store.save([an_entry(entry_id) for entry_id in ("kept", "edited", "gone")])
    before, _ = store.published_after(None)
    edited = replace(an_entry("edited"), answer="새 답")
    store.save([edited, an_entry("new")])
    store.delete(["gone"])
    after, report = store.published_after(before)
    assert (report.created, report.updated, report.deleted, report.skipped) == (1, 1, 1, 1)
    assert [e.entry_id for e in after.entries.values()] == ["edited", "kept", "new"]
    assert after.entries[edited.key] == edited
    kept = an_entry("kept").key
    assert after.entries[kept] is before.entries[kept]
    assert after.revision == store.revision()
