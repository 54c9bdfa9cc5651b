from __future__ import annotations

import base64
import json
import sqlite3
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest

from privacy.canary import find_leaks
from privacy.scan.scanner import WINDOW

NAME = "홍길동"
PHONE = "010-1234-5678"


@pytest.mark.parametrize(
    "content",
    [
        f"name={NAME}".encode(),
        b"tel 01012345678 end",
        json.dumps({"n": NAME}).encode(),
        json.dumps({"n": NAME}).upper().encode(),
        quote(f"q={NAME}").encode(),
        quote(f"q={NAME}").lower().encode(),
        unicodedata.normalize("NFD", f"이름 {NAME}").encode(),
        NAME.encode("utf-16-le"),
        NAME.encode("utf-16-be"),
        NAME.encode("cp949"),
        NAME.encode().hex().encode(),
        NAME.encode().hex().upper().encode(),
        PHONE.encode().hex().encode(),
        *(base64.b64encode(b"x" * shift + f"{NAME} {PHONE}".encode() + b"yy") for shift in range(6)),
        base64.urlsafe_b64encode(f"???{NAME}???".encode()),
    ],
)
def test_when_an_original_is_there_in_any_form_then_it_is_found(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "log.txt"
    file.write_bytes(b"\0" * 100 + content)
    leaks = find_leaks([tmp_path], [NAME, PHONE])
    assert leaks
    assert all(leak.path == file and leak.offset >= 100 for leak in leaks)
    assert NAME not in repr(leaks)
    assert PHONE not in repr(leaks)


def test_when_nothing_is_there_then_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text("전화번호 <전화번호_1> 이름 <이름_1> 120 1588-2188", encoding="utf-8")
    assert find_leaks([tmp_path, tmp_path / "absent"], [NAME, PHONE]) == []


@pytest.mark.parametrize("before", [WINDOW - 5, WINDOW, 2 * WINDOW - 1])
def test_when_an_original_lies_across_two_blocks_then_it_is_found(tmp_path: Path, before: int) -> None:
    (tmp_path / "big").write_bytes(b"." * before + PHONE.encode() + b"." * 60)
    assert [(leak.offset, leak.encoding) for leak in find_leaks([tmp_path], [PHONE])] == [(before, "raw")]


def test_when_an_original_is_only_in_the_write_ahead_log_then_it_is_found(tmp_path: Path) -> None:
    path = tmp_path / "maru.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE t (x TEXT)")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("INSERT INTO t VALUES (?)", (NAME,))
    connection.commit()
    leaks = find_leaks([path], [NAME])
    connection.close()
    assert {leak.path.name for leak in leaks} == {"maru.db-wal", "maru.db:t.x"}
