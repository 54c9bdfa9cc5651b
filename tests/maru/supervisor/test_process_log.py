from __future__ import annotations

from pathlib import Path

from maru.supervisor.process_log import OLDER, TAIL_LINES, ProcessLog


def test_when_full_then_it_rotates_and_keeps_only_so_many(tmp_path: Path) -> None:
    log = ProcessLog(tmp_path / "log" / "app.log", max_bytes=10)
    for number in range(20):
        log.write(f"line {number}\n".encode())
    names = sorted(path.name for path in (tmp_path / "log").iterdir())
    assert names == ["app.log", *(f"app.log.{number}" for number in range(1, OLDER + 1))]
    assert log.path.read_bytes() == b"line 19\n"
    assert (tmp_path / "log" / "app.log.1").read_bytes() == b"line 18\n"


def test_when_written_then_only_its_owner_reads_it(tmp_path: Path) -> None:
    log = ProcessLog(tmp_path / "log" / "app.log")
    log.write(b"line\n")
    assert log.path.stat().st_mode & 0o777 == 0o600


def test_when_asked_for_the_tail_then_the_last_lines_come(tmp_path: Path) -> None:
    log = ProcessLog(tmp_path / "app.log")
    for number in range(100):
        log.write(f"{number}\n".encode())
    assert log.tail() == [str(number) for number in range(100 - TAIL_LINES, 100)]
