#!/usr/bin/env python3
"""Sets up the checkout: ``bootstrap.py setup|run|test|bench``. Safe to run again at any time.

Offline once it has succeeded.

Environment: UV, MARU_PYTHON, MARU_RASA_PYTHON, MARU_TORCH_BACKEND, PIP_FIND_LINKS.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Sequence

if sys.version_info < (3, 8):  # noqa: UP036 - whatever python3 the machine has runs this file
    sys.exit("Python 3.8 이상이 필요합니다: make PYTHON=/경로/python3 …")

from installation.app_environment import AppRecipe
from installation.bench_environment import BenchRecipe
from installation.checkout_lock import checkout_lock
from installation.commands import Commands
from installation.environment import Environment
from installation.errors import SetupError
from installation.model_files import ensure_models
from installation.progress import Progress
from installation.rasa_environment import RasaRecipe
from installation.system_packages import ensure_system_packages
from installation.uv_tool import UvTool

ROOT = Path(__file__).resolve().parent.parent
USAGE = "사용법: python3 scripts/bootstrap.py setup|run|test|bench"


def set_up(root: Path, purpose: str) -> None:
    """Bring the checkout at ``root`` to where ``make <purpose>`` can go on; raises SetupError."""
    cache = root / ".cache"
    with checkout_lock(cache / "setup.lock", lambda: print("다른 설치가 끝나기를 기다립니다 …", flush=True)) as held:
        commands = Commands(root, cache / "setup.log", [held])
        uv = UvTool(commands)
        app = Environment(root / ".venv", commands, uv)
        rasa = Environment(root / ".venv-rasa", commands, uv)
        if purpose == "bench":  # what the retrieval benchmark adds to an installation that is there
            with Progress(1).step("측정 환경(.venv-bench)") as step:
                Environment(root / ".venv-bench", commands, uv).ensure(step, BenchRecipe(commands, uv, app.python))
            return
        progress = Progress(4 if purpose == "test" else 3)
        with progress.step("앱 환경(.venv)") as step:
            app.ensure(step, AppRecipe(commands, uv))
        with progress.step("Rasa 환경(.venv-rasa)") as step:
            rasa.ensure(step, RasaRecipe(commands, uv))
        with progress.step("모델 파일") as step:
            ensure_models(step, commands, uv, app.python)
        if purpose == "test":
            with progress.step("시험용 프로그램") as step:
                ensure_system_packages(step, commands)


def main(arguments: Sequence[str]) -> int:
    """Exit status: 0 set up, 1 not (the reason is printed), 2 wrong usage, 130 interrupted."""
    if len(arguments) != 1 or arguments[0] not in ("setup", "run", "test", "bench"):
        print(USAGE, file=sys.stderr)
        return 2
    try:
        set_up(ROOT, arguments[0])
    except SetupError as error:
        print(
            f"\n설치를 마치지 못했습니다: {error}\n다시 하면 남은 것부터 이어집니다. 기록: .cache/setup.log",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\n멈췄습니다. 다시 하면 남은 것부터 이어집니다.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
