"""What the tests need from the system: Chromium, a font with Hangul, a Redis server, and a synthetic voice."""

from __future__ import annotations

import os
import shutil

from installation.commands import Commands
from installation.progress import Step

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Debian's redis-tools holds the server itself under the last name; its redis-server would add a service that runs.
REDIS_SERVERS = ("redis-server", "valkey-server", "redis-check-rdb")


def ensure_system_packages(step: Step, commands: Commands) -> None:
    """Install what is missing with apt where that is allowed; else say how to."""
    found = {
        "chromium": _has_program(commands, *BROWSERS),
        "fonts-noto-cjk": bool(commands.read(["fc-list", ":lang=ko", "family"])),
        "redis-tools": _has_program(commands, *REDIS_SERVERS),
        "espeak-ng": _has_program(commands, "espeak-ng"),
    }
    missing = [package for package, there in found.items() if not there]
    if not missing:
        return
    names = " ".join(missing)
    if os.geteuid() != 0 or not _has_program(commands, "apt-get"):
        step.remark(f"시험에 필요한 것이 없습니다: {names}. 데비안·우분투라면 sudo apt-get install {names}")
        return
    step.note(f"apt로 설치: {names}")
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "-o", "Acquire::Retries=3"]
    apt += ["-o", "DPkg::Lock::Timeout=300"]
    commands.run([*apt, "update"], "apt-get update가 실패했습니다.")
    commands.run([*apt, "install", "--no-install-recommends", *missing], f"{names}을(를) 설치하지 못했습니다.")


def _has_program(commands: Commands, *names: str) -> bool:
    path = commands.environ.get("PATH")
    return any(shutil.which(name, path=path) for name in names)
