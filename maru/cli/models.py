"""``maru models``: assemble and check the model files that come with Maru."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from knowledge.embedder import BUNDLED
from knowledge.errors import ModelFileError
from knowledge.model_files import assemble_e5, is_assembled, verify_folder
from maru.cli.output import fail, print_json
from maru.settings import get_settings
from voice.errors import VoiceError
from voice.model_files import assemble_whisper, verify_whisper


def models(
    source: Annotated[
        Path | None, typer.Option("--source", help="requirements/models.lock의 패키지를 푼 폴더. 없으면 점검만 합니다")
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help="모든 파일의 sha256을 다시 셉니다")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로")] = False,
) -> None:
    """문장 임베딩 모델(e5-small)과 음성 인식 모델(whisper-base)을 조립하고 sha256으로 점검합니다."""
    folder = get_settings().models_dir
    e5, whisper = folder / BUNDLED, folder / "whisper-base"
    if source is not None:
        started = time.monotonic()
        try:
            if not is_assembled(e5) or not verify_folder(e5):
                assemble_e5(source, e5)
            assemble_whisper(source, whisper)
        except (ModelFileError, VoiceError, OSError) as error:
            fail(f"모델을 조립하지 못했습니다: {error}")
        if not as_json:
            typer.echo(f"조립 {time.monotonic() - started:.1f}초")
    state = {
        BUNDLED: verify_folder(e5) if verify else is_assembled(e5),
        "whisper-base": verify_whisper(whisper, full=verify),
    }
    if as_json:
        print_json(state)
    else:
        for name, good in state.items():
            typer.echo(f"{name}: {'있음' if good else '없거나 다름. make setup을 다시 해 주세요'}")
    raise typer.Exit(0 if all(state.values()) else 1)
