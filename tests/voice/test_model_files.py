"""Putting the model together: whole or not at all."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from maru.settings import ROOT, Settings
from voice.errors import ModelFileCorrupt, ModelFileMissing
from voice.model_files import FOLDER, MANIFEST, WHISPER_BASE, PinnedFile, assemble_whisper, verify_whisper

PARTS = {"one/model.part1": b"first half, " * 500, "two/model.part2": b"second half" * 300, "two/config.json": b"{}"}
FILES = tuple(
    PinnedFile(
        name,
        sum(len(PARTS[part]) for part in parts),
        hashlib.sha256(b"".join(PARTS[part] for part in parts)).hexdigest(),
        parts,
    )
    for name, parts in [("model.bin", ("one/model.part1", "two/model.part2")), ("config.json", ("two/config.json",))]
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for name, content in PARTS.items():
        path = tmp_path / "wheels" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "wheels"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "models with a space" / FOLDER


def test_when_every_part_is_right_then_the_folder_is_whole(source: Path, target: Path) -> None:
    shares: list[float] = []

    assert assemble_whisper(source, target, shares.append, FILES) == target

    assert (target / "model.bin").read_bytes() == PARTS["one/model.part1"] + PARTS["two/model.part2"]
    assert {path.name for path in target.iterdir()} == {"model.bin", "config.json", MANIFEST}
    assert verify_whisper(target, files=FILES)
    assert verify_whisper(target, full=True, files=FILES)
    assert [path.name for path in target.parent.iterdir()] == [FOLDER]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_when_it_is_whole_already_then_the_wheels_are_not_needed(source: Path, target: Path, tmp_path: Path) -> None:
    assemble_whisper(source, target, None, FILES)
    before = (target / "model.bin").stat().st_mtime_ns

    assemble_whisper(tmp_path / "nowhere", target, None, FILES)

    assert (target / "model.bin").stat().st_mtime_ns == before


def test_when_a_part_is_missing_then_nothing_is_left_and_the_error_names_it(source: Path, target: Path) -> None:
    (source / "two/model.part2").unlink()

    with pytest.raises(ModelFileMissing, match=r"model\.part2"):
        assemble_whisper(source, target, None, FILES)

    assert list(target.parent.iterdir()) == []


def test_when_a_part_is_not_the_pinned_one_then_nothing_is_left(source: Path, target: Path) -> None:
    (source / "two/model.part2").write_bytes(b"second hALF" * 300)

    with pytest.raises(ModelFileCorrupt, match=r"model\.bin"):
        assemble_whisper(source, target, None, FILES)

    assert list(target.parent.iterdir()) == []


def test_when_assembly_is_killed_half_way_then_the_next_one_finishes_and_tidies_up(source: Path, target: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from tests.voice.test_model_files import FILES;"
        "from voice.model_files import assemble_whisper;"
        "assemble_whisper(Path(sys.argv[1]), Path(sys.argv[2]), lambda share: share and os._exit(9), FILES)"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(source), str(target)], cwd=ROOT, check=False)
    assert killed.returncode == 9
    assert len(list(target.parent.iterdir())) == 1
    assert not verify_whisper(target, files=FILES)

    assemble_whisper(source, target, None, FILES)

    assert [path.name for path in target.parent.iterdir()] == [FOLDER]
    assert verify_whisper(target, full=True, files=FILES)


def test_when_another_assembly_is_running_then_its_work_is_left_alone(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True)
    theirs = target.parent / f".{FOLDER}.{os.getppid()}.abc"
    theirs.mkdir()

    assemble_whisper(source, target, None, FILES)

    assert theirs.is_dir()


@pytest.mark.parametrize(
    ("name", "content", "quick", "full"),
    [
        ("model.bin", None, False, False),
        ("model.bin", b"short", False, False),
        ("model.bin", b"x" * FILES[0].size, True, False),
        (MANIFEST, None, False, False),
        (MANIFEST, b"{not json", False, False),
        (MANIFEST, b"{}", False, False),
    ],
    ids=["gone", "short", "changed", "no-manifest", "broken-manifest", "older-pins"],
)
def test_when_the_folder_is_damaged_then_it_is_noticed_and_mended(
    name: str, content: bytes | None, quick: bool, full: bool, source: Path, target: Path
) -> None:
    assemble_whisper(source, target, None, FILES)
    (target / name).unlink()
    if content is not None:
        (target / name).write_bytes(content)

    assert verify_whisper(target, files=FILES) is quick
    assert verify_whisper(target, full=True, files=FILES) is full
    assemble_whisper(source, target, None, FILES)
    assert verify_whisper(target, full=True, files=FILES)
    assert [path.name for path in target.parent.iterdir()] == [FOLDER]


def test_when_there_is_no_folder_then_it_is_not_whole(tmp_path: Path) -> None:
    assert not verify_whisper(tmp_path / "absent")


@pytest.mark.slow
def test_when_the_set_up_has_run_then_every_byte_of_the_real_model_is_pinned() -> None:
    assert verify_whisper(Settings().models_dir / FOLDER, full=True)
    assert {file.name for file in WHISPER_BASE} == {"model.bin", "config.json", "tokenizer.json", "vocabulary.json"}
