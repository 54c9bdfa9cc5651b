from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from privacy.scan.databases import BadDatabase, scan_database, scan_sqlite_rows, sqlite_file
from privacy.scan.scanner import Scanner
from tests.postgresql import INSTALLED, a_server

PHONE = "010-4827-3951"
BYTES = gzip.compress(f"gz {PHONE}".encode())


def scanner() -> Scanner:
    return Scanner([PHONE], patterns=False)


def found(of: Scanner) -> set[tuple[str, str | None, int]]:
    return {(find.place.rpartition(":")[2], find.row, find.offset) for find, _ in of.report.found()}


def test_when_values_stand_in_sqlite_then_table_column_row_and_offset_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute('CREATE TABLE "odd ""name""" (id INTEGER PRIMARY KEY, x, y)')
    connection.execute("CREATE TABLE keyed (k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID")
    rows: list[tuple[int, Any, Any]] = [
        (1, "nothing", None),
        (7, f"tel {PHONE}", json.dumps({"t": "공일공 사팔이칠 삼구오일"})),
        (8, BYTES, 3.5),
        (9, 8210_4827_3951, "x" * 20_000 + PHONE),
        (10, b"\xff\xfe broken", "01048273951"),
    ]
    connection.executemany('INSERT INTO "odd ""name""" VALUES (?, ?, ?)', rows)
    connection.execute("INSERT INTO keyed VALUES ('a', 'b'), ('b', ?)", (PHONE,))
    connection.commit()
    before = {each.name: each.read_bytes() for each in tmp_path.glob("*") if not each.name.endswith("-shm")}
    scan = scanner()
    scan_sqlite_rows(scan, path, "a.db")
    assert found(scan) == {
        ('odd "name".x', "7", 4),
        ('odd "name".y', "7", 7),
        ('odd "name".x!gzip@0', "8", 3),
        ('odd "name".x', "9", 0),
        ('odd "name".y', "9", 20_000),
        ('odd "name".y', "10", 0),
        ("keyed.v", "#2", 0),
    }
    assert scan.report.rows == 7
    assert not scan.report.not_scanned
    assert before == {each.name: each.read_bytes() for each in tmp_path.glob("*") if not each.name.endswith("-shm")}
    connection.close()


def test_when_a_write_ahead_database_is_at_rest_then_the_scan_leaves_no_files_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("INSERT INTO t VALUES (?)", (PHONE,))
    connection.commit()
    connection.close()
    scan = scanner()
    scan_sqlite_rows(scan, path, "a.db")
    assert found(scan) == {("t.x", "1", 0)}
    assert [each.name for each in tmp_path.iterdir()] == ["a.db"]


def test_when_many_small_values_are_looked_at_together_then_none_runs_into_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.executemany("INSERT INTO t VALUES (?)", [("010-4827-",), ("3951",)] * 5000)
    connection.execute("INSERT INTO t VALUES (?)", (PHONE,))
    connection.commit()
    connection.close()
    scan = scanner()
    scan_sqlite_rows(scan, path, "a.db")
    assert found(scan) == {("t.x", "10001", 0)}


def test_when_a_sqlite_file_is_damaged_then_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    scan = scanner()
    scan_sqlite_rows(scan, path, "a.db")
    assert [(each.place, each.reason) for each in scan.report.not_scanned] == [("a.db", "unreadable")]


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    if not INSTALLED:
        pytest.skip("no PostgreSQL is installed")
    with a_server() as url:
        yield url


def test_when_values_stand_in_postgresql_then_table_column_and_row_are_told(postgresql: str) -> None:
    with psycopg.connect(postgresql) as connection:
        connection.execute("CREATE SCHEMA other")
        connection.execute(
            'CREATE TABLE other."T x" (a text, j jsonb, b bytea, l text[], n bigint, v varchar(40), at timestamptz)'
        )
        connection.execute(
            'INSERT INTO other."T x" VALUES (NULL, NULL, NULL, NULL, 1, NULL, now()), (%s, %s, %s, %s, 5, %s, now())',
            [f"tel {PHONE}", json.dumps({"p": PHONE}), BYTES, [PHONE], "01048273951"],
        )
        connection.execute("CREATE TABLE empty (x text)")
        connection.execute(f"CREATE MATERIALIZED VIEW seen AS SELECT '{PHONE}'::text AS x")
    scan = scanner()
    scan_database(scan, postgresql)
    row = "(0,2)"
    assert found(scan) == {
        ("other.T x.a", row, 4),
        ("other.T x.j", row, 7),
        ("other.T x.b!gzip@0", row, 3),
        ("other.T x.l", row, 1),
        ("other.T x.v", row, 0),
        ("public.seen.x", "(0,1)", 0),
    }
    assert (scan.report.rows, list(scan.report.not_scanned)) == (3, [])


@pytest.mark.parametrize(
    "url", ["postgresql://maru:secret-word@127.0.0.1:1/x", "mysql://h/x", "nothing", "postgresql://["]
)
def test_when_a_database_cannot_be_opened_then_the_error_holds_no_password(url: str) -> None:
    with pytest.raises(BadDatabase) as caught:
        scan_database(scanner(), url)
    assert "secret" not in str(caught.value)
    assert caught.value.__context__ is None


def test_when_a_url_names_a_sqlite_file_then_it_is_known(tmp_path: Path) -> None:
    assert sqlite_file(f"sqlite:///{tmp_path}/a.db") == tmp_path / "a.db"
    assert sqlite_file("postgresql://h/x") is None
    with pytest.raises(BadDatabase):
        sqlite_file("sqlite://")
