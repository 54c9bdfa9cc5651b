"""One line a step: ``[2/4] 앱 환경 … 완료 (12.3초)``."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import Iterator, TextIO


class Step:
    """The line of one step; notes go below it, indented."""

    def __init__(self, head: str, out: TextIO) -> None:
        self._out = out
        self._noted = False
        self.outcome = "그대로"
        self._write(f"{head} … ")

    def note(self, text: str) -> None:
        """Say what is being done now; a step that says something has changed something."""
        self.outcome = "완료"
        self.remark(text)

    def remark(self, text: str) -> None:
        """Say something without claiming that anything changed."""
        self._write(f"{'' if self._noted else chr(10)}      · {text}\n")
        self._noted = True

    def close(self, outcome: str, seconds: float) -> None:
        self._write(f"{'      ' if self._noted else ''}{outcome} ({seconds:.1f}초)\n")

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


class Progress:
    """Numbers the steps of one set-up."""

    def __init__(self, total: int, out: TextIO | None = None) -> None:
        self._total = total
        self._done = 0
        self._out = out or sys.stdout

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """Print the step's head, then how it ended and after how long."""
        self._done += 1
        started = time.monotonic()
        step = Step(f"[{self._done}/{self._total}] {title}", self._out)
        try:
            yield step
        except BaseException:
            step.close("실패", time.monotonic() - started)
            raise
        step.close(step.outcome, time.monotonic() - started)
