from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from maru.supervisor.child import Command
from maru.supervisor.errors import GaveUpError
from maru.supervisor.keeper import Keeper
from maru.supervisor.restart_policy import RestartPolicy


def _quick() -> RestartPolicy:
    return RestartPolicy(limit=3, first_delay_s=0.01)


def _python(code: str, tmp_path: Path) -> Command:
    return Command("시험", (sys.executable, "-c", code), dict(os.environ), tmp_path)


async def test_when_it_keeps_dying_then_the_last_lines_are_told(tmp_path: Path) -> None:
    said: list[str] = []
    keeper = Keeper(tmp_path / "log", said.append, _quick)
    with pytest.raises(GaveUpError, match=r"3번(.|\n)*  \| 한글 마지막 줄"):
        await keeper.keep(_python("import sys; print('한글 마지막 줄'); sys.exit(7)", tmp_path), "child")
    assert [line for line in said if "종료 코드 7" in line and "다시 시작" in line] == said[1::2]
    assert keeper.deaths == 3


async def test_when_cancelled_then_the_child_is_stopped_first(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "log", lambda _line: None, _quick)
    code = (
        "import signal, sys, threading\n"
        "signal.signal(signal.SIGTERM, lambda *_: (print('tidied', flush=True), sys.exit(0)))\n"
        "print('up', flush=True)\n"
        "while True: threading.Event().wait(0.1)"
    )
    task = asyncio.create_task(keeper.keep(_python(code, tmp_path), "child"))
    log = tmp_path / "log" / "child.log"
    while not log.exists() or "up" not in log.read_text("utf-8"):
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "tidied" in log.read_text("utf-8")


async def test_when_a_child_ignores_sigterm_then_it_is_killed_after_the_grace(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "log", lambda _line: None, _quick, grace_s=0.2)
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    task = asyncio.create_task(keeper.keep(_python(code, tmp_path), "child"))
    log = tmp_path / "log" / "child.log"
    while not log.exists():
        await asyncio.sleep(0.01)
    task.cancel()
    async with asyncio.timeout(5):
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_when_it_prints_without_end_or_line_ends_then_all_of_it_is_read(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "log", lambda _line: None, _quick)
    code = "import sys; sys.stdout.write('x' * 3_000_000); sys.stdout.write('\\nlast without end')"
    status, log = await keeper.run_once(_python(code, tmp_path), "child")
    assert status == 0
    assert log.tail()[-1] == "last without end"
