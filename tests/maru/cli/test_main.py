from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import maru as package
from maru.cli.main import app
from maru.settings import ROOT, get_settings
from tests.maru.cli.conftest import Maru

DOCUMENT = (ROOT / "docs" / "cli.md").read_text("utf-8")
# What a command's output says and what it is told stand in its help.
WITHOUT_JSON = {
    "serve",
    "train",
    "train calibration",
    "train danger",
    "train embeddings",
    "train names",
    "train sounds",
}


def commands(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every command that can be run, by the words that run it (Typer brings a Click of its own: no isinstance)."""
    if not hasattr(command, "list_commands"):
        yield name, command
        return
    if command.invoke_without_command:
        yield name, command
    for part in command.list_commands(None):
        yield from commands(command.get_command(None, part), f"{name} {part}".strip())


def options(command: Any) -> list[Any]:
    """Its options, without --help."""
    return [p for p in command.params if p.param_type_name == "option" and p.name != "help"]


COMMANDS = dict(commands(typer.main.get_command(app)))


def test_when_listed_then_the_commands_are_those_of_the_contract() -> None:
    assert set(COMMANDS) == {
        *("ask", "search", "thresholds", "scrub", "transcribe", "serve", "train", "train calibration", "models"),
        *("train danger", "train embeddings", "train names", "train sounds"),
        *("faq export", "faq import", "faq validate", "transcripts export", "transcripts purge"),
        *("privacy scan", "privacy try"),
        *("transcripts review", "transcripts erase", "transcripts audit"),
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_when_help_is_asked_for_then_the_command_explains_itself_in_korean(maru: Maru, name: str) -> None:
    result = maru(*name.split(), "--help")
    assert result.exit_code == 0, result.output
    command = COMMANDS[name]
    assert re.search(r"[가-힣]{2}.*[.다]", command.help or "")
    assert ("--json" in result.output) == (name not in WITHOUT_JSON)
    for option in options(command):
        assert re.search("[가-힣]", option.help or ""), f"{name} {option.name}"
        assert option.opts[0] in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_when_a_command_is_there_then_its_document_names_it_and_its_options(name: str) -> None:
    assert f"maru {name}" in DOCUMENT
    section = DOCUMENT.split(f"\n## maru {name.split()[0]}\n")[1].split("\n## ")[0]
    for option in options(COMMANDS[name]):
        assert option.opts[0] in section, f"{name} {option.opts[0]}"


def test_when_maru_is_asked_for_help_then_all_commands_stand_there(maru: Maru) -> None:
    for result in (maru("--help"), maru()):
        for name in COMMANDS:
            assert re.search(rf"^  {name.split()[0]} +.*[가-힣]", result.output, re.MULTILINE), name
        assert "MARU_" in result.output


def test_when_the_version_is_asked_for_then_it_is_the_packages(maru: Maru) -> None:
    assert maru("--version").output == f"maru {package.__version__}\n"


@pytest.mark.parametrize(
    "words", [["nothing"], ["faq", "nothing"], ["ask"], ["search"], ["faq", "export"], ["ask", "a", "b"]]
)
def test_when_a_command_is_used_wrongly_then_it_ends_with_2(maru: Maru, words: list[str]) -> None:
    assert maru(*words).exit_code == 2


def test_when_only_help_is_shown_then_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    started = time.monotonic()
    shown = subprocess.run(
        [str(Path(sys.executable).with_name("maru")), "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert shown.returncode == 0
    assert "transcribe" in shown.stdout
    assert time.monotonic() - started < 15
    heavy = "torch", "kiwipiepy", "faiss", "faster_whisper", "sqlalchemy", "presidio_analyzer"
    code = f"import sys, maru.cli.main; print([name for name in {heavy!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert loaded.stdout == "[]\n"


@pytest.mark.parametrize("name", ["MARU_REDIS_URL", "MARU_VAULT_KEY"])
def test_when_a_setting_is_malformed_then_one_korean_line_names_it_without_its_value(
    maru: Maru, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "geheim")
    get_settings.cache_clear()
    result = maru("thresholds")
    assert result.exit_code == 1
    (line,) = result.output.splitlines()
    assert re.match(f"{name}: .*[가-힣]", line)
    assert "geheim" not in line
