"""A virtual environment that is built once, kept while its inputs stay, and rebuilt after a half-finished install."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Iterable, Protocol

from installation.commands import Commands
from installation.errors import SetupError
from installation.interpreters import Interpreter, inspect
from installation.progress import Step
from installation.uv_tool import UvTool

STAMP = ".maru-installed.json"
UNFINISHED = ".maru-installing"
# Raise it when what the set-up writes into an environment changes.
LAYOUT = 1


class Recipe(Protocol):
    """What goes into an environment."""

    @property
    def variant(self) -> str:
        """What can't be changed in place (such as the torch backend): another one means a new environment."""

    def accepts(self, version: tuple[int, int, int]) -> bool:
        """Whether an existing environment of that Python may stay."""

    def inputs(self, version: tuple[int, int, int]) -> Iterable[Path]:
        """The files whose content decides what is installed."""

    def interpreter(self, step: Step) -> Interpreter:
        """The Python to build with; raises SetupError when there is none."""

    def breaks_caps(self, version: tuple[int, int, int]) -> bool:
        """Whether the lock for that Python overrides what a package says it needs, so that no check can pass."""

    def install(self, step: Step, python: Path) -> None:
        """Install everything; raises SetupError."""


class Environment:
    """The virtual environment in ``folder``."""

    def __init__(self, folder: Path, commands: Commands, uv: UvTool) -> None:
        self.folder = folder
        self._commands = commands
        self._uv = uv

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def ensure(self, step: Step, recipe: Recipe) -> None:
        """Bring the environment to what the recipe asks for. The stamp is written last, so that a set-up killed at
        any moment is seen as unfinished by the next one."""
        version = self._version()
        if version is None or not recipe.accepts(version) or not self._reusable(recipe):
            self._build(step, recipe)
        elif self._stamp().get("digest") == self._digest(recipe, version):
            return
        elif not self._install(step, recipe, version):
            # Leftovers of an earlier lock can get in the way of the new one; a fresh environment has none.
            step.note("남은 패키지가 서로 맞지 않아 처음부터 다시 만듭니다")
            self._build(step, recipe)

    def _build(self, step: Step, recipe: Recipe) -> None:
        interpreter = recipe.interpreter(step)
        step.note(f"Python {'.'.join(map(str, interpreter.version))} ({interpreter.path})")
        # uv refuses to clear what it doesn't take for an environment, such as one that lost its pyvenv.cfg.
        if self.folder.is_symlink():
            self.folder.unlink()
        elif self.folder.exists():
            shutil.rmtree(str(self.folder))
        # Relocatable: the scripts' first lines name no path, so spaces, Hangul and a moved checkout don't matter.
        self._commands.run(
            [
                *(self._uv.path(step), "venv", "--relocatable", "--no-project", "--quiet"),
                *("--python", interpreter.path, self.folder),
            ],
            f"{self.folder.name} 환경을 만들지 못했습니다.",
        )
        if not self._install(step, recipe, interpreter.version):
            raise SetupError(f"{self.folder.name}의 패키지가 서로 맞지 않습니다.")

    def _install(self, step: Step, recipe: Recipe, version: tuple[int, int, int]) -> bool:
        """Whether the packages fit together afterwards; only then is the stamp written."""
        (self.folder / UNFINISHED).touch()
        if (self.folder / STAMP).exists():
            (self.folder / STAMP).unlink()
        recipe.install(step, self.python)
        check: list[str | Path] = [self._uv.path(step), "pip", "check", "--python", self.python]
        if not recipe.breaks_caps(version) and not self._commands.succeeds(check):
            return False
        partial = self.folder / f"{STAMP}.partial"
        stamp = {"digest": self._digest(recipe, version), "variant": recipe.variant}
        partial.write_text(json.dumps(stamp), encoding="utf-8")
        (self.folder / UNFINISHED).unlink()
        os.replace(str(partial), str(self.folder / STAMP))
        return True

    def _version(self) -> tuple[int, int, int] | None:
        """The version of the Python inside; None unless it runs and really is this environment's.

        Without its pyvenv.cfg, ``bin/python`` still runs but is the base interpreter.
        """
        if not self.python.exists():
            return None
        found = inspect(self.python)
        if found is None or os.path.realpath(found.prefix) != os.path.realpath(str(self.folder)):
            return None
        return found.version

    def _reusable(self, recipe: Recipe) -> bool:
        """False after an install that was cut short: a package may be there by name with half its files."""
        if (self.folder / UNFINISHED).exists():
            return False
        return self._stamp().get("variant", recipe.variant) == recipe.variant

    def _stamp(self) -> dict[str, str]:
        try:
            stamp = json.loads((self.folder / STAMP).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def _digest(self, recipe: Recipe, version: tuple[int, int, int]) -> str:
        sha256 = hashlib.sha256(repr((LAYOUT, version, recipe.variant)).encode())
        for path in recipe.inputs(version):
            sha256.update(path.read_bytes())
        return sha256.hexdigest()
