"""Finds uv, or puts one into the checkout with pip."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Iterator

from installation.commands import Commands
from installation.errors import SetupError
from installation.interpreters import on_path
from installation.progress import Step

PINNED = "0.13.9"
# `--torch-backend` and `venv --relocatable` as used here have been in uv since then.
OLDEST = (0, 8, 0)


class UvTool:
    """uv, looked for when it is first needed: a checkout that is set up never needs it."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        self._path: str | None = None
        self._python_dir: str | None = None

    def path(self, step: Step) -> str:
        """``$UV``, uv on PATH or ``.uv/bin/uv``; else a pinned one is installed into ``.uv``."""
        if self._path is None:
            self._path = self._find() or self._install(step)
        return self._path

    def pip(self, step: Step, python: Path, *arguments: str | Path, failure: str) -> None:
        """``uv pip install`` into the environment of ``python``."""
        self._commands.run([self.path(step), "pip", "install", "--python", python, *arguments], failure)

    def python_dir(self, step: Step) -> str | None:
        """Where uv keeps the interpreters it has fetched."""
        if self._python_dir is None:
            self._python_dir = self._commands.read([self.path(step), "python", "dir"])
        return self._python_dir

    def _find(self) -> str | None:
        named = self._commands.environ.get("UV")
        if named:
            if not self._fits(named):
                raise SetupError(f"UV={named} 이(가) 실행되지 않거나 {_dotted(OLDEST)}보다 오래되었습니다.")
            return named
        return next((candidate for candidate in self._candidates() if self._fits(candidate)), None)

    def _candidates(self) -> Iterator[str]:
        yield from on_path("uv", self._commands.environ)
        yield str(self._commands.root / ".uv" / "bin" / "uv")

    def _fits(self, path: str) -> bool:
        match = re.match(r"uv (\d+)\.(\d+)\.(\d+)", self._commands.read([path, "--version"]) or "")
        return match is not None and tuple(int(part) for part in match.groups()) >= OLDEST

    def _install(self, step: Step) -> str:
        step.note(f"uv {PINNED} 설치(.uv)")
        folder = self._commands.root / ".uv"
        uv = folder / "bin" / "uv"
        requirement = f"uv=={PINNED}"
        shutil.rmtree(str(folder), ignore_errors=True)
        # A venv needs ensurepip, which Debian leaves out of python3; pip by itself needs only --target.
        if not (
            self._commands.succeeds([sys.executable, "-m", "venv", folder])
            and self._commands.succeeds([folder / "bin" / "python", "-m", "pip", "install", requirement])
        ):
            shutil.rmtree(str(folder), ignore_errors=True)
            self._commands.run(
                [sys.executable, "-m", "pip", "install", "--target", folder, requirement],
                "uv를 설치하지 못했습니다. 패키지 저장소에 닿는지 보거나, uv를 직접 설치하고 UV=경로 로 알려 주세요.",
            )
        if not self._fits(str(uv)):
            raise SetupError(f"설치한 uv({uv})가 실행되지 않습니다.")
        return str(uv)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)
