"""Engine, declarative base and migrations of the app's relational store (SQLite by default, PostgreSQL beyond)."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import alembic.command
import alembic.config
from sqlalchemy import Engine, MetaData, create_engine, event, make_url
from sqlalchemy.orm import DeclarativeBase

MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x6D617275
_ATTEMPTS, _APART_S = 100, 0.1


class Base(DeclarativeBase):
    """Base of every table; the naming convention keeps migrations alike on SQLite and PostgreSQL."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def open_engine(url: str) -> Engine:
    """An engine whose errors never print parameters (they may hold what a citizen said).

    SQLite runs in WAL mode with foreign keys on and waits up to 10 s for a writer; its folder and file are made
    for their owner alone when missing.
    """
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, hide_parameters=True, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        file = Path(parsed.database)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)  # SQLite gives its write-ahead log the same mode
    engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": 10})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        _write_ahead(cursor)
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    return engine


def _write_ahead(cursor: Any) -> None:
    """SQLite doesn't wait its 10 s for this one change where another process is making it."""
    for _attempt in range(_ATTEMPTS):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_APART_S)
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision, wholly or not at all; safe at every start, for several processes."""
    config = alembic.config.Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    alone = "BEGIN IMMEDIATE" if engine.dialect.name == "sqlite" else f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"
    with engine.begin() as connection:
        # Python's SQLite begins a transaction before changes of rows only: tables would be dropped outside of any.
        connection.exec_driver_sql(alone)
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "head")
