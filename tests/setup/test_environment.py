"""An environment survives everything but a change of what goes into it."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from installation.commands import Commands
from installation.environment import STAMP, UNFINISHED, Environment
from installation.errors import SetupError
from installation.interpreters import Interpreter, inspect
from installation.progress import Step
from installation.uv_tool import UvTool

Version = tuple[int, int, int]


class CountingRecipe:
    """Installs nothing but counts how often."""

    def __init__(self, lock: Path) -> None:
        self.variant = "cpu"
        self.lock = lock
        self.installs = 0
        self.fails = False
        self.overrides = False
        lock.write_text("first", "utf-8")

    def accepts(self, version: Version) -> bool:
        return True

    def inputs(self, version: Version) -> Iterable[Path]:
        return [self.lock]

    def breaks_caps(self, version: Version) -> bool:
        return self.overrides

    def interpreter(self, step: Step) -> Interpreter:
        found = inspect(sys.executable)
        assert found is not None
        return found

    def install(self, step: Step, python: Path) -> None:
        self.installs += 1
        if self.fails:
            raise SetupError("the network is gone")


@pytest.fixture
def step() -> Step:
    return Step("[1/1]", io.StringIO())


@pytest.fixture
def recipe(tmp_path: Path) -> CountingRecipe:
    return CountingRecipe(tmp_path / "lock")


@pytest.fixture
def environment(commands: Commands) -> Environment:
    return Environment(commands.root / ".venv", commands, UvTool(commands))


@pytest.fixture
def built(environment: Environment, recipe: CountingRecipe, step: Step, uv: Any) -> Environment:
    """One that is finished, with a mark that a rebuild would wipe out."""
    environment.ensure(step, recipe)
    (environment.folder / "mark").touch()
    assert recipe.installs == 1
    uv.forget()
    return environment


def _was_rebuilt(environment: Environment) -> bool:
    return not (environment.folder / "mark").exists()


def test_when_nothing_changed_then_nothing_is_done_and_uv_is_not_even_asked(
    built: Environment, recipe: CountingRecipe, uv: Any
) -> None:
    step = Step("[1/1]", io.StringIO())
    built.ensure(step, recipe)
    assert recipe.installs == 1
    assert uv.calls() == []
    assert step.outcome == "그대로"


def test_when_the_lock_changed_then_it_installs_into_the_same_environment(
    built: Environment, recipe: CountingRecipe, step: Step
) -> None:
    recipe.lock.write_text("second", "utf-8")
    built.ensure(step, recipe)
    built.ensure(step, recipe)
    assert recipe.installs == 2
    assert not _was_rebuilt(built)


def test_when_made_by_hand_then_it_is_adopted(built: Environment, recipe: CountingRecipe, step: Step) -> None:
    (built.folder / STAMP).unlink()
    built.ensure(step, recipe)
    assert recipe.installs == 2
    assert not _was_rebuilt(built)


def test_when_an_install_was_cut_short_then_it_starts_afresh(
    built: Environment, recipe: CountingRecipe, step: Step
) -> None:
    recipe.lock.write_text("second", "utf-8")
    recipe.fails = True
    with pytest.raises(SetupError, match="the network is gone"):
        built.ensure(step, recipe)
    assert (built.folder / UNFINISHED).exists()
    recipe.fails = False
    built.ensure(step, recipe)
    assert _was_rebuilt(built)
    assert not (built.folder / UNFINISHED).exists()


@pytest.mark.parametrize("damage", ["dangling", "missing", "shim", "no cfg", "another variant", "not a folder"])
def test_when_it_cannot_be_kept_then_it_is_rebuilt(
    built: Environment, recipe: CountingRecipe, step: Step, damage: str, tmp_path: Path
) -> None:
    if damage == "no cfg":
        (built.folder / "pyvenv.cfg").unlink()
    elif damage == "another variant":
        recipe.variant = "cu126"
    elif damage == "not a folder":
        built.folder.rename(tmp_path / "elsewhere")
        built.folder.symlink_to(tmp_path / "nowhere")
    else:
        built.python.unlink()
        if damage == "dangling":
            built.python.symlink_to("/no/such/python")
        elif damage == "shim":
            built.python.write_text("#!/bin/sh\nexit 127\n", "utf-8")
            built.python.chmod(0o755)
    built.ensure(step, recipe)
    assert _was_rebuilt(built)
    assert inspect(built.python) is not None
    assert (built.folder / STAMP).exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '"x"'])
def test_when_the_stamp_is_unreadable_then_it_installs_again(
    built: Environment, recipe: CountingRecipe, step: Step, content: str
) -> None:
    (built.folder / STAMP).write_text(content, "utf-8")
    built.ensure(step, recipe)
    assert recipe.installs == 2


def test_when_leftovers_do_not_fit_the_new_lock_then_it_starts_afresh_once(
    built: Environment, recipe: CountingRecipe, step: Step, uv: Any
) -> None:
    uv.write(pip_check=f'[ ! -e "{built.folder / "mark"}" ]')
    recipe.lock.write_text("second", "utf-8")
    built.ensure(step, recipe)
    assert recipe.installs == 3
    assert _was_rebuilt(built)


def test_when_a_fresh_one_does_not_fit_together_then_that_is_an_error(
    environment: Environment, recipe: CountingRecipe, step: Step, uv: Any
) -> None:
    uv.write(pip_check="false")
    with pytest.raises(SetupError, match=r"\.venv"):
        environment.ensure(step, recipe)
    assert recipe.installs == 1
    recipe.overrides = True
    environment.ensure(step, recipe)
    assert (environment.folder / STAMP).exists()
