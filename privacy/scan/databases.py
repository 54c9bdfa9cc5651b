"""Every row of a database, read only: each value of every table of SQLite or PostgreSQL."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from privacy.scan.archives import begins_like_an_archive
from privacy.scan.scanner import Scanner, Spot

_BETWEEN = b"\n\x00\xff\x00\n"
"""Stands between values that are looked at together; no number or encoding runs across it."""
_TOGETHER = 1 << 20
_ROWS = 500
_SHORTEST = 4
_WRITE_AHEAD = 2


class BadDatabase(Exception):
    """The URL is none, or nothing answers there. The message holds neither password nor data."""


def is_sqlite(head: bytes) -> bool:
    """Whether a file begins as SQLite's do."""
    return head.startswith(b"SQLite format 3\0")


def sqlite_file(url: str) -> Path | None:
    """The file of a ``sqlite:///`` URL, None for another kind of database. Raises ``BadDatabase``."""
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    if not parsed.database or parsed.database == ":memory:":
        raise BadDatabase("no file")
    return Path(parsed.database)


def scan_database(scanner: Scanner, url: str) -> None:
    """Scan every row of a PostgreSQL database. Raises ``BadDatabase``."""
    parsed = _parsed(url)
    if parsed.get_backend_name() != "postgresql":
        raise BadDatabase("neither sqlite nor postgresql")
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    reason = ""
    try:
        with psycopg.connect(plain, options="-c default_transaction_read_only=on", connect_timeout=10) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            for schema, table, columns in _postgresql_tables(connection):
                place = f"{schema}.{table}"
                try:
                    with connection.transaction():
                        _Values(scanner, place).scan(_postgresql_rows(connection, schema, table, columns))
                except psycopg.Error:
                    scanner.report.miss(place, "unreadable")
    except psycopg.Error as error:
        reason = type(error).__name__
    if reason:
        raise BadDatabase(reason)  # outside the handler: its chain would show the URL


def scan_sqlite_rows(scanner: Scanner, file: Path, place: str) -> None:
    """Scan every row of a SQLite file; its raw bytes are another matter."""
    try:
        connection = sqlite3.connect(_read_only(file), uri=True, timeout=10)
    except (sqlite3.Error, OSError):
        scanner.report.miss(place, "unreadable")
        return
    connection.text_factory = bytes
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for (table,) in tables:
            _scan_sqlite_table(scanner, connection, table.decode("utf-8", "replace"), place)
    except sqlite3.Error:
        scanner.report.miss(place, "unreadable")
    finally:
        connection.close()


def _scan_sqlite_table(scanner: Scanner, connection: sqlite3.Connection, table: str, place: str) -> None:
    where = f"{place}:{table}"
    name = '"' + table.replace('"', '""') + '"'
    try:
        try:
            cursor = connection.execute(f"SELECT rowid, * FROM {name}")  # noqa: S608 - a quoted name
            rows: Iterator[tuple[str, list[Any]]] = ((str(row[0]), list(row[1:])) for row in cursor)
            columns = [each[0] for each in cursor.description[1:]]
        except sqlite3.OperationalError:  # WITHOUT ROWID, or a module that isn't there
            cursor = connection.execute(f"SELECT * FROM {name}")  # noqa: S608
            rows = ((f"#{number}", list(row)) for number, row in enumerate(cursor, start=1))
            columns = [each[0] for each in cursor.description]
        _Values(scanner, where).scan((row, zip(columns, values, strict=True)) for row, values in rows)
    except sqlite3.Error:
        scanner.report.miss(where, "unreadable")


def _read_only(file: Path) -> str:
    """A URI that neither writes nor leaves files behind: SQLite would make a ``-shm`` for a write-ahead database."""
    with file.open("rb") as stream:
        head = stream.read(20)
    quiet = head[18:19] == bytes([_WRITE_AHEAD]) and not Path(f"{file}-wal").exists()
    return f"file:{quote(str(file.absolute()))}?{'immutable=1' if quiet else 'mode=ro'}"


def _postgresql_tables(connection: psycopg.Connection[Any]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    rows = connection.execute(
        """
        SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attnum),
               array_agg(format_type(a.atttypid, NULL) ORDER BY a.attnum)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        GROUP BY 1, 2 ORDER BY 1, 2
        """
    ).fetchall()
    return [(schema, table, list(zip(names, types, strict=True))) for schema, table, names, types in rows]


def _postgresql_rows(
    connection: psycopg.Connection[Any], schema: str, table: str, columns: list[tuple[str, str]]
) -> Iterator[tuple[str, Any]]:
    values = [
        sql.Identifier(name) if kind == "bytea" else sql.SQL("{}::text").format(sql.Identifier(name))
        for name, kind in columns
    ]
    query = sql.SQL("SELECT ctid::text, {} FROM {}").format(sql.SQL(", ").join(values), sql.Identifier(schema, table))
    with connection.cursor(name="maru_scan") as cursor:
        cursor.itersize = _ROWS
        cursor.execute(query)
        for row in cursor:
            yield row[0], [(name, value) for (name, _kind), value in zip(columns, row[1:], strict=True)]


class _Values:
    """Gathers the values of a table's columns, so that small ones are looked at together."""

    def __init__(self, scanner: Scanner, place: str) -> None:
        self._scanner = scanner
        self._place = place
        self._gathered: dict[str, tuple[bytearray, list[int], list[str]]] = {}

    def scan(self, rows: Iterator[tuple[str, Any]]) -> None:
        for row, values in rows:
            self._scanner.report.rows += 1
            for column, value in values:
                if (data := _as_bytes(value)) is not None:
                    self._take(column, row, data)
        for column in self._gathered:
            self._look(column)

    def _take(self, column: str, row: str, data: bytes) -> None:
        if len(data) < _SHORTEST:
            return
        if begins_like_an_archive(data):  # judged by its own size
            place = f"{self._place}.{column}"
            self._scanner.scan_bytes(data, lambda offset: Spot(place, row, offset), place)
            return
        gathered, starts, names = self._gathered.setdefault(column, (bytearray(), [], []))
        starts.append(len(gathered))
        names.append(row)
        gathered += data + _BETWEEN
        if len(gathered) >= _TOGETHER:
            self._look(column)
            self._gathered[column] = (bytearray(), [], [])

    def _look(self, column: str) -> None:
        gathered, starts, names = self._gathered[column]
        place = f"{self._place}.{column}"

        def spot(offset: int) -> Spot:
            index = max(bisect_right(starts, offset) - 1, 0)
            return Spot(place, names[index], offset - starts[index])

        if gathered:
            self._scanner.scan_bytes(bytes(gathered), spot, place)


def _as_bytes(value: object) -> bytes | None:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    return str(value).encode() if isinstance(value, int) else None


def _parsed(url: str) -> Any:
    parsed = None
    with suppress(ArgumentError, ValueError):
        parsed = make_url(url)
    if parsed is None:
        raise BadDatabase("no URL")  # outside the handler: its chain would show the URL
    return parsed
