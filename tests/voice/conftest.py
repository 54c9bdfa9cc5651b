"""Recordings, settings and the real recogniser for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from maru.settings import ROOT, Settings
from voice.audio import AudioLimits
from voice.whisper_recognizer import WhisperRecognizer

FIXTURES = ROOT / "tests" / "fixtures" / "audio"
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def limits() -> AudioLimits:
    return AudioLimits(max_bytes=10_000_000, max_seconds=60.0)


@pytest.fixture(scope="session")
def clips() -> Path:
    """Our own spoken questions (see NOTE.md there)."""
    return FIXTURES


@pytest.fixture(scope="session")
def shared_clips() -> Path:
    """Human and synthetic Korean speech that nobody in this project recorded."""
    folder = SHARED / "speech-clips"
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent: the evaluation data lies beside the checkout")
    return folder


@pytest.fixture(scope="session")
def whisper() -> WhisperRecognizer:
    """The real model, as the settings name it."""
    return WhisperRecognizer.load(Settings())
