from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from knowledge.entry import Entry
from knowledge.errors import FaqFileError
from knowledge.faq_rules import problems_among, problems_of
from knowledge.files.exchange import MAX_FILE_BYTES, FileFormat, read_entries, write_entries
from knowledge.files.row import COLUMNS, entry_of
from tests.knowledge.entries import TODAY, an_entry, rows

FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)
ENTRIES = [
    an_entry("a", speech="십사 일", contact="110", source="https://www.gov.kr", checked=TODAY, valid_until=TODAY),
    an_entry(
        "b",
        locale="en",
        question="How do I move?",
        variants=('I said "moved", then…', "move; house"),
        answer="A\n\n- b",
    ),
    an_entry("c", audience="staff", agency="gangnam", variants=(), publication="draft", category=""),
    an_entry("d", question="=1+1은 얼마예요?", variants=("=SUM(A1)", "+82", "@staff", "-5도"), answer="- 목록\n- 둘"),
    an_entry("a", agency="gangnam", answer="강남구의 답", variants=()),
    an_entry("d", agency="mapo", question="", answer="", variants=(), publication="hidden"),
]
_number = count()


def written(folder: Path, entries: list[Entry], file_format: FileFormat) -> Path:
    path = folder / f"faq-{next(_number)}.{file_format}"
    assert write_entries(entries, path, file_format) == len(entries)
    return path


def problems_in(path: Path) -> list[str]:
    with pytest.raises(FaqFileError) as raised:
        read_entries(path)
    assert str(raised.value) == "\n".join(raised.value.problems)
    assert all(any("가" <= letter <= "힣" for letter in problem) for problem in raised.value.problems)
    return raised.value.problems


@pytest.mark.parametrize("file_format", FORMATS)
def test_when_entries_are_written_then_the_same_are_read(tmp_path: Path, file_format: FileFormat) -> None:
    assert read_entries(written(tmp_path, ENTRIES, file_format)) == ENTRIES


@pytest.mark.parametrize("file_format", FORMATS)
def test_when_all_that_ships_is_written_then_the_same_is_read(
    tmp_path: Path, file_format: FileFormat, seeds: list[Entry]
) -> None:
    assert read_entries(written(tmp_path, seeds, file_format)) == seeds


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exchange")


def valid_entries(drawn: list[dict[str, Any]]) -> list[Entry]:
    """Those of the rows that an editor may save, without doubles."""
    kept: list[Entry] = []
    for row in drawn:
        try:
            entry = entry_of(row)
        except ValueError:
            continue
        if not problems_of(entry) and not problems_among([*kept, entry]):
            kept.append(entry)
    return kept


@pytest.mark.parametrize("file_format", FORMATS)
@given(drawn=st.lists(rows(), min_size=1, max_size=5))
@settings(max_examples=120, deadline=None)
def test_when_valid_entries_are_any_then_they_survive_export_and_import(
    folder: Path, file_format: FileFormat, drawn: list[dict[str, Any]]
) -> None:
    entries = valid_entries(drawn)
    if entries:
        assert read_entries(written(folder, entries, file_format)) == entries


@pytest.mark.parametrize("file_format", FORMATS)
def test_when_a_file_was_cut_off_anywhere_then_nothing_false_is_read(folder: Path, file_format: FileFormat) -> None:
    whole = written(folder, ENTRIES, file_format).read_bytes()
    cut = folder / f"cut.{file_format}"
    for length in range(0, len(whole), 1 if file_format != "xlsx" else 37):
        cut.write_bytes(whole[:length])
        try:
            read = read_entries(cut)
        except FaqFileError:
            continue
        assert file_format != "xlsx"
        assert read == ENTRIES[: len(read)]  # cut exactly between two entries


@given(at=st.integers(0, 10_000), flipped=st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_when_a_byte_of_a_workbook_is_damaged_then_it_is_read_or_refused(folder: Path, at: int, flipped: int) -> None:
    whole = bytearray((folder / "flip-source.xlsx").read_bytes() if (folder / "flip-source.xlsx").exists() else b"")
    if not whole:
        write_entries(ENTRIES, folder / "flip-source.xlsx", "xlsx")
        whole = bytearray((folder / "flip-source.xlsx").read_bytes())
    whole[at % len(whole)] ^= flipped
    (folder / "flip.xlsx").write_bytes(whole)
    try:
        assert read_entries(folder / "flip.xlsx")
    except FaqFileError:
        return


@pytest.mark.parametrize("file_format", FORMATS)
def test_when_writing_fails_then_the_old_file_stays_and_nothing_lies_beside_it(
    tmp_path: Path, file_format: FileFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"faq.{file_format}"
    path.write_bytes(b"old")
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        real(self, data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_entries(ENTRIES, path, file_format)
    assert path.read_bytes() == b"old"
    assert [beside.name for beside in tmp_path.iterdir()] == [path.name]


def test_when_a_cell_is_longer_than_a_spreadsheet_holds_then_it_is_said_and_not_cut(tmp_path: Path) -> None:
    long = an_entry("long-one", variants=tuple(f"{number} {'가' * 150}" for number in range(300)))
    with pytest.raises(FaqFileError, match="long-one"):
        write_entries([long], tmp_path / "faq.xlsx", "xlsx")
    assert list(tmp_path.iterdir()) == []
    assert read_entries(written(tmp_path, [long], "jsonl")) == [long]
    assert read_entries(written(tmp_path, [long], "csv")) == [long]


def test_when_csv_is_written_then_korean_excel_can_open_it(tmp_path: Path) -> None:
    raw = written(tmp_path, ENTRIES, "csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert next(csv.reader(raw.decode("utf-8-sig").splitlines())) == list(COLUMNS)


def test_when_jsonl_is_written_then_each_line_is_a_row_in_readable_korean(tmp_path: Path) -> None:
    lines = written(tmp_path, ENTRIES, "jsonl").read_text("utf-8").split("\n")
    assert lines.pop() == ""
    assert [tuple(json.loads(line)) for line in lines] == [COLUMNS] * len(ENTRIES)
    assert "전입신고" in lines[0]


def test_when_a_workbook_is_written_then_no_cell_is_a_formula(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path, ENTRIES, "xlsx"))
    assert book.worksheets[0].freeze_panes == "A2"
    assert "f" not in {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}
    assert book.worksheets[0]["D5"].value == "=1+1은 얼마예요?"
    book.close()


A_DAY = datetime(2026, 1, 31)  # noqa: DTZ001 - a spreadsheet knows no time zones
HEADER = "entry_id,audience,question,answer"
GOOD_CSV = f'{HEADER}\na,citizen,질문 하나,답 하나\nb,staff,질문 둘,"답\n둘"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("first", ["질문 하나", "창문 하나", "처음 하나", "가 나", "힣"])
def test_when_a_city_saved_csv_in_its_way_then_it_is_read(
    tmp_path: Path, encoding: str, line_end: str, first: str
) -> None:
    text = GOOD_CSV.replace("질문 하나", first).replace("\n", line_end)
    (tmp_path / "faq.CSV").write_bytes(text.encode(encoding))
    assert read_entries(tmp_path / "faq.CSV") == [
        Entry(entry_id="a", question=first, answer="답 하나"),
        Entry(entry_id="b", audience="staff", question="질문 둘", answer="답\n둘"),
    ]


def test_when_jsonl_is_cp949_or_has_empty_lines_then_it_is_read(tmp_path: Path) -> None:
    line = json.dumps({"entry_id": "a", "audience": "staff", "question": "질문", "answer": "답"}, ensure_ascii=False)
    (tmp_path / "faq.jsonl").write_bytes(f"\n{line}\n\n".encode("cp949"))
    assert [e.question for e in read_entries(tmp_path / "faq.jsonl")] == ["질문"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("faq.csv", b"", ["entry_id, audience, question, answer"]),
        ("faq.csv", HEADER.encode(), ["항목이 하나도 없습니다"]),
        ("faq.csv", "entry_id,audience,question\na,citizen,질문\n".encode(), ["1행", "answer"]),
        ("faq.csv", "번호,질문,답\n1,a,b\n".encode(), ["entry_id, audience, question, answer"]),
        ("faq.csv", f"{HEADER}\na,,질문,답\nb,everyone,질문 둘,답".encode(), ["2행: audience", "3행 b: audience"]),
        ("faq.csv", "entry_id,question,answer\na,질문,답".encode(), ["1행", "audience"]),
        ("faq.csv", f"{HEADER}\na,citizen,질문\n".encode(), ["2행", "칸 수"]),
        ("faq.csv", f"{HEADER}\na,citizen,질문,답,더\n".encode(), ["2행", "칸 수"]),
        ("faq.csv", f'{HEADER}\na,citizen,질문,"답이 중간에 끊'.encode(), ["2행", "CSV"]),
        ("faq.csv", f'{HEADER}\na,citizen,질문,"답"꼬리\n'.encode(), ["2행", "CSV"]),
        (
            "faq.csv",
            f"{HEADER}\na,citizen,질문,답\n,citizen,질문 둘,답\nc,citizen,,답\n".encode(),
            ["3행: entry_id", "4행: question"],
        ),
        ("faq.csv", f"{HEADER}\na,citizen,질문,답\na,citizen,질문 둘,답\n".encode(), ["a (ko)", "2번"]),
        ("faq.csv", f"{HEADER}\na,citizen,질문,답\nb,citizen,질문,답\n".encode(), ["같은 질문", "a, b"]),
        ("faq.csv", f"{HEADER}\nA!,citizen,질문,<b>답</b>\n".encode(), ["2행 A!", "entry_id", "HTML"]),
        ("faq.csv", f"{HEADER}\na,citizen,질문,전입신고".encode()[:-1], ["UTF-8", "끊겼는지"]),
        ("faq.csv", GOOD_CSV.encode("utf-16"), ["UTF-8 또는 CP949"]),
        ("faq.csv", b"\xff\xfe\x00\xd8garbage\x80\x81", ["UTF-8 또는 CP949"]),
        ("faq.jsonl", b"", ["항목이 하나도 없습니다"]),
        ("faq.jsonl", b'{"entry_id": "a"', ["1행", "JSON이 아닙니다"]),
        ("faq.jsonl", b'\n["a"]\n', ["2행", "객체"]),
        ("faq.jsonl", b'{"entry_id": "a", "audience": "staff", "question": 1}\n', ["1행", "answer"]),
        (
            "faq.jsonl",
            b'{"entry_id": "a", "audience": "staff", "question": ["q"], "answer": "a"}\n',
            ["1행", "question"],
        ),
        (
            "faq.jsonl",
            b'{"entry_id": "a", "audience": "staff", "question": "q", "answer": "a", "variants": 5}',
            ["1행", "variants"],
        ),
        (
            "faq.jsonl",
            b'{"entry_id": "a", "audience": "staff", "question": "q", "answer": "a", "checked": "x"}',
            ["1행", "checked", "x"],
        ),
        (
            "faq.jsonl",
            b'{"entry_id": "a", "audience": "staff", "question": "\\ud800", "answer": "a"}',
            ["1행 a", "question"],
        ),
        ("faq.jsonl", b"[" * 100_000, ["1행", "JSON"]),
        ("faq.xlsx", b"", ["엑셀"]),
        ("faq.xlsx", b"PK\x03\x04 half a workbook", ["엑셀"]),
        ("faq.xlsx", GOOD_CSV.encode(), ["엑셀"]),
        ("faq.xls", b"", [".jsonl, .csv, .xlsx"]),
        ("faq", b"", [".jsonl, .csv, .xlsx"]),
    ],
)
def test_when_a_file_is_wrong_then_each_fault_is_named_with_its_row(
    tmp_path: Path, name: str, content: bytes, said: list[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    problems = "\n".join(problems_in(tmp_path / name))
    for words in said:
        assert words in problems


def test_when_there_is_no_file_then_that_is_said(tmp_path: Path) -> None:
    assert "파일이 없습니다" in problems_in(tmp_path / "absent.csv")[0]
    (tmp_path / "folder.csv").mkdir()
    assert "파일이 없습니다" in problems_in(tmp_path / "folder.csv")[0]


@pytest.mark.parametrize("file_format", FORMATS)
def test_when_a_file_is_larger_than_50_mb_then_it_is_not_even_opened(tmp_path: Path, file_format: str) -> None:
    assert MAX_FILE_BYTES == 50_000_000
    path = tmp_path / f"faq.{file_format}"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert "너무 큽니다(50MB까지)" in problems_in(path)[0]


def workbook(path: Path, *cells: list[Any]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in cells:
        sheet.append(row)
    book.save(path)
    return path


def test_when_a_workbook_was_made_by_hand_then_numbers_days_and_gaps_are_understood(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "faq.xlsx",
        ["answer", " question ", "audience", "entry_id", "checked", "variants", "비고"],
        ["답", "질문", "citizen", 7, A_DAY, "하나\n둘", "메모"],
        [None, None, None, None, None, None, None],
        ["", "", "", "", "", "", ""],
        ["답 둘", 2026, "citizen", "b"],
    )
    assert read_entries(path) == [
        Entry(entry_id="7", question="질문", answer="답", checked=date(2026, 1, 31), variants=("하나", "둘")),
        Entry(entry_id="b", question="2026", answer="답 둘"),
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([[]], "entry_id, audience, question, answer"),
        ([["entry_id", "audience", "question"]], "answer"),
        ([["entry_id", "audience", "question", "answer"]], "항목이 하나도 없습니다"),
        ([["entry_id", "audience", "question", "answer"], ["a", "citizen", "질문", None]], "2행: answer"),
        ([["entry_id", "audience", "question", "answer"], [], ["a", "citizen", "질문", "x" * 601]], "3행 a: answer"),
    ],
)
def test_when_a_workbook_is_wrong_then_its_row_is_named(tmp_path: Path, cells: list[list[Any]], said: str) -> None:
    assert said in "\n".join(problems_in(workbook(tmp_path / "faq.xlsx", *cells)))


def test_when_one_row_is_wrong_then_no_row_is_given_out(tmp_path: Path) -> None:
    path = written(
        tmp_path, [*ENTRIES, replace(ENTRIES[0], entry_id="Wrong ID", question="다른 질문", variants=())], "jsonl"
    )
    assert len(problems_in(path)) == 1
