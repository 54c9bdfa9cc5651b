"""What the browser test needs from the system: Chromium and a font with Hangul."""

from __future__ import annotations

import os
import shutil

from installation.commands import Commands
from installation.progress import Step

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def ensure_browser(step: Step, commands: Commands) -> None:
    """Install what is missing with apt where that is allowed; else say how to."""
    found = {"chromium": _has_browser(commands), "fonts-noto-cjk": _has_font(commands)}
    missing = [package for package, there in found.items() if not there]
    if not missing:
        return
    names = " ".join(missing)
    path = commands.environ.get("PATH")
    if os.geteuid() != 0 or shutil.which("apt-get", path=path) is None:
        step.remark(f"브라우저 시험에 필요한 것이 없습니다: {names}. 데비안·우분투라면 sudo apt-get install {names}")
        return
    step.note(f"apt로 설치: {names}")
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "-o", "Acquire::Retries=3"]
    apt += ["-o", "DPkg::Lock::Timeout=300"]
    commands.run([*apt, "update"], "apt-get update가 실패했습니다.")
    commands.run([*apt, "install", "--no-install-recommends", *missing], f"{names}을(를) 설치하지 못했습니다.")


def _has_browser(commands: Commands) -> bool:
    path = commands.environ.get("PATH")
    return any(shutil.which(name, path=path) for name in BROWSERS)


def _has_font(commands: Commands) -> bool:
    return bool(commands.read(["fc-list", ":lang=ko", "family"]))
