"""Where the project lies, and the environment that Rasa and TensorFlow read when they are imported."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def quiet_libraries() -> None:
    """No telemetry, no GPU search, no C++ logs, no progress bars, one worker. Call before Rasa is imported."""
    os.environ.update(
        RASA_TELEMETRY_ENABLED="false",
        TF_CPP_MIN_LOG_LEVEL="3",
        CUDA_VISIBLE_DEVICES="-1",
        SANIC_WORKERS="1",
        LOG_LEVEL="WARNING",  # Rasa's progress bars ask this name
        SQLALCHEMY_SILENCE_UBER_WARNING="1",
    )
