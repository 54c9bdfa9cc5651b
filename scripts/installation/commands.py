"""Runs the programs a set-up needs, with an environment that nothing outside the checkout can bend."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Mapping, Sequence

from installation.errors import SetupError

# Variables that would make Python or uv look at another environment, or keep bytecode from being written
# (Rasa takes 15 s to import without it, 6 s with it).
DROPPED = (
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONWARNINGS",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "UV_PYTHON",
    "UV_SYSTEM_PYTHON",
    "UV_PROJECT_ENVIRONMENT",
)
# uv reads none of pip's settings, but a machine behind a mirror often has only those.
FROM_PIP = {"PIP_INDEX_URL": "UV_DEFAULT_INDEX", "PIP_EXTRA_INDEX_URL": "UV_INDEX", "PIP_CERT": "SSL_CERT_FILE"}
TAIL_LINES = 20


def clean_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for children: without ``DROPPED``, with pip's index settings said in uv's terms."""
    env = {name: value for name, value in environ.items() if name not in DROPPED}
    for pip_name, uv_name in FROM_PIP.items():
        if environ.get(pip_name):
            env.setdefault(uv_name, environ[pip_name])
    env.setdefault("UV_HTTP_TIMEOUT", "180")
    return env


class Commands:
    """Runs commands in ``root``; what they print goes to ``log``, or to the terminal where somebody watches."""

    def __init__(
        self, root: Path, log: Path, held: Sequence[int] = (), environ: Mapping[str, str] | None = None
    ) -> None:
        self.root = root
        self._log = log
        # Descriptors the children keep open: the set-up's lock stays held while any of them still writes.
        self._held = tuple(held)
        self.environ = clean_environment(os.environ if environ is None else environ)

    def run(self, arguments: Sequence[str | Path], failure: str) -> None:
        """Run to the end; raises SetupError(``failure`` + the last lines printed) when the exit status isn't 0."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            start = log.tell()
            try:
                code = subprocess.call(
                    [str(argument) for argument in arguments],
                    cwd=str(self.root),
                    env=self.environ,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=None if sys.stderr.isatty() else log,
                    pass_fds=self._held,
                )
            except OSError as error:
                raise SetupError(f"{failure}\n  {error}") from error
        if code != 0:
            raise SetupError(f"{failure} (종료 코드 {code})\n{self._tail(start)}".rstrip())

    def succeeds(self, arguments: Sequence[str | Path]) -> bool:
        """Whether the command runs and exits with 0."""
        try:
            self.run(arguments, "")
        except SetupError:
            return False
        return True

    def read(self, arguments: Sequence[str | Path], timeout: float = 60) -> str | None:
        """What the command prints, stripped; None when it doesn't run or fails."""
        try:
            done = subprocess.run(
                [str(argument) for argument in arguments],
                cwd=str(self.root),
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=timeout,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None

    def _tail(self, start: int) -> str:
        with self._log.open("rb") as log:
            log.seek(start)
            lines = log.read().decode("utf-8", "replace").splitlines()
        return "\n".join(f"  | {line}" for line in lines[-TAIL_LINES:])
