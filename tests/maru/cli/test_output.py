from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from maru.cli.output import read_jsonl, write_jsonl

json_rows = st.lists(st.dictionaries(st.text(), st.none() | st.text() | st.integers() | st.booleans()), max_size=5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("output")


@given(json_rows)
@settings(deadline=None)
def test_when_rows_are_written_then_the_same_are_read_whatever_line_ends_they_hold(
    folder: Path, rows: list[dict[str, Any]]
) -> None:
    try:
        json.dumps(rows, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return
    assert write_jsonl(folder / "rows.jsonl", rows) == len(rows)
    assert list(read_jsonl(folder / "rows.jsonl", ())) == rows
    assert [path.name for path in folder.iterdir()] == ["rows.jsonl"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf\r\n"])
def test_when_a_file_holds_no_rows_then_none_come(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.jsonl").write_bytes(content)
    assert list(read_jsonl(tmp_path / "in.jsonl", ("id",))) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"id": 1}\n{"id": \n', "in.jsonl:2행: JSON이 아닙니다"),
        (b'{"id": 1}\r\n\r\n[1]\r\n', "in.jsonl:3행: JSON 객체가 아닙니다"),
        (b'{"id": 1}\n{"name": 2}\n', "in.jsonl:2행: 없는 항목: id"),
        (b"[" * 200_000, "in.jsonl:1행"),
        ('{"id": "가"}'.encode("cp949"), "in.jsonl: UTF-8이 아닙니다"),
        (None, "in.jsonl: 읽을 수 없습니다"),
    ],
)
def test_when_a_line_is_wrong_then_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "in.jsonl").write_bytes(content)
    with pytest.raises(typer.Exit) as raised:
        list(read_jsonl(tmp_path / "in.jsonl", ("id",)))
    assert raised.value.exit_code == 1
    assert said in capsys.readouterr().err


def test_when_a_row_fails_on_the_way_then_the_old_file_stays_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("old")

    def rows() -> Any:
        yield {"id": 1}
        raise typer.Exit(1)

    with pytest.raises(typer.Exit):
        write_jsonl(tmp_path / "out.jsonl", rows())
    assert (tmp_path / "out.jsonl").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.jsonl"]


def test_when_the_folder_is_missing_then_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        write_jsonl(tmp_path / "no" / "out.jsonl", [{"id": 1}])
    assert "쓸 수 없습니다" in capsys.readouterr().err
