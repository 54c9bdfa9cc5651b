from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from maru.settings import ROOT
from tests.maru.cli.conftest import Maru

PHONE, NAME = "010-4827-3951", "윤하늘별"


@pytest.fixture
def leaky(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "app.log").write_text(f"{NAME} {PHONE}\n" * 3, "utf-8")
    (folder / "clean.log").write_text("<전화번호_1> 120\n", "utf-8")
    return folder


@pytest.fixture
def canaries(tmp_path: Path) -> Path:
    (tmp_path / "canaries.txt").write_text(f"\n{NAME}\n{PHONE}\n", "utf-8")
    return tmp_path / "canaries.txt"


def test_when_something_is_found_then_it_is_shown_masked_and_the_code_is_1(
    maru: Maru, leaky: Path, canaries: Path
) -> None:
    result = maru("privacy", "scan", leaky, "--canaries", canaries)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == f"{leaky}/app.log @0: 찾는 값 2번째 줄 [raw] 윤*** (3번)"
    assert lines[1] == f"{leaky}/app.log @13: 찾는 값 3번째 줄 [raw] 010-****-**51 (3번)"
    assert lines[2] == f"{leaky}/app.log @13: 전화번호 [raw] 010-****-**51 (3번)"
    assert lines[3].startswith("찾은 것 3건, 다 보지 못한 것 0건. 파일 2개")
    assert PHONE not in result.output
    assert NAME not in result.output


def test_when_json_is_asked_for_then_it_is_the_contracts(maru: Maru, leaky: Path) -> None:
    result = maru("privacy", "scan", leaky, "--canaries", "-", "--no-patterns", "--json", input=PHONE)
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report.pop("seconds") >= 0
    assert report == {
        "finds": [
            {
                "place": f"{leaky}/app.log",
                "row": None,
                "offset": 13,
                "kind": "CANARY",
                "encoding": "raw",
                "masked": "010-****-**51",
                "canary": 1,
                "count": 3,
            }
        ],
        "not_scanned": [],
        "files": 2,
        "rows": 0,
        "bytes": sum(path.stat().st_size for path in leaky.iterdir()),
    }


def test_when_nothing_is_found_then_the_code_is_0(maru: Maru, leaky: Path) -> None:
    assert maru("privacy", "scan", leaky / "clean.log").exit_code == 0


def test_when_a_database_is_named_by_its_url_then_rows_and_raw_bytes_are_scanned(maru: Maru, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("INSERT INTO t VALUES (?)", (f"번호 {PHONE}",))
    connection.close()
    result = maru("privacy", "scan", f"sqlite:///{tmp_path}/a.db", "--json")
    places = {(Path(find["place"]).name, find["row"]) for find in json.loads(result.stdout)["finds"]}
    assert places == {("a.db", None), ("a.db:t.x", "1")}


@pytest.mark.parametrize(
    ("target", "reason", "said"),
    [
        ("absent", "absent", "그런 파일"),
        ("sqlite:////nowhere/a.db", "absent", "그런 파일"),
        ("postgresql://maru:secret-word@127.0.0.1:1/x", "bad-database", "주소가 틀렸"),
        ("mysql://h/x", "bad-database", "주소가 틀렸"),
    ],
)
def test_when_a_target_cannot_be_scanned_then_the_others_are_and_the_code_is_2(
    maru: Maru, leaky: Path, target: str, reason: str, said: str
) -> None:
    result = maru("privacy", "scan", target, leaky / "clean.log", "--json")
    assert result.exit_code == 2
    report = json.loads(result.stdout)
    assert [each["reason"] for each in report["not_scanned"]] == [reason]
    assert report["files"] == 1
    shown = maru("privacy", "scan", target)
    assert said in shown.stderr
    assert "secret-word" not in shown.output + result.output


def test_when_an_archive_is_too_large_then_the_code_is_2(maru: Maru, tmp_path: Path) -> None:
    (tmp_path / "x.gz").write_bytes(gzip.compress(os.urandom(1000) * 3000))
    result = maru(
        "privacy", "scan", tmp_path / "x.gz", "--max-bytes", 1_000_000, "--no-patterns", "--canaries", "-", input=PHONE
    )
    assert result.exit_code == 2
    assert "풀면 너무 큼" in result.stderr


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (["--no-patterns"], "", "찾을 것이 없습니다"),
        (["--canaries", "-"], "\n \n", "찾을 값이 없습니다"),
        (["--canaries", "-"], "윤하늘별\n12\n", "2행: 너무 짧아"),
        (["--canaries", "-"], "김\n", "1행: 너무 짧아"),
        (["--canaries", "/nowhere"], "", "읽을 수 없습니다"),
        (["--max-bytes", "0"], "", ""),
    ],
)
def test_when_it_is_used_wrongly_then_the_code_is_2(
    maru: Maru, leaky: Path, words: list[str], given: str, said: str
) -> None:
    result = maru("privacy", "scan", leaky, *words, input=given)
    assert result.exit_code == 2
    assert said in result.stderr
    assert maru("privacy", "scan").exit_code == 2


def test_when_the_canaries_are_no_utf_8_then_it_says_where(maru: Maru, leaky: Path, canaries: Path) -> None:
    canaries.write_bytes(NAME.encode("cp949"))
    result = maru("privacy", "scan", leaky, "--canaries", canaries)
    assert (result.exit_code, "UTF-8이 아닙니다(0번째" in result.stderr) == (2, True)


def test_when_files_are_scanned_then_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    program = (
        "import sys; from maru.cli.main import app; app(sys.argv[1:], standalone_mode=False); "
        "print({'torch', 'presidio_analyzer', 'kiwipiepy', 'alembic'} & sys.modules.keys())"
    )
    command = [sys.executable, "-c", program, "privacy", "scan", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == ["set()"]
