from __future__ import annotations

from pathlib import Path

import pytest

from bot.environment import read_app_access, read_server_environment
from bot.errors import BotError

SECRET = "fictional-secret-0001"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.setenv("MARU_RASA_SECRET", SECRET)
    monkeypatch.setenv("MARU_APP_URL", "http://127.0.0.1:8000")
    monkeypatch.setenv("MARU_RASA_HOST", "127.0.0.1")
    monkeypatch.setenv("MARU_RASA_PORT", "0")
    monkeypatch.setenv("MARU_RASA_DATABASE_URL", f"sqlite:///{tmp_path}/rasa.db")
    return monkeypatch


def test_when_everything_is_set_then_it_is_read_and_the_secret_is_not_shown(environment: pytest.MonkeyPatch) -> None:
    read = read_server_environment()
    assert (read.host, read.port, read.app.url, read.app.secret) == ("127.0.0.1", 0, "http://127.0.0.1:8000", SECRET)
    assert SECRET not in repr(read)
    assert "rasa.db" not in repr(read)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MARU_RASA_SECRET", ""),
        ("MARU_RASA_SECRET", "short"),
        ("MARU_RASA_SECRET", "has a space in the middle"),
        ("MARU_APP_URL", ""),
        ("MARU_APP_URL", "http://127.0.0.1:8000/"),
        ("MARU_APP_URL", "http://user:password@127.0.0.1:8000"),
        ("MARU_APP_URL", "127.0.0.1:8000"),
        ("MARU_RASA_PORT", "70000"),
        ("MARU_RASA_PORT", "http"),
        ("MARU_RASA_DATABASE_URL", ""),
        ("MARU_RASA_DATABASE_URL", "sqlite:///relative.db"),
        ("MARU_RASA_DATABASE_URL", "sqlite:////no/such/folder/rasa.db"),
        ("MARU_RASA_DATABASE_URL", "sqlite://"),
        ("MARU_RASA_DATABASE_URL", "mysql://localhost/rasa"),
    ],
)
def test_when_a_value_is_missing_or_wrong_then_the_error_names_it(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(BotError, match=name):
        read_server_environment()


def test_when_only_training_then_no_database_is_needed(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("MARU_RASA_DATABASE_URL")
    assert read_app_access().url == "http://127.0.0.1:8000"
