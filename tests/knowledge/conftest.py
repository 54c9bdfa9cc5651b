from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.entry import Entry
from knowledge.files.seeds import read_seeds
from knowledge.store import FaqStore
from maru.database import migrate, open_engine
from maru.settings import ROOT


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to copy."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def engine(empty_database: Path, tmp_path: Path) -> Iterator[Engine]:
    """A real SQLite file with Maru's schema."""
    shutil.copy(empty_database, tmp_path / "maru.db")
    opened = open_engine(f"sqlite:///{tmp_path / 'maru.db'}")
    yield opened
    opened.dispose()


@pytest.fixture
def store(engine: Engine) -> FaqStore:
    return FaqStore(engine)


@pytest.fixture(scope="session")
def seeds() -> list[Entry]:
    """Every entry that ships with Maru."""
    return read_seeds(ROOT / "data" / "faq")


@pytest.fixture(scope="session")
def sample(seeds: list[Entry]) -> list[Entry]:
    """A dozen of the shipped entries, of both audiences and languages."""
    wanted = {
        "resident-move-in-report",
        "resident-deungbon-chobon-difference",
        "passport-lost",
        "waste-bulky",
        "welfare-emergency",
    }
    chosen = [entry for entry in seeds if entry.entry_id in wanted]
    for audience, locale, count in (("citizen", "ko", 4), ("staff", "ko", 3), ("citizen", "en", 2)):
        more = [e for e in seeds if (e.audience, e.locale) == (audience, locale) and e not in chosen]
        chosen += more[:: max(1, len(more) // count)][:count]
    return chosen
