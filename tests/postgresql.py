"""A PostgreSQL server of the tests' own, where one is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from maru.database import open_engine

INSTALLED = shutil.which("pg_ctl") is not None and shutil.which("initdb") is not None
ENGINES = [
    "sqlite",
    pytest.param(
        "postgresql", marks=[pytest.mark.skipif(not INSTALLED, reason="PostgreSQL isn't installed"), pytest.mark.slow]
    ),
]
"""Parameters of a fixture that gives an empty database of each kind."""


@contextmanager
def a_server() -> Iterator[str]:
    """The URL of an empty database that is gone afterwards; the server listens on a socket in its folder only."""
    folder = Path(tempfile.mkdtemp(prefix="maru-pg-", dir="/tmp"))  # a socket's path has to be short
    # PostgreSQL refuses to run as root.
    user: list[str] = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"

    def run(*command: str) -> None:
        subprocess.run([*user, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL)

    try:
        run("initdb", "-D", data, "-U", "maru", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://maru@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def emptied(url: str) -> Engine:
    """An engine on the server's database with nothing in it any more."""
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return engine
