from __future__ import annotations

import json
from pathlib import Path

import pytest

from maru.settings import get_settings
from tests.maru.cli.conftest import Maru


def test_when_set_up_then_both_models_are_there(maru: Maru) -> None:
    result = maru("models", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"e5-small": True, "whisper-base": True})
    assert maru("models").stdout.splitlines() == ["e5-small: 있음", "whisper-base: 있음"]


@pytest.mark.slow
def test_when_verified_then_every_byte_is_the_pinned_one(maru: Maru) -> None:
    result = maru("models", "--verify", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"e5-small": True, "whisper-base": True})


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A models folder that is empty."""
    monkeypatch.setenv("MARU_MODELS_DIR", str(tmp_path / "models"))
    get_settings.cache_clear()
    return tmp_path / "models"


def test_when_models_are_missing_then_it_ends_with_1_and_says_what_to_do(maru: Maru, elsewhere: Path) -> None:
    result = maru("models", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, {"e5-small": False, "whisper-base": False})
    assert "make setup" in maru("models").stdout


def test_when_there_is_nothing_to_assemble_from_then_it_is_said_and_nothing_is_made(
    maru: Maru, elsewhere: Path, tmp_path: Path
) -> None:
    result = maru("models", "--source", tmp_path / "wheels", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "모델을 조립하지 못했습니다" in result.stderr
    assert not elsewhere.exists() or list(elsewhere.iterdir()) == []
