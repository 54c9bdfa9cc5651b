"""The benchmarks' environment: the peers they compare with, and matplotlib, on top of the app's environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Iterable

from installation.commands import Commands
from installation.errors import SetupError
from installation.interpreters import Interpreter, inspect
from installation.progress import Step
from installation.uv_tool import UvTool


class BenchRecipe:
    """Installs ``requirements/bench.lock``; torch, sentence-transformers and the like are looked up in ``.venv``."""

    variant = "bench"

    def __init__(self, commands: Commands, uv: UvTool, app: Path) -> None:
        """``app`` is the Python of the app's environment, which has to be there."""
        self._commands = commands
        self._uv = uv
        self._app = app
        self._lock = commands.root / "requirements" / "bench.lock"

    def accepts(self, version: tuple[int, int, int]) -> bool:
        found = inspect(self._app)
        return found is not None and version == found.version

    def inputs(self, version: tuple[int, int, int]) -> Iterable[Path]:
        return (self._lock,)

    def breaks_caps(self, version: tuple[int, int, int]) -> bool:
        return True  # what lies in the other environment looks missing to a check

    def interpreter(self, step: Step) -> Interpreter:
        """The app's own."""
        found = inspect(self._app)
        if found is None:
            raise SetupError("앱 환경(.venv)이 없습니다. 먼저 make setup 을 하세요.")
        return found

    def install(self, step: Step, python: Path) -> None:
        step.note("측정용 패키지 설치(requirements/bench.lock)")
        self._uv.pip(
            step,
            python,
            *("--no-deps", "--require-hashes", "--compile-bytecode", "-r", self._lock),
            failure="측정용 패키지를 설치하지 못했습니다.",
        )
        here, there = (_site_packages(path) for path in (python, self._app))
        # After this environment's own packages on the path; relative, so that the checkout may move.
        (here / "maru-app.pth").write_text(os.path.relpath(str(there), str(here)) + "\n", encoding="utf-8")


def _site_packages(python: Path) -> Path:
    return next((python.parent.parent / "lib").glob("python3.*/site-packages")).resolve()
