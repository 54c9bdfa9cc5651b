"""A child process that ends with us, however we end."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maru.supervisor.process_log import ProcessLog

GRACE_S = 10.0
_PR_SET_PDEATHSIG = 1
# Looked up before any fork: between fork and exec nothing may be imported.
_PRCTL = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


@dataclass(frozen=True)
class Command:
    """What to start: ``name`` is how people call it."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    folder: Path


class Child:
    """One run of a command, leading its own process group; its output goes to the log line by line."""

    def __init__(self, process: asyncio.subprocess.Process, log: ProcessLog) -> None:
        self._process = process
        self._pump = asyncio.create_task(self._copy_output(log))

    @classmethod
    async def start(cls, command: Command, log: ProcessLog) -> Child:
        """Start it. Raises OSError when the program can't be run."""
        process = await asyncio.create_subprocess_exec(
            *command.arguments,
            cwd=command.folder,
            env=dict(command.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            # Its own session: Ctrl-C in the terminal reaches only us, and we stop it in order.
            start_new_session=True,
            preexec_fn=_end_with_parent(os.getpid()),
        )
        return cls(process, log)

    @property
    def pid(self) -> int:
        return self._process.pid

    async def wait(self) -> int:
        """Its exit code (negative: the signal that ended it), once it has ended and all it printed is in the log."""
        code = await self._process.wait()
        self.kill()  # whatever it has left behind in its group
        await asyncio.wait([self._pump])  # not the task itself: who waits may be cancelled, it must not
        return code

    async def stop(self, grace_s: float = GRACE_S) -> None:
        """SIGTERM, and SIGKILL to what is still there after ``grace_s``."""
        if self._process.returncode is None:
            self._signal(signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), grace_s)
        self.kill()
        await self.wait()

    def kill(self) -> None:
        """SIGKILL to the whole group, at once."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)

    async def _copy_output(self, log: ProcessLog) -> None:
        output = self._process.stdout
        if output is None:
            raise ValueError("the process was started without a pipe")
        rest = b""
        while chunk := await output.read(65536):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > 65536:
                lines, rest = [*lines, rest], b""
            _write(log, lines)
        if rest:
            _write(log, [rest])


def _write(log: ProcessLog, lines: list[bytes]) -> None:
    """A full disk must not stop the reading: the child would block on its next word."""
    with contextlib.suppress(OSError):
        for line in lines:
            log.write(line + b"\n")


def _end_with_parent(parent: int) -> Callable[[], None] | None:
    """What the child does before it becomes the program: ask the kernel for SIGKILL when we are gone.

    The signal comes when the *thread* that forked ends; asyncio forks in the loop's thread, which here is the main one.
    """
    prctl = _PRCTL
    if prctl is None:
        return None

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # gone already, before we could ask
            os._exit(1)

    return ask
