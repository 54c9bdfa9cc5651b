from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.files.exchange import read_entries
from knowledge.files.row import COLUMNS
from maru.settings import get_settings
from tests.maru.cli.conftest import Maru, read_lines, write_lines

FORMATS = ["jsonl", "csv", "xlsx"]


@pytest.mark.parametrize("file_format", FORMATS)
def test_when_exported_changed_and_imported_then_only_the_change_is_made(
    maru: Maru, tmp_path: Path, file_format: str
) -> None:
    out = tmp_path / f"faq.{file_format}"
    result = maru("faq", "export", "--format", file_format, "--out", out, "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"file": str(out), "entries": 5})
    assert len(read_entries(out)) == 5

    same = maru("faq", "import", out, "--json")
    assert (same.exit_code, json.loads(same.stdout)) == (0, {"created": 0, "updated": 0, "skipped": 5})

    maru("faq", "export", "--format", "jsonl", "--out", tmp_path / "rows.jsonl")
    rows = read_lines(tmp_path / "rows.jsonl")
    rows[0]["answer"] = "고친 답입니다."
    rows.append({"entry_id": "new-one", "audience": "citizen", "question": "새 질문?", "answer": "새 답."})
    changed = tmp_path / "changed.jsonl"
    changed.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert json.loads(maru("faq", "import", changed, "--json").stdout) == {"created": 1, "updated": 1, "skipped": 4}

    maru("faq", "export", "--format", file_format, "--out", out)
    assert {"고친 답입니다.", "새 답."} <= {entry.answer for entry in read_entries(out)}


def test_when_exported_as_jsonl_then_the_rows_have_the_contracts_columns(maru: Maru, tmp_path: Path) -> None:
    maru("faq", "export", "--out", tmp_path / "faq.jsonl")
    rows = read_lines(tmp_path / "faq.jsonl")
    assert all(tuple(row) == COLUMNS for row in rows)
    assert COLUMNS[:7] == ("entry_id", "audience", "category", "question", "variants", "answer", "locale")
    assert all(isinstance(row["variants"], list) for row in rows)


@pytest.mark.parametrize(("audience", "count"), [("citizen", 4), ("staff", 1)])
def test_when_an_audience_is_named_then_only_its_entries_are_exported(
    maru: Maru, tmp_path: Path, audience: str, count: int
) -> None:
    maru("faq", "export", "--out", tmp_path / "faq.jsonl", "--audience", audience)
    assert [row["audience"] for row in read_lines(tmp_path / "faq.jsonl")] == [audience] * count


@pytest.mark.parametrize("file_format", FORMATS)
def test_when_a_district_imports_its_own_then_the_common_entries_stay_and_it_can_take_its_own_out(
    maru: Maru, tmp_path: Path, file_format: str
) -> None:
    own = [
        {"entry_id": "passport-lost", "question": "여권을 잃어버렸는데 어떻게 하나요?", "answer": "마포구청에 갑니다."},
        {"entry_id": "waste-bulky", "publication": "hidden"},
        {"entry_id": "mapo-parking", "question": "마포구 거주자 주차는요?", "answer": "구청에 신청합니다."},
    ]
    rows = [{"audience": "citizen", "agency": "mapo", **row} for row in own]
    mapo = write_lines(tmp_path / "mapo.jsonl", rows)
    assert json.loads(maru("faq", "import", mapo, "--json").stdout) == {"created": 3, "updated": 0, "skipped": 0}

    out = tmp_path / f"mapo.{file_format}"
    maru("faq", "export", "--out", out, "--format", file_format, "--agency", "mapo")
    assert {(e.entry_id, e.agency, e.publication) for e in read_entries(out)} == {
        ("passport-lost", "mapo", "published"),
        ("waste-bulky", "mapo", "hidden"),
        ("mapo-parking", "mapo", "published"),
    }
    assert json.loads(maru("faq", "import", out, "--json").stdout)["skipped"] == 3
    maru("faq", "export", "--out", out, "--format", file_format, "--agency", "city")
    assert len(read_entries(out)) == 5


def test_when_people_read_along_then_the_counts_are_said_in_korean(maru: Maru, tmp_path: Path) -> None:
    out = tmp_path / "faq.csv"
    assert maru("faq", "export", "--format", "csv", "--out", out).stdout == f"5개 항목을 {out}에 썼습니다.\n"
    assert maru("faq", "import", out).stdout == "새로 0개, 고침 0개, 그대로 5개.\n"
    assert maru("faq", "validate", out).stdout == "5개 항목 모두 괜찮습니다.\n"


def test_when_one_row_is_wrong_then_nothing_is_imported_and_every_fault_is_named(maru: Maru, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    rows = [
        "entry_id,audience,question,answer",
        "good-one,citizen,좋은 질문?,좋은 답.",
        "BAD,citizen,질문?,답",
        "b,citizen,,답",
    ]
    bad.write_text("\n".join(rows), "cp949")
    result = maru("faq", "import", bad, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "고칠 곳 2군데" in result.stderr
    assert "3행 BAD: entry_id" in result.stderr
    assert "4행: question" in result.stderr

    checked = maru("faq", "validate", bad, "--json")
    assert checked.exit_code == 1
    report = json.loads(checked.stdout)
    assert report["entries"] == 0
    assert len(report["problems"]) == 2
    assert maru("faq", "validate", bad).stdout.splitlines() == report["problems"]

    maru("faq", "export", "--out", tmp_path / "after.jsonl")
    assert "good-one" not in (tmp_path / "after.jsonl").read_text("utf-8")


HEADER = "entry_id,audience,question,answer\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", (HEADER + "a,citizen,질문?,답").encode("utf-16"), "UTF-8 또는 CP949"),
        ("a.csv", (HEADER + 'a,citizen,질문?,"중간에 끊긴').encode(), "2행"),
        ("a.csv", b"entry_id,question\na,b\n", "audience, answer"),
        ("a.csv", (HEADER + "a,citizen,하나?,답\na,citizen,둘?,답\n").encode(), "a (ko): 같은 entry_id가 2번"),
        ("a.jsonl", b'{"entry_id": "a"', "1행: JSON이 아닙니다"),
        ("a.xlsx", b"PK\x03\x04", "엑셀(.xlsx) 파일로 열 수 없습니다"),
        ("a.txt", b"", ".jsonl, .csv, .xlsx"),
        ("a.csv", None, "파일이 없습니다"),
        ("a.csv", 50_000_001, "너무 큽니다(50MB까지)"),
    ],
)
@pytest.mark.parametrize("command", ["import", "validate"])
def test_when_a_file_is_bad_then_it_is_said_why(
    maru: Maru, tmp_path: Path, command: str, name: str, content: bytes | int | None, said: str
) -> None:
    if isinstance(content, int):
        with (tmp_path / name).open("wb") as file:
            file.truncate(content)
    elif content is not None:
        (tmp_path / name).write_bytes(content)
    result = maru("faq", command, tmp_path / name)
    assert result.exit_code == 1
    assert said in result.output


def test_when_cp949_from_excel_is_imported_then_it_is_understood(maru: Maru, tmp_path: Path) -> None:
    (tmp_path / "excel.csv").write_bytes(
        (HEADER + "swim,citizen,수영장은 몇 시에 여나요?,새벽 여섯 시요.\r\n").encode("cp949")
    )
    assert json.loads(maru("faq", "import", tmp_path / "excel.csv", "--json").stdout)["created"] == 1


def test_when_a_folder_of_seeds_is_validated_then_its_files_are_checked(maru: Maru, tmp_path: Path) -> None:
    assert json.loads(maru("faq", "validate", tmp_path / "seeds", "--json").stdout) == {"entries": 5, "problems": []}
    (tmp_path / "seeds" / "broken.yml").write_text("category: x", "utf-8")
    result = maru("faq", "validate", tmp_path / "seeds", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"] == ["broken.yml: entries 목록이 없습니다"]


def test_when_the_seeds_are_broken_then_export_says_so_and_seeds_nothing(maru: Maru, tmp_path: Path) -> None:
    (tmp_path / "seeds" / "broken.yml").write_text("category: x", "utf-8")
    result = maru("faq", "export", "--out", tmp_path / "faq.jsonl")
    assert result.exit_code == 1
    assert "broken.yml" in result.stderr
    assert not (tmp_path / "faq.jsonl").exists()


@pytest.mark.parametrize("words", [["--format", "pdf"], ["--audience", "everyone"]])
def test_when_an_option_is_wrong_then_it_ends_with_2(maru: Maru, tmp_path: Path, words: list[str]) -> None:
    result = maru("faq", "export", "--out", tmp_path / "faq.jsonl", *words)
    assert result.exit_code == 2
    assert words[1] in result.stderr


def test_when_the_file_cant_be_written_then_it_is_said(maru: Maru, tmp_path: Path) -> None:
    result = maru("faq", "export", "--out", tmp_path / "no" / "faq.jsonl")
    assert result.exit_code == 1
    assert "쓸 수 없습니다" in result.stderr


def test_when_there_are_no_seeds_then_an_empty_base_is_exported(
    maru: Maru, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARU_SEED_DIR", str(tmp_path / "nowhere"))
    get_settings.cache_clear()
    result = maru("faq", "export", "--out", tmp_path / "faq.jsonl", "--json")
    assert json.loads(result.stdout)["entries"] == 0
