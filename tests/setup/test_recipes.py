"""Which Python and which torch the two environments get."""

from __future__ import annotations

import io
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from installation.app_environment import AppRecipe
from installation.commands import Commands
from installation.errors import SetupError
from installation.progress import Step
from installation.rasa_environment import RasaRecipe
from installation.uv_tool import UvTool

Python = Callable[[Path, str], Path]


@pytest.fixture
def shown() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def step(shown: io.StringIO) -> Step:
    return Step("[1/1]", shown)


@pytest.fixture
def rasa(commands: Commands) -> RasaRecipe:
    return RasaRecipe(commands, UvTool(commands))


@pytest.fixture
def app(commands: Commands) -> AppRecipe:
    return AppRecipe(commands, UvTool(commands))


def test_when_looking_for_rasas_python_then_the_places_are_tried_in_order(
    tmp_path: Path,
    python: Python,
    shim: Callable[[Path], Path],
    commands: Commands,
    rasa: RasaRecipe,
    uv: Any,
    step: Step,
    shown: io.StringIO,
) -> None:
    shim(tmp_path / "bin" / "python3.10")
    python(tmp_path / "bin" / "python3.11", "3.11.2")
    assert rasa.interpreter(step).path == str(tmp_path / "bin" / "python3.11")
    assert shown.getvalue().count("주의") == 1
    for place, version in (
        (uv.python_dir / "cpython-3.10.16-linux-x86_64-gnu" / "bin" / "python", "3.10.16"),
        (tmp_path / "home" / ".pyenv" / "versions" / "3.10.13" / "bin" / "python", "3.10.13"),
        (tmp_path / "bin" / "python3.10", "3.10.4"),
    ):
        python(place, version)
        assert rasa.interpreter(step).path == str(place)
    commands.environ["MARU_RASA_PYTHON"] = str(python(tmp_path / "my python", "3.10.1"))
    assert rasa.interpreter(step).path == str(tmp_path / "my python")
    assert shown.getvalue().count("주의") == 1
    assert not uv.calls("python install")


def test_when_there_is_none_then_uv_downloads_one(
    tmp_path: Path, python: Python, rasa: RasaRecipe, uv: Any, step: Step
) -> None:
    python(tmp_path / "downloaded", "3.10.20")
    at = uv.python_dir / "cpython-3.10.20-linux-x86_64-gnu" / "bin"
    uv.write(download=f'/bin/mkdir -p "{at}" && /bin/cp "{tmp_path / "downloaded"}" "{at}/python"')
    assert rasa.interpreter(step).version == (3, 10, 20)
    assert uv.calls("python install") == ["python install 3.10"]


def test_when_no_python_can_be_had_at_all_then_one_message_names_the_ways(rasa: RasaRecipe, step: Step) -> None:
    with pytest.raises(SetupError) as caught:
        rasa.interpreter(step)
    for way in ("pyenv install 3.10", "uv python install 3.10", "MARU_RASA_PYTHON="):
        assert way in str(caught.value)


@pytest.mark.parametrize(("version", "lock"), [((3, 10, 13), "rasa-py310.lock"), ((3, 11, 2), "rasa-py311.lock")])
def test_when_rasas_python_is_known_then_its_lock_is_the_input(
    rasa: RasaRecipe, version: tuple[int, int, int], lock: str
) -> None:
    assert [path.name for path in rasa.inputs(version)] == [lock]
    assert rasa.accepts(version)
    assert not rasa.accepts((3, 12, 1))


def test_when_another_python_is_named_then_an_environment_of_the_first_does_not_stay(
    tmp_path: Path, python: Python, commands: Commands, rasa: RasaRecipe
) -> None:
    commands.environ["MARU_RASA_PYTHON"] = str(python(tmp_path / "mine", "3.11.5"))
    assert not rasa.accepts((3, 10, 13))
    assert rasa.accepts((3, 11, 5))


def _install_torch(app: AppRecipe, uv: Any, step: Step, tmp_path: Path) -> str:
    environment = tmp_path / "environment"
    (environment / "bin").mkdir(parents=True)
    (environment / "lib" / "python{}.{}".format(*sys.version_info[:2]) / "site-packages").mkdir(parents=True)
    (environment / "bin" / "python").symlink_to(sys.executable)
    uv.forget()
    app.install(step, environment / "bin" / "python")
    torch, lock = uv.calls("pip install")
    assert "--no-deps --require-hashes" in lock
    assert lock.endswith("requirements/app.lock")
    return str(torch)


def test_when_a_folder_offers_a_fitting_torch_wheel_then_that_is_installed(
    tmp_path: Path, app: AppRecipe, commands: Commands, uv: Any, step: Step
) -> None:
    tag = "cp{}{}".format(*sys.version_info[:2])
    version = (commands.root / "requirements" / "torch.txt").read_text("utf-8").split("==")[1].strip()
    offered = tmp_path / "my wheels"
    offered.mkdir()
    fitting = f"torch-{version}+cpu-{tag}-{tag}-manylinux_2_28_{platform.machine()}.whl"
    for name in (
        f"torch-{version}+cpu-cp39-cp39-manylinux_2_28_{platform.machine()}.whl",
        f"torch-0.0.1+cpu-{tag}-{tag}-manylinux_2_28_{platform.machine()}.whl",
        f"torch-{version}+cpu-{tag}-{tag}-win_amd64.whl",
        f"torch-{version}+cu126-{tag}-{tag}-manylinux_2_28_{platform.machine()}.whl",
        fitting,
    ):
        (offered / name).touch()
    commands.environ["PIP_FIND_LINKS"] = str(offered)
    torch = _install_torch(app, uv, step, tmp_path)
    assert torch.endswith(f"--no-deps {offered}/{fitting}")


def test_when_nothing_is_offered_then_uvs_cpu_build_is_asked_for(
    tmp_path: Path, app: AppRecipe, commands: Commands, uv: Any, step: Step
) -> None:
    commands.environ["PIP_FIND_LINKS"] = f"{tmp_path / 'none'} https://wheels.invalid/simple"
    torch = _install_torch(app, uv, step, tmp_path)
    assert "--no-deps --torch-backend cpu -r" in torch


def test_when_the_right_torch_is_there_then_it_is_left_alone(
    tmp_path: Path, app: AppRecipe, commands: Commands, uv: Any, step: Step
) -> None:
    version = (commands.root / "requirements" / "torch.txt").read_text("utf-8").split("==")[1].strip()
    _install_torch(app, uv, step, tmp_path)
    site_packages = tmp_path / "environment" / "lib" / "python{}.{}".format(*sys.version_info[:2]) / "site-packages"
    (site_packages / f"torch-{version}+cpu.dist-info").mkdir()
    uv.forget()
    app.install(step, tmp_path / "environment" / "bin" / "python")
    assert len(uv.calls("pip install")) == 1
    assert uv.calls("pip install")[0].endswith("requirements/app.lock")


def test_when_a_backend_is_chosen_then_it_comes_with_its_dependencies(
    tmp_path: Path, app: AppRecipe, commands: Commands, uv: Any, step: Step
) -> None:
    commands.environ["MARU_TORCH_BACKEND"] = "cu126"
    torch = _install_torch(app, uv, step, tmp_path)
    assert "--torch-backend cu126" in torch
    assert "--no-deps" not in torch


def test_when_an_old_uv_is_on_path_then_it_is_not_taken(
    commands: Commands, uv: Any, step: Step, tmp_path: Path
) -> None:
    uv.write(version="0.4.30")
    newer = tmp_path / "newer" / "uv"
    newer.parent.mkdir()
    newer.write_text("#!/bin/sh\necho uv 0.13.9\n", "utf-8")
    newer.chmod(0o755)
    commands.environ["PATH"] += f":{newer.parent}"
    assert UvTool(commands).path(step) == str(newer)


def test_when_the_named_uv_does_not_run_then_that_is_said(commands: Commands, step: Step) -> None:
    commands.environ["UV"] = "/no/such/uv"
    with pytest.raises(SetupError, match="UV=/no/such/uv"):
        UvTool(commands).path(step)
