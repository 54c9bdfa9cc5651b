"""A supervisor in a process of its own, with small stand-ins for app and Rasa."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from maru.settings import ROOT

PROGRAM = Path(__file__).parent / "programs" / "supervise.py"


class Supervised:
    """A running supervisor and the lines it has shown."""

    def __init__(self, task: str, folder: Path, port: int = 0, **environment: str) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), task, str(folder), str(port)],
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def until(self, pattern: str, count: int = 1, timeout_s: float = 40) -> re.Match[str]:
        """The ``count``-th line that holds the pattern, waited for."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            found = [match for line in list(self.lines) if (match := re.search(pattern, line))]
            if len(found) >= count:
                return found[count - 1]
            time.sleep(0.02)
        raise AssertionError(f"{pattern!r} didn't come; shown so far:\n" + "\n".join(self.lines))

    def pids(self) -> list[int]:
        """Of every child it said it has started."""
        return [int(match[1]) for line in list(self.lines) if (match := re.search(r"프로세스 (\d+)", line))]

    def end(self) -> int:
        """The exit status, once it has ended and all its lines are read."""
        code = self.process.wait(40)
        self._reader.join(10)
        return code

    def log(self, name: str) -> str:
        return (self.folder / "var" / "log" / f"{name}.log").read_text("utf-8")

    def clean_up(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        self._reader.join(10)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _read(self) -> None:
        if self.process.stdout is not None:
            self.lines.extend(iter(_each_line(self.process.stdout.readline)))


def _each_line(readline: Callable[[], str]) -> Iterator[str]:
    while line := readline():
        yield line.rstrip("\n")


def _alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def gone() -> Callable[[int], bool]:
    """Whether a process ends within five seconds."""

    def wait(pid: int) -> bool:
        deadline = time.monotonic() + 5
        while _alive(pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        return not _alive(pid)

    return wait


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a space and Hangul in its name; inside, a checkout with what Rasa is trained from."""
    folder = tmp_path / "빈 칸"
    (folder / "checkout" / "data" / "nlu").mkdir(parents=True)
    (folder / "checkout" / "config.yml").write_text("pipeline: []\n", "utf-8")
    return folder


@pytest.fixture
def supervise(folder: Path) -> Iterator[Callable[..., Supervised]]:
    """Starts supervisors over ``folder`` and ends what is left of them."""
    started: list[Supervised] = []

    def start(task: str = "run", port: int = 0, **environment: str) -> Supervised:
        started.append(Supervised(task, folder, port, **environment))
        return started[-1]

    yield start
    for supervised in started:
        supervised.clean_up()
