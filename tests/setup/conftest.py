"""A checkout in small, and stand-ins for uv and for interpreters that can't be had everywhere."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from installation.commands import Commands

ROOT = Path(__file__).resolve().parents[2]

# Makes real (empty) environments, installs nothing, and writes down what it was asked.
UV = """\
#!/bin/sh
printf '%s\\n' "$*" >> "{calls}"
case "$1 $2" in
  "--version "*) echo "uv {version}" ;;
  "python dir") echo "{python_dir}" ;;
  "python install") {download} ;;
  "pip install") {pip_install} ;;
  "pip check") {pip_check} ;;
  venv*)
    for folder; do :; done
    exec "{python}" -m venv --without-pip "$folder" ;;
esac
"""


class FakeUv:
    """A program named uv in ``folder``; ``calls`` are the command lines it has seen."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "bin" / "uv"
        self.python_dir = folder / "uv pythons"
        self._calls = folder / "uv-calls"
        self.write()

    def write(self, version: str = "0.13.9", download: str = "false", **behaviour: str) -> None:
        """Behaviour in shell: what ``pip_install`` and ``pip_check`` do (nothing, successfully), and ``download``."""
        told = {"pip_install": "true", "pip_check": "true", **behaviour}
        text = UV.format(
            calls=self._calls,
            version=version,
            python_dir=self.python_dir,
            python=sys.executable,
            download=download,
            **told,
        )
        write_program(self.path, text)

    def calls(self, start: str = "") -> list[str]:
        """The command lines since the last ``forget`` that begin like that."""
        lines = self._calls.read_text("utf-8").splitlines() if self._calls.exists() else []
        return [line for line in lines if line.startswith(start)]

    def forget(self) -> None:
        self._calls.unlink(missing_ok=True)


def write_program(path: Path, text: str) -> Path:
    """An executable file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def program() -> Callable[[Path, str], Path]:
    return write_program


@pytest.fixture
def python() -> Callable[[Path, str], Path]:
    """Writes something that answers like a Python of that version when it is probed."""

    def write(path: Path, version: str) -> Path:
        numbers = version.replace(".", ", ")
        answer = f'{{"path": "{path}", "version": [{numbers}], "prefix": "/usr", "fits": true}}'
        return write_program(path, f"#!/bin/sh\necho '{answer}'\n")

    return write


@pytest.fixture
def shim() -> Callable[[Path], Path]:
    """Writes what pyenv leaves on PATH for a version that isn't switched on."""

    def write(path: Path) -> Path:
        return write_program(path, f"#!/bin/sh\necho 'pyenv: {path.name}: command not found' >&2\nexit 127\n")

    return write


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Makefile, scripts and requirements of this checkout, and a package as small as can be, in an awkward path."""
    folder = tmp_path / "빈 칸 checkout"
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copy(ROOT / "Makefile", folder / "Makefile")
    (folder / "maru" / "cli").mkdir(parents=True)
    (folder / "maru" / "__init__.py").touch()
    (folder / "maru" / "cli" / "__init__.py").touch()
    (folder / "maru" / "settings.py").write_text(
        "from pathlib import Path\n"
        "from types import SimpleNamespace\n"
        "def get_settings():\n"
        "    return SimpleNamespace(models_dir=Path(__file__).parent.parent / 'models')\n",
        "utf-8",
    )
    (folder / "maru" / "cli" / "main.py").write_text(
        "import sys\n"
        "from maru.settings import get_settings\n"
        "def app():\n"
        "    print(*sys.argv)\n"
        "    if sys.argv[1] == 'models':\n"
        "        models = get_settings().models_dir\n"
        "        models.mkdir(exist_ok=True)\n"
        "        (models / 'weights').write_text('weights', 'utf-8')\n",
        "utf-8",
    )
    return folder


@pytest.fixture
def uv(tmp_path: Path) -> FakeUv:
    return FakeUv(tmp_path)


@pytest.fixture
def environ(tmp_path: Path, uv: FakeUv) -> dict[str, str]:
    """An environment in which nothing of this machine's Pythons is found."""
    (tmp_path / "home").mkdir()
    return {
        "PATH": os.pathsep.join([str(uv.path.parent), "/usr/bin", "/bin"]),
        "HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
    }


@pytest.fixture
def commands(checkout: Path, environ: dict[str, str]) -> Commands:
    # PATH without /usr/bin: a distribution's own python3.11 must not be found either.
    narrow = {**environ, "PATH": environ["PATH"].split(os.pathsep)[0]}
    return Commands(checkout, checkout / ".cache" / "setup.log", environ=narrow)
