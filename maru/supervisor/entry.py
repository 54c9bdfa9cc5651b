"""``run`` and ``train``: settings in, exit status out; everything in between is told in single lines."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from maru.secrets import Secrets, SecretsFileError, load_secrets
from maru.settings import Settings
from maru.supervisor import messages
from maru.supervisor.app_probe import AppProbe
from maru.supervisor.commands import Commands, Programs
from maru.supervisor.errors import SupervisorError
from maru.supervisor.held_file import held_file
from maru.supervisor.keeper import Keeper, Say
from maru.supervisor.listening import free_port, local_url, with_ports
from maru.supervisor.rasa_models import RasaModels
from maru.supervisor.system import System

Task = Coroutine[Any, Any, None]

_INTERRUPTED = 130
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(settings: Settings, programs: Programs | None = None) -> int:
    """Run app and Rasa until Ctrl-C or SIGTERM. Exit status: 0 stopped when told to, 1 something can't run."""
    started = time.monotonic()
    programs = programs or Programs()

    def prepare() -> int:
        _check_rasa_environment(programs)
        with held_file(settings.data_dir / ".running.lock") as held:
            if not held:
                raise SupervisorError(messages.ALREADY_RUNNING.format(folder=settings.data_dir))
            ready = with_ports(settings)
            _work(ready, programs, lambda system: system.serve(started), load_secrets(ready))
            return 0

    return _told(prepare)


def train(settings: Settings, programs: Programs | None = None) -> int:
    """Train the Rasa model if its inputs changed, with the app that runs or one of its own for the time being.

    Exit status: 0 there is a model of today's inputs, 1 there isn't (said why), 130 interrupted.
    """
    programs = programs or Programs()

    def prepare() -> int:
        _check_rasa_environment(programs)
        secrets = load_secrets(settings)
        if asyncio.run(_our_app_runs(settings, secrets)):
            finished = _work(settings, programs, lambda system: system.train(), secrets)
        else:
            apart = settings.model_copy(update={"host": "127.0.0.1", "port": free_port()})
            finished = _work(apart, programs, lambda system: system.train_with_own_app(), secrets)
        return 0 if finished else _INTERRUPTED

    return _told(prepare)


def _told(work: Callable[[], int]) -> int:
    try:
        return work()
    except* (SupervisorError, SecretsFileError) as group:
        for error in _leaves(group):
            _say(str(error))
    return 1


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    return [
        leaf
        for error in group.exceptions
        for leaf in (_leaves(error) if isinstance(error, BaseExceptionGroup) else [error])
    ]


def _work(settings: Settings, programs: Programs, task: Callable[[System], Task], secrets: Secrets) -> bool:
    keeper = Keeper(settings.data_dir / "log", _say)
    commands = Commands(programs, settings, secrets)
    models = RasaModels(settings.models_dir.resolve() / "rasa", programs.root)

    async def work() -> None:
        async with AppProbe(commands.app_url, secrets.rasa_secret) as probe:
            await task(System(settings, commands, models, keeper, probe, _say))

    return asyncio.run(_until_told_to_stop(work(), keeper, _say))


async def _until_told_to_stop(work: Task, keeper: Keeper, say: Say) -> bool:
    """True when the work ends, False when a signal has ended it; a second signal doesn't wait for anybody."""
    task = asyncio.create_task(work)
    asked = 0

    def stop() -> None:
        nonlocal asked
        asked += 1
        say(messages.STOPPING if asked == 1 else messages.KILLING)
        if asked == 1:
            task.cancel()
        else:
            keeper.kill_all()

    loop = asyncio.get_running_loop()
    for number in _STOP_SIGNALS:
        if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
            continue  # nohup: to outlive the terminal is what was asked for
        loop.add_signal_handler(number, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not asked:
            raise
        say(messages.STOPPED)
        return False
    return True


async def _our_app_runs(settings: Settings, secrets: Secrets) -> bool:
    async with AppProbe(local_url(settings.host, settings.port), secrets.rasa_secret) as probe:
        return await probe.fingerprint() is not None


def _check_rasa_environment(programs: Programs) -> None:
    python = Path(programs.rasa_server[0])
    if not python.exists():
        raise SupervisorError(messages.NO_RASA_ENVIRONMENT.format(python=python))


def _say(line: str) -> None:
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except (OSError, ValueError):
        return  # the terminal is gone; stopping in order matters more
