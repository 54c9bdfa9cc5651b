"""The real app in a process of its own, without Rasa: turns are answered from the knowledge base alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from maru.settings import ROOT
from maru.supervisor.listening import free_port

_READY_S = 900.0


@contextmanager
def running_app(data_dir: Path, database_url: str, log: Path) -> Iterator[str]:
    """The URL of an app over a data folder and a database, ready to search; it ends with the block."""
    port = free_port()
    environment = {
        **os.environ,
        "MARU_DATA_DIR": str(data_dir),
        "MARU_DATABASE_URL": database_url,
        "MARU_SEED_DIR": str(data_dir / "no-seeds"),
        "MARU_PORT": str(port),
        "MARU_RASA_PORT": str(free_port()),
    }
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "web.serve"], cwd=ROOT, env=environment, stdout=stream, stderr=subprocess.STDOUT
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_it_searches(url, process, log)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_it_searches(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _READY_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"the app ended:\n{log.read_text('utf-8')}")
        try:
            parts = httpx.get(f"{url}/api/v1/ready", timeout=5.0, trust_env=False).json()["parts"]
            if all(loaded for name, loaded in parts.items() if name != "rasa"):
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    sys.exit(f"the app wasn't ready in {_READY_S:.0f} s:\n{log.read_text('utf-8')}")
