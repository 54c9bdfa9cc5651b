"""The app's environment: Python 3.11 to 3.13, a CPU build of torch, the lock, and the checkout itself."""

from __future__ import annotations

import os
import platform
import re
import sys
from pathlib import Path
from typing import Iterable, Iterator

from installation.commands import Commands
from installation.errors import SetupError
from installation.interpreters import Interpreter, Minor, first_running, in_pyenv, in_uv, inspect, named, on_path
from installation.progress import Step
from installation.uv_tool import UvTool

MINORS: tuple[Minor, ...] = ((3, 11), (3, 12), (3, 13))

SCRIPT = """\
#!/bin/sh
'''exec' "$(dirname -- "$(realpath -- "$0")")/python" "$0" "$@"
'''
import sys

from maru.cli.main import app

if __name__ == "__main__":
    sys.argv[0] = "maru"
    sys.exit(app())
"""


class AppRecipe:
    """Installs ``requirements/torch.txt`` and ``requirements/app.lock``, then links the checkout."""

    def __init__(self, commands: Commands, uv: UvTool) -> None:
        self._commands = commands
        self._uv = uv
        self._requirements = commands.root / "requirements"

    @property
    def variant(self) -> str:
        return self._commands.environ.get("MARU_TORCH_BACKEND") or "cpu"

    def accepts(self, version: tuple[int, int, int]) -> bool:
        wanted = named("MARU_PYTHON", MINORS, self._commands.environ)
        return version[:2] in MINORS if wanted is None else version == wanted.version

    def inputs(self, version: tuple[int, int, int]) -> Iterable[Path]:
        return (self._requirements / "torch.txt", self._requirements / "app.lock")

    def breaks_caps(self, version: tuple[int, int, int]) -> bool:
        return False

    def interpreter(self, step: Step) -> Interpreter:
        """``$MARU_PYTHON``; the Python running this, PATH, pyenv, uv's own; else uv's download."""
        found = named("MARU_PYTHON", MINORS, self._commands.environ)
        if found is not None:
            return found
        # A version that a torch wheel at hand fits comes first; otherwise the order of the search decides.
        offered = [minor for minor in MINORS if self._offered_torch(minor)]
        found = first_running(self._candidates(step), offered) if offered else None
        found = found or first_running(self._candidates(step), MINORS)
        if found is None:
            step.note("Python 3.11 내려받기(uv)")
            self._commands.succeeds([self._uv.path(step), "python", "install", "3.11"])
            found = first_running(in_uv(self._uv.python_dir(step), (3, 11)), MINORS)
        if found is None:
            raise SetupError(
                "Python 3.11, 3.12, 3.13 가운데 실행되는 것이 없고 내려받지도 못했습니다.\n"
                "  하나를 설치한 뒤(예: apt-get install python3.11, pyenv install 3.11) 다시 하거나,\n"
                "  MARU_PYTHON=/경로/python3.11 로 알려 주세요."
            )
        return found

    def install(self, step: Step, python: Path) -> None:
        interpreter = inspect(python)
        if interpreter is None:
            raise SetupError(f"{python} 이(가) 실행되지 않습니다.")
        self._install_torch(step, python, interpreter.minor)
        step.note("앱 패키지 설치(requirements/app.lock)")
        self._uv.pip(
            step,
            python,
            *("--no-deps", "--require-hashes", "--compile-bytecode", "-r", self._requirements / "app.lock"),
            failure="앱 패키지를 설치하지 못했습니다.",
        )
        self._link_checkout(python, interpreter.minor)

    def _install_torch(self, step: Step, python: Path, minor: Minor) -> None:
        backend = self.variant
        pin = self._requirements / "torch.txt"
        if (
            backend == "cpu"
            and (_site_packages(python, minor) / f"torch-{self._torch_version()}+cpu.dist-info").is_dir()
        ):
            return  # wherever it came from; uv would put the same wheel in again if it was another file
        if backend != "cpu":
            step.note(f"torch 설치({backend})")
            arguments: list[str | Path] = ["--torch-backend", backend, "-r", pin]
        else:
            wheel = self._offered_torch(minor)
            step.note(f"torch 설치({wheel.name if wheel else 'CPU 빌드'})")
            arguments = ["--no-deps", wheel] if wheel else ["--no-deps", "--torch-backend", "cpu", "-r", pin]
        self._uv.pip(
            step,
            python,
            *arguments,
            failure="torch를 설치하지 못했습니다. 맞는 휠이 든 폴더를 PIP_FIND_LINKS로 알려 주거나"
            " MARU_TORCH_BACKEND(예: cu126, auto)로 다른 빌드를 고르세요.",
        )

    def _offered_torch(self, minor: Minor) -> Path | None:
        """A torch wheel of the pinned version for this Python and machine in a folder of ``$PIP_FIND_LINKS``."""
        tag = "cp{}{}".format(*minor)
        system = {"linux": "linux", "darwin": "macosx"}.get(sys.platform, sys.platform)
        name = re.compile(
            rf"torch-{re.escape(self._torch_version())}(\+cpu)?-{tag}-{tag}-.*{system}.*{re.escape(platform.machine())}\.whl"
        )
        fitting = (
            entry for folder in self._find_links() for entry in sorted(folder.iterdir()) if name.fullmatch(entry.name)
        )
        return next(fitting, None)

    def _torch_version(self) -> str:
        pin = (self._requirements / "torch.txt").read_text(encoding="utf-8")
        match = re.search(r"^torch==([\w.]+)", pin, re.MULTILINE)
        if match is None:
            raise SetupError("requirements/torch.txt에 torch==버전 줄이 없습니다.")
        return match.group(1)

    def _find_links(self) -> Iterator[Path]:
        value = self._commands.environ.get("PIP_FIND_LINKS", "")
        # pip splits at white space; a folder whose name holds a space is taken whole.
        for entry in [value] if os.path.isdir(value) else value.split():
            folder = Path(entry[len("file://") :] if entry.startswith("file://") else entry)
            if folder.is_dir():
                yield folder

    def _candidates(self, step: Step) -> Iterator[str]:
        environ = self._commands.environ
        yield sys.executable
        for minor in MINORS:
            yield from on_path("python{}.{}".format(*minor), environ)
        for minor in MINORS:
            yield from in_pyenv(minor, environ)
        for minor in MINORS:
            yield from in_uv(self._uv.python_dir(step), minor)

    def _link_checkout(self, python: Path, minor: Minor) -> None:
        """Make the checkout importable and put ``maru`` into ``bin``.

        An editable install would write absolute paths; the relative ones here hold in any folder and after a move.
        """
        site_packages = _site_packages(python, minor)
        root = os.path.relpath(str(self._commands.root.resolve()), str(site_packages.resolve()))
        (site_packages / "maru-checkout.pth").write_text(f"{root}\n", encoding="utf-8")
        script = python.parent / "maru"
        partial = script.with_name("maru.partial")
        partial.write_text(SCRIPT, encoding="utf-8")
        partial.chmod(0o755)
        os.replace(str(partial), str(script))


def _site_packages(python: Path, minor: Minor) -> Path:
    return python.parent.parent / "lib" / "python{}.{}".format(*minor) / "site-packages"
