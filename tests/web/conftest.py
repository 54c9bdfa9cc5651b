from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from maru.database import migrate, open_engine
from maru.settings import Settings
from tests.web.local_rasa import LocalRasa, serving
from web.app import create_app

STAFF_TOKEN = "staff-token-of-this-test"
RASA_SECRET = "rasa-secret-of-this-test"


@pytest.fixture
def local_rasa() -> Iterator[LocalRasa]:
    with serving(LocalRasa()) as local:
        yield local


@pytest.fixture
def app_settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path / "var",
        seed_dir=tmp_path / "no-seeds",
        rasa_secret=SecretStr(RASA_SECRET),
        staff_token=SecretStr(STAFF_TOKEN),
        rasa_port=1,
    )


@pytest.fixture
def app(app_settings: Settings) -> FastAPI:
    """The real application in the moment in which nothing heavy is loaded yet and Rasa isn't there."""
    engine = open_engine(app_settings.app_database_url)
    migrate(engine)
    engine.dispose()
    return create_app(app_settings)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Talks to the application in this process."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://maru") as opened:
        yield opened
    await app.state.rasa.close()
