from __future__ import annotations

import os
import resource
import sqlite3
import threading
from pathlib import Path

import pytest

from maru.settings import ROOT
from privacy.scan.files import scan_paths
from privacy.scan.findings import Report
from privacy.scan.scanner import Scanner

PHONE = "010-4827-3951"


def scan(*paths: Path, patterns: bool = False) -> Report:
    scanner = Scanner([PHONE], patterns=patterns)
    scan_paths(scanner, paths)
    return scanner.report


def test_when_a_folder_is_scanned_then_every_file_under_it_is(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "deep.log").write_text(PHONE)
    (tmp_path / ".hidden").write_text(PHONE)
    (tmp_path / "empty").touch()
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "gone").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    report = scan(tmp_path)
    assert {Path(find.place).name for find, _ in report.found()} == {"deep.log", ".hidden"}
    assert (report.files, list(report.not_scanned)) == (3, [])


def test_when_a_folder_lies_behind_a_link_then_it_is_scanned(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").write_text(PHONE)
    (tmp_path / "scanned").mkdir()
    (tmp_path / "scanned" / "link").symlink_to(tmp_path / "real")
    assert len(scan(tmp_path / "scanned").found()) == 1


def test_when_a_file_cannot_be_read_then_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").write_text(PHONE)
    (tmp_path / "open").write_text(PHONE)
    real = Path.open

    def shut(self: Path, *more: object, **others: object) -> object:
        if self.name == "shut":  # permissions don't stop root
            raise PermissionError(13, f"no {PHONE}")
        return real(self, *more, **others)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", shut)
    report = scan(tmp_path)
    assert [each.reason for each in report.not_scanned] == ["unreadable"]
    assert len(report.found()) == 1


def test_when_files_come_and_go_meanwhile_then_the_scan_goes_on(tmp_path: Path) -> None:
    stop = threading.Event()

    def churn() -> None:
        while not stop.is_set():
            for number in range(20):
                (tmp_path / f"{number}.log").write_bytes(os.urandom(5000))
            for number in range(20):
                (tmp_path / f"{number}.log").unlink()

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        for _ in range(20):
            assert not scan(tmp_path).found()
    finally:
        stop.set()
        thread.join()


def test_when_sqlite_rows_were_deleted_then_they_are_found_in_its_free_pages(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA secure_delete=OFF")
    connection.execute("CREATE TABLE t (x TEXT)")
    connection.executemany("INSERT INTO t VALUES (?)", [(f"{PHONE} {'x' * 500}",) for _ in range(50)])
    connection.commit()
    connection.execute("DELETE FROM t")
    connection.commit()
    assert connection.execute("PRAGMA freelist_count").fetchone()[0] > 0
    connection.close()
    for patterns in (True, False):
        assert {find.place for find, _ in scan(path, patterns=patterns).found()} == {str(path)}


def test_when_a_file_is_named_alone_then_what_sqlite_keeps_beside_it_is_scanned_too(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"nothing")
    (tmp_path / "x.db-journal").write_text(PHONE)
    assert [Path(find.place).name for find, _ in scan(tmp_path / "x.db").found()] == ["x.db-journal"]


def test_when_a_file_is_huge_then_it_is_not_read_into_memory(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(300 << 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert not scan(tmp_path).found()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10  # KiB


def test_when_maru_scans_its_own_data_and_documents_then_nothing_is_found() -> None:
    scanner = Scanner([], patterns=True)
    own = [path for path in (ROOT / "data").iterdir() if path.name != "privacy"]  # made-up personal data to learn from
    scan_paths(scanner, [*own, ROOT / "docs", ROOT / "privacy" / "word_lists"])
    assert [(find.place, find.offset, find.kind) for find, _ in scanner.report.found()] == []
    assert list(scanner.report.not_scanned) == []
