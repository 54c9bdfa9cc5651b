"""Keeps processes running, says what happens to them, and knows all that live."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from maru.supervisor import messages
from maru.supervisor.child import GRACE_S, Child, Command
from maru.supervisor.errors import GaveUpError
from maru.supervisor.process_log import ProcessLog
from maru.supervisor.restart_policy import RestartPolicy

Say = Callable[[str], None]


class Keeper:
    """Starts commands; what they print goes to ``<log folder>/<log name>.log``."""

    def __init__(
        self,
        log_folder: Path,
        say: Say,
        policy: Callable[[], RestartPolicy] = RestartPolicy,
        grace_s: float = GRACE_S,
    ) -> None:
        self.log_folder = log_folder
        self._say = say
        self._policy = policy
        self._grace_s = grace_s
        self._living: set[Child] = set()
        self.deaths = 0

    async def keep(self, command: Command, log_name: str) -> NoReturn:
        """Run the command, start it again when it dies; when cancelled, stop it. Raises GaveUpError."""
        log = ProcessLog(self.log_folder / f"{log_name}.log")
        policy = self._policy()
        while True:
            code = await self._run(command, log)
            self.deaths += 1
            delay = policy.after_death(time.monotonic())
            if delay is None:
                head = messages.GAVE_UP.format(name=command.name, count=policy.limit, log=log.path)
                raise GaveUpError("\n  | ".join([head, *log.tail()]))
            self._say(messages.DIED.format(name=command.name, how=_how(code), delay=delay))
            await asyncio.sleep(delay)

    async def run_once(self, command: Command, log_name: str) -> tuple[int, ProcessLog]:
        """Run the command to its end; its exit code and its log."""
        log = ProcessLog(self.log_folder / f"{log_name}.log")
        return await self._run(command, log), log

    def kill_all(self) -> None:
        """SIGKILL to everything that lives."""
        for child in self._living:
            child.kill()

    async def _run(self, command: Command, log: ProcessLog) -> int:
        child = await Child.start(command, log)
        self._living.add(child)
        self._say(messages.STARTED.format(name=command.name, pid=child.pid))
        try:
            return await child.wait()
        finally:
            await child.stop(self._grace_s)
            self._living.discard(child)


def _how(code: int) -> str:
    if code < 0:
        return messages.EXIT_SIGNAL.format(name=signal.Signals(-code).name)
    return messages.EXIT_CODE.format(code=code)
