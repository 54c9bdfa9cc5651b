from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from installation.commands import Commands
from installation.errors import SetupError
from installation.progress import Step
from installation.system_packages import ensure_system_packages

Program = Callable[[Path, str], Path]


@pytest.fixture
def apt(tmp_path: Path, program: Program) -> Path:
    """An apt-get that writes down what it was asked."""
    program(tmp_path / "bin" / "env", '#!/bin/sh\nshift; exec "$@"\n')
    program(tmp_path / "bin" / "apt-get", f'#!/bin/sh\necho "$*" >> "{tmp_path / "apt-calls"}"\n')
    return tmp_path / "apt-calls"


def _ensure(commands: Commands) -> str:
    shown = io.StringIO()
    ensure_system_packages(Step("[4/4]", shown), commands)
    return shown.getvalue()


@pytest.mark.parametrize("server", ["redis-server", "redis-check-rdb"])
def test_when_all_is_there_then_nothing_is_installed(
    server: str, tmp_path: Path, program: Program, commands: Commands, apt: Path
) -> None:
    program(tmp_path / "bin" / "google-chrome", "#!/bin/sh\n")
    program(tmp_path / "bin" / server, "#!/bin/sh\n")
    program(tmp_path / "bin" / "espeak-ng", "#!/bin/sh\n")
    program(tmp_path / "bin" / "fc-list", "#!/bin/sh\necho Noto Sans CJK KR\n")
    assert _ensure(commands) == "[4/4] … "
    assert not apt.exists()


def test_when_they_are_missing_and_root_may_install_then_apt_is_updated_first(
    commands: Commands, apt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    _ensure(commands)
    update, install = apt.read_text("utf-8").splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install --no-install-recommends chromium fonts-noto-cjk redis-tools espeak-ng")


def test_when_somebody_else_runs_it_then_it_says_how(
    tmp_path: Path, program: Program, commands: Commands, apt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin" / "chromium", "#!/bin/sh\n")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "sudo apt-get install fonts-noto-cjk redis-tools espeak-ng" in _ensure(commands)
    assert not apt.exists()


def test_when_apt_fails_then_that_is_the_reason(
    tmp_path: Path, program: Program, commands: Commands, apt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin" / "apt-get", "#!/bin/sh\necho 'E: no route' >&2; exit 100\n")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SetupError, match="E: no route"):
        _ensure(commands)
