"""Finds Python interpreters by running them: a name on PATH may be a shim that exits 127."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Iterator, Mapping, Tuple

from installation.commands import clean_environment
from installation.errors import SetupError

Minor = Tuple[int, int]

PROBE = """
import json, struct, sys, sysconfig
print(json.dumps({
    "path": getattr(sys, "_base_executable", None) or sys.executable,
    "version": list(sys.version_info[:3]),
    "prefix": sys.prefix,
    "fits": sys.implementation.name == "cpython" and struct.calcsize("P") == 8
            and not sysconfig.get_config_var("Py_GIL_DISABLED"),
}))
"""


@dataclass(frozen=True)
class Interpreter:
    """A CPython that has been run: its own path (no shim, no virtual environment), version and ``sys.prefix``."""

    path: str
    version: tuple[int, int, int]
    prefix: str

    @property
    def minor(self) -> Minor:
        return self.version[:2]


def inspect(path: str | Path, timeout: float = 30) -> Interpreter | None:
    """Run ``path``; None when it doesn't run or isn't a 64-bit CPython with a GIL (what wheels are built for)."""
    try:
        done = subprocess.run(
            [str(path), "-c", PROBE],
            env=clean_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout,
            check=False,
        )
        if done.returncode != 0:
            return None
        found = json.loads(done.stdout.decode("utf-8"))
        if not found["fits"]:
            return None
        major, minor, micro = found["version"]
        return Interpreter(found["path"], (major, minor, micro), found["prefix"])
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        return None


def on_path(name: str, environ: Mapping[str, str]) -> Iterator[str]:
    """Every executable of that name on PATH, in order: the first may be a dead shim and the second real."""
    for folder in environ.get("PATH", "").split(os.pathsep):
        candidate = os.path.join(folder, name)
        if folder and os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            yield candidate


def in_pyenv(minor: Minor, environ: Mapping[str, str]) -> Iterator[str]:
    """Interpreters that pyenv has built, newest patch version first."""
    roots = [environ.get("PYENV_ROOT"), os.path.join(environ.get("HOME") or os.path.expanduser("~"), ".pyenv")]
    for root in dict.fromkeys(root for root in roots if root):
        yield from _newest_first(Path(root, "versions"), r"{}\.{}\.(\d+)".format(*minor))


def in_uv(python_dir: str | None, minor: Minor) -> Iterator[str]:
    """Interpreters that uv has fetched earlier (``python_dir`` is what ``uv python dir`` prints), newest first."""
    if python_dir:
        yield from _newest_first(Path(python_dir), r"cpython-{}\.{}\.(\d+)-.*".format(*minor))


def _newest_first(folder: Path, pattern: str) -> Iterator[str]:
    if not folder.is_dir():
        return
    matches = [(re.fullmatch(pattern, entry.name), entry) for entry in folder.iterdir()]
    fitting = sorted(((int(match.group(1)), entry) for match, entry in matches if match), reverse=True)
    for _patch, entry in fitting:
        yield str(entry / "bin" / "python")


def first_running(candidates: Iterable[str], minors: Iterable[Minor]) -> Interpreter | None:
    """The first candidate that runs and has one of the versions."""
    wanted = set(minors)
    for candidate in candidates:
        found = inspect(candidate)
        if found is not None and found.minor in wanted:
            return found
    return None


def named(variable: str, minors: Iterable[Minor], environ: Mapping[str, str]) -> Interpreter | None:
    """The interpreter that an environment variable names; None when it names none.

    Raises SetupError when that doesn't run or has another version: what somebody asked for isn't quietly replaced.
    """
    path = environ.get(variable)
    if not path:
        return None
    wanted = list(minors)
    found = first_running([path], wanted)
    if found is None:
        versions = ", ".join("{}.{}".format(*minor) for minor in wanted)
        raise SetupError(f"{variable}={path} 은(는) 실행되는 Python {versions}이(가) 아닙니다.")
    return found
