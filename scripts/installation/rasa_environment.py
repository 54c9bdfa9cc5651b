"""Rasa's environment: Python 3.10, alone; 3.11 with overriding pins where no 3.10 can be had."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Iterator

from installation.commands import Commands
from installation.errors import SetupError
from installation.interpreters import Interpreter, Minor, first_running, in_pyenv, in_uv, inspect, named, on_path
from installation.progress import Step
from installation.uv_tool import UvTool

SUPPORTED: Minor = (3, 10)
TOLERATED: Minor = (3, 11)
LOCKS = {SUPPORTED: "rasa-py310.lock", TOLERATED: "rasa-py311.lock"}


class RasaRecipe:
    """Installs ``requirements/rasa-py310.lock`` or, on Python 3.11, ``rasa-py311.lock``."""

    variant = "rasa"

    def __init__(self, commands: Commands, uv: UvTool) -> None:
        self._commands = commands
        self._uv = uv

    def accepts(self, version: tuple[int, int, int]) -> bool:
        wanted = named("MARU_RASA_PYTHON", LOCKS, self._commands.environ)
        return version[:2] in LOCKS if wanted is None else version == wanted.version

    def inputs(self, version: tuple[int, int, int]) -> Iterable[Path]:
        return (self._lock(version[:2]),)

    def breaks_caps(self, version: tuple[int, int, int]) -> bool:
        return version[:2] == TOLERATED

    def interpreter(self, step: Step) -> Interpreter:
        """``$MARU_RASA_PYTHON``; a 3.10 on PATH, of pyenv, of uv; a 3.11 likewise; else uv's download of 3.10."""
        found = named("MARU_RASA_PYTHON", LOCKS, self._commands.environ)
        if found is not None:
            return found
        found = first_running(self._candidates(step, SUPPORTED), [SUPPORTED])
        if found is not None:
            return found
        found = first_running(self._candidates(step, TOLERATED), [TOLERATED])
        if found is not None:
            step.remark("주의: Python 3.10이 없어 3.11로 Rasa를 설치합니다(만든 곳은 3.10까지만 지원합니다)")
            return found
        step.note("Python 3.10 내려받기(uv)")
        self._commands.succeeds([self._uv.path(step), "python", "install", "3.10"])
        found = first_running(in_uv(self._uv.python_dir(step), SUPPORTED), [SUPPORTED])
        if found is None:
            raise SetupError(
                "Rasa에 쓸 Python 3.10(또는 3.11)이 없고 내려받지도 못했습니다. 다음 가운데 하나로 마련하세요.\n"
                "  pyenv install 3.10   ·   uv python install 3.10   ·   배포판의 python3.10 꾸러미\n"
                "  이미 있다면 MARU_RASA_PYTHON=/경로/python3.10 으로 알려 주세요."
            )
        return found

    def install(self, step: Step, python: Path) -> None:
        interpreter = inspect(python)
        if interpreter is None:
            raise SetupError(f"{python} 이(가) 실행되지 않습니다.")
        lock = self._lock(interpreter.minor)
        step.note(f"Rasa 패키지 설치(requirements/{lock.name})")
        self._uv.pip(
            step,
            python,
            *("--no-deps", "--require-hashes", "--compile-bytecode", "-r", lock),
            failure="Rasa 패키지를 설치하지 못했습니다.",
        )

    def _lock(self, minor: Minor) -> Path:
        return self._commands.root / "requirements" / LOCKS[minor]

    def _candidates(self, step: Step, minor: Minor) -> Iterator[str]:
        environ = self._commands.environ
        yield from on_path("python{}.{}".format(*minor), environ)
        yield from in_pyenv(minor, environ)
        yield from in_uv(self._uv.python_dir(step), minor)
