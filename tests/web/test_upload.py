"""A recording stays in memory, however large."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from maru.settings import Settings
from web.app import create_app


def test_when_a_large_recording_is_uploaded_then_no_temporary_file_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Any] = []
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", lambda spooled: written.append(spooled))
    app = create_app(Settings(_env_file=None, data_dir=tmp_path))
    client = TestClient(app)  # without its start: nothing is loaded, and the upload is read all the same
    session = app.state.tokens.issue("citizen", "ko")
    response = client.post(
        "/api/v1/voice",
        files={"audio": ("speech.wav", b"\0" * 9_000_000)},
        headers={"X-Maru-Session": session.token},
    )
    assert response.json()["error"]["code"] == "speech_unavailable"
    assert written == []
