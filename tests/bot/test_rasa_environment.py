"""Runs tests/bot/rasa in Rasa's own environment: Rasa cannot be imported here."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-rasa" / "bin" / "python"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("module", sorted(path.name for path in (Path(__file__).parent / "rasa").glob("test_*.py")))
def test_when_run_in_rasas_environment_then_its_tests_pass(module: str) -> None:
    assert PYTHON.is_file(), f"{PYTHON} is missing; run make setup"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MARU_")}
    done = subprocess.run(
        [str(PYTHON), "-m", "unittest", "discover", "-s", "tests/bot/rasa", "-p", module],
        cwd=ROOT,
        env=inherited,
        capture_output=True,
        text=True,
        timeout=580,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Ran 0 tests" not in done.stderr
