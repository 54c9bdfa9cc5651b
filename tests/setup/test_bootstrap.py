"""``make setup`` and ``make run`` in a small checkout whose path holds a space and Hangul."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def told(environ: dict[str, str]) -> dict[str, str]:
    return {**environ, "MARU_PYTHON": sys.executable, "MARU_RASA_PYTHON": sys.executable}


@pytest.fixture
def run(checkout: Path, told: dict[str, str]) -> Run:
    def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            arguments, cwd=cwd or checkout, env=told, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def _set_up(run: Run, *more: str) -> str:
    done = run("make", f"PYTHON={sys.executable}", *(more or ("setup",)))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_when_set_up_then_each_step_says_a_line_and_maru_can_be_called_from_anywhere(
    run: Run, checkout: Path, tmp_path: Path
) -> None:
    shown = _set_up(run)
    for number, title in enumerate(("앱 환경(.venv)", "Rasa 환경(.venv-rasa)", "모델 파일"), 1):
        assert f"[{number}/3] {title} … " in shown
    assert shown.count("완료 (") == 3
    (tmp_path / "link").symlink_to(checkout / ".venv" / "bin" / "maru")
    for program in (checkout / ".venv" / "bin" / "maru", tmp_path / "link"):
        assert run(str(program), "ask", "두 낱말", cwd=tmp_path).stdout == "maru ask 두 낱말\n"
    assert not list((checkout / ".cache").glob("model-wheels"))


def test_when_set_up_already_then_nothing_is_called_and_run_goes_on_to_serve(run: Run, uv: Any) -> None:
    _set_up(run)
    uv.forget()
    shown = _set_up(run, "run", "ARGS=--here")
    assert shown.count("그대로 (") == 3
    assert shown.endswith("maru serve --here\n")
    assert uv.calls() == []


def test_when_the_checkout_was_moved_then_it_still_works(run: Run, checkout: Path, tmp_path: Path, uv: Any) -> None:
    _set_up(run)
    moved = tmp_path / "다른 곳"
    checkout.rename(moved)
    uv.forget()
    assert run(str(moved / ".venv" / "bin" / "maru"), "ask", cwd=tmp_path).stdout == "maru ask\n"
    assert run(sys.executable, str(moved / "scripts" / "bootstrap.py"), "run", cwd=moved).returncode == 0
    assert uv.calls() == []


@pytest.mark.parametrize("damage", ["gone", "cut short"])
def test_when_a_model_file_is_damaged_then_it_is_assembled_again(run: Run, checkout: Path, damage: str) -> None:
    _set_up(run)
    weights = checkout / "models" / "weights"
    weights.unlink() if damage == "gone" else weights.write_text("wei", "utf-8")
    (checkout / "models" / "rasa").mkdir()
    (checkout / "models" / "rasa" / "maru-0.tar.gz").touch()  # what is trained here is nobody else's business
    assert "모델 조립과 검증" in _set_up(run)
    assert weights.read_text("utf-8") == "weights"
    assert "모델 조립과 검증" not in _set_up(run)


def test_when_killed_in_the_middle_then_the_next_one_finishes(
    run: Run, checkout: Path, told: dict[str, str], uv: Any, tmp_path: Path
) -> None:
    uv.write(pip_install=f'touch "{tmp_path / "installing"}"; exec sleep 60')
    started = subprocess.Popen(
        [sys.executable, "scripts/bootstrap.py", "setup"],
        cwd=checkout, env=told, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    _wait_for(tmp_path / "installing")
    os.killpg(started.pid, signal.SIGKILL)
    started.wait(10)
    uv.write()
    assert _set_up(run).count("완료 (") == 3


def test_when_another_set_up_is_at_work_then_the_second_waits_even_for_what_the_first_left_behind(
    checkout: Path, told: dict[str, str], uv: Any, tmp_path: Path
) -> None:
    uv.write(
        pip_install=f'touch "{tmp_path / "installing"}"; while [ ! -e "{tmp_path / "go on"}" ]; do sleep 0.1; done'
    )
    command = [sys.executable, "scripts/bootstrap.py", "setup"]
    first = subprocess.Popen(command, cwd=checkout, env=told, stdout=subprocess.DEVNULL)
    _wait_for(tmp_path / "installing")
    first.kill()  # only the set-up itself: its uv lives on and still writes
    first.wait(10)
    second = subprocess.Popen(command, cwd=checkout, env=told, stdout=subprocess.PIPE, text=True)
    assert second.stdout is not None
    assert second.stdout.readline() == "다른 설치가 끝나기를 기다립니다 …\n"
    uv.write()
    (tmp_path / "go on").touch()
    shown, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert shown.count("완료 (") == 3


def test_when_an_install_fails_then_the_reason_and_what_to_do_are_shown(run: Run, uv: Any) -> None:
    uv.write(pip_install="echo 'error: no such host' >&2; exit 2")
    done = run(sys.executable, "scripts/bootstrap.py", "setup")
    assert done.returncode == 1
    assert "[1/3] 앱 환경(.venv) … " in done.stdout
    assert "실패 (" in done.stdout
    assert "error: no such host" in done.stderr
    assert "PIP_FIND_LINKS" in done.stderr


def test_when_the_benchmark_wants_its_environment_then_it_lies_on_top_of_the_apps(
    run: Run, checkout: Path, uv: Any
) -> None:
    command = (sys.executable, "scripts/bootstrap.py", "bench")
    done = run(*command)
    assert done.returncode == 1
    assert "make setup" in done.stderr
    _set_up(run)
    uv.forget()
    assert "[1/1] 측정 환경(.venv-bench) … " in run(*command).stdout
    (install,) = uv.calls("pip install")
    assert "--no-deps --require-hashes" in install
    assert install.endswith("requirements/bench.lock")
    where = "import json, sys; print(json.dumps(sys.path))"
    path = json.loads(run(str(checkout / ".venv-bench" / "bin" / "python"), "-c", where).stdout)
    own, apps = (
        next(at for at, folder in enumerate(path) if f"/{name}/" in folder) for name in (".venv-bench", ".venv")
    )
    assert own < apps
    uv.forget()
    assert "그대로" in run(*command).stdout
    assert uv.calls() == []


@pytest.mark.parametrize("arguments", [[], ["install"], ["run", "test"]])
def test_when_called_wrongly_then_the_usage_comes(run: Run, arguments: list[str]) -> None:
    done = run(sys.executable, "scripts/bootstrap.py", *arguments)
    assert done.returncode == 2
    assert "setup|run|test|bench" in done.stderr


@pytest.mark.parametrize("path", sorted((Path(__file__).resolve().parents[2] / "scripts").rglob("*.py")), ids=str)
def test_when_read_by_an_old_python_then_the_syntax_holds(path: Path) -> None:
    ast.parse(path.read_text("utf-8"), feature_version=(3, 8))


def test_when_make_is_called_alone_then_it_explains_itself(run: Run) -> None:
    done = run("make")
    assert done.returncode == 0
    assert "make run" in done.stdout
    assert "set up what is missing" in done.stdout


@pytest.mark.parametrize(
    ("closing", "status"),
    [
        ("============ 12 passed, 1 skipped in 3.21s ============", 0),
        ("======= 1 failed, 12 passed in 83.21s (0:01:23) =======", 2),
        ("================ no tests ran in 0.01s ================", 2),
    ],
)
def test_when_ci_runs_then_pytests_closing_line_comes_last(
    tmp_path: Path, program: Callable[[Path, str], Path], told: dict[str, str], closing: str, status: int
) -> None:
    ci = tmp_path / "a clone" / ".ci" / "run"
    ci.parent.mkdir(parents=True)
    shutil.copy(Path(__file__).resolve().parents[2] / ".ci" / "run", ci)
    program(tmp_path / "bin" / "make", f"#!/bin/sh\necho '{closing}'\necho 'make: a last word' >&2\nexit {status}\n")
    done = subprocess.run(["bash", str(ci)], env=told, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == status
    assert done.stdout.splitlines()[-1] == closing


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} didn't come"
        time.sleep(0.02)
