"""Interpreters are believed only once they have run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from installation.errors import SetupError
from installation.interpreters import first_running, in_pyenv, in_uv, inspect, named, on_path

Python = Callable[[Path, str], Path]
Program = Callable[[Path, str], Path]


def test_when_it_runs_then_its_own_path_version_and_prefix_come() -> None:
    found = inspect(sys.executable)
    assert found is not None
    assert found.version == sys.version_info[:3]
    assert found.prefix == sys.prefix
    assert not Path(found.path).is_relative_to(sys.prefix) or sys.prefix == sys.base_prefix


@pytest.mark.parametrize(
    "text",
    [
        "#!/bin/sh\nexit 127\n",
        "#!/bin/sh\necho Python 3.10.13\n",
        "#!/bin/sh\necho '[]'\n",
        """#!/bin/sh\necho '{"path": "/x", "version": [3, 10], "prefix": "/x", "fits": true}'\n""",
        """#!/bin/sh\necho '{"path": "/x", "version": [3, 10, 1], "prefix": "/x", "fits": false}'\n""",
        "#!/no/such/interpreter\n",
        "#!/bin/sh\nexec sleep 30\n",
    ],
    ids=["shim", "no answer", "odd answer", "odd version", "PyPy or 32 bits", "not runnable", "hangs"],
)
def test_when_it_does_not_run_as_python_then_it_is_nothing(tmp_path: Path, program: Program, text: str) -> None:
    assert inspect(program(tmp_path / "python3.10", text), timeout=1) is None


def test_when_there_is_no_such_file_then_it_is_nothing(tmp_path: Path) -> None:
    assert inspect(tmp_path / "python3.10") is None


def test_when_a_dead_shim_comes_first_on_path_then_the_real_one_behind_it_is_found(
    tmp_path: Path, python: Python, shim: Callable[[Path], Path]
) -> None:
    shim(tmp_path / "shims" / "python3.10")
    real = python(tmp_path / "real bin" / "python3.10", "3.10.13")
    path = os.pathsep.join(["", str(tmp_path / "none"), str(tmp_path / "shims"), str(tmp_path / "real bin")])
    found = first_running(on_path("python3.10", {"PATH": path}), [(3, 10)])
    assert found is not None
    assert found.path == str(real)


def test_when_a_name_lies_about_its_version_then_it_is_passed_over(tmp_path: Path, python: Python) -> None:
    candidate = python(tmp_path / "python3.10", "3.12.1")
    assert first_running([str(candidate)], [(3, 10)]) is None


def test_when_pyenv_has_several_then_the_newest_patch_comes_first(tmp_path: Path) -> None:
    for version in ("3.10.2", "3.10.13", "3.1.0", "3.11.7", "3.10-dev", "pypy3.10-7.3"):
        (tmp_path / "pyenv" / "versions" / version).mkdir(parents=True)
    (tmp_path / "home" / ".pyenv" / "versions" / "3.10.9").mkdir(parents=True)
    environ = {"PYENV_ROOT": str(tmp_path / "pyenv"), "HOME": str(tmp_path / "home")}
    assert list(in_pyenv((3, 10), environ)) == [
        str(tmp_path / "pyenv" / "versions" / "3.10.13" / "bin" / "python"),
        str(tmp_path / "pyenv" / "versions" / "3.10.2" / "bin" / "python"),
        str(tmp_path / "home" / ".pyenv" / "versions" / "3.10.9" / "bin" / "python"),
    ]


def test_when_uv_has_fetched_some_then_only_that_version_counts(tmp_path: Path) -> None:
    for name in (
        "cpython-3.10.16-linux-x86_64-gnu",
        "cpython-3.11.1-linux-x86_64-gnu",
        "cpython-3.10-linux-x86_64-gnu",
    ):
        (tmp_path / name).mkdir()
    assert list(in_uv(str(tmp_path), (3, 10))) == [
        str(tmp_path / "cpython-3.10.16-linux-x86_64-gnu" / "bin" / "python")
    ]
    assert list(in_uv(None, (3, 10))) == []
    assert list(in_uv(str(tmp_path / "none"), (3, 10))) == []


def test_when_somebody_names_one_that_does_not_fit_then_it_is_not_quietly_replaced(
    tmp_path: Path, python: Python
) -> None:
    other = python(tmp_path / "python3.9", "3.9.1")
    with pytest.raises(SetupError, match=r"MARU_RASA_PYTHON=.*python3\.9"):
        named("MARU_RASA_PYTHON", [(3, 10)], {"MARU_RASA_PYTHON": str(other)})
    assert named("MARU_RASA_PYTHON", [(3, 10)], {}) is None
