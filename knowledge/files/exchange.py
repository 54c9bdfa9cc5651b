"""FAQ entries to and from JSONL, CSV and XLSX, so that a city can edit them in what it has and take all of them out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from knowledge.entry import Entry
from knowledge.errors import FaqFileError
from knowledge.faq_rules import problems_among, problems_of
from knowledge.files.row import COLUMNS, entry_of, row_of

FileFormat = Literal["jsonl", "csv", "xlsx"]
MAX_FILE_BYTES = 50_000_000
# Without the audience a staff entry would become a citizen's.
REQUIRED = ("entry_id", "audience", "question", "answer")
_MAX_CELL_CHARS = 32_767  # what a spreadsheet's cell holds


def write_entries(entries: Iterable[Entry], path: Path, file_format: FileFormat) -> int:
    """Write the entries and return how many; the file appears whole or not at all.

    CSV is UTF-8 with a byte-order mark, which is what Korean Excel opens without breaking Hangul; in CSV and XLSX the
    variants stand one a line in their cell. Raises ``FaqFileError`` for an entry that a spreadsheet can't hold.
    """
    rows = [row_of(entry) for entry in entries]
    content = {"jsonl": _jsonl, "csv": _csv, "xlsx": _xlsx}[file_format](rows)
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return len(rows)


def read_entries(path: Path) -> list[Entry]:
    """Read a file by its ending (.jsonl, .csv, .xlsx); nothing is accepted unless everything is right.

    Raises ``FaqFileError`` listing every problem with its row number, in Korean.
    """
    if not path.is_file():
        raise FaqFileError([f"{path}: 파일이 없습니다"])
    if path.stat().st_size > MAX_FILE_BYTES:
        raise FaqFileError([f"{path.name}: 파일이 너무 큽니다({MAX_FILE_BYTES // 1_000_000}MB까지)"])
    readers = {".jsonl": _read_jsonl, ".csv": _read_csv, ".xlsx": _read_xlsx}
    if path.suffix.lower() not in readers:
        raise FaqFileError([f"{path.name}: 파일 이름은 .jsonl, .csv, .xlsx 가운데 하나로 끝나야 합니다"])
    problems: list[str] = []
    entries: list[Entry] = []
    for number, row in readers[path.suffix.lower()](path):
        if not str(row.get("audience") or "").strip():
            problems.append(f"{number}행: audience 값이 없습니다(citizen 또는 staff)")
            continue
        try:
            entry = entry_of(row)
        except ValueError as error:
            problems.append(f"{number}행: {error}")
            continue
        problems += [f"{number}행 {entry.entry_id}: {problem}" for problem in problems_of(entry)]
        entries.append(entry)
    problems += problems_among(entries)
    if not entries and not problems:
        problems.append(f"{path.name}: 항목이 하나도 없습니다")
    if problems:
        raise FaqFileError(problems)
    return entries


def _jsonl(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _cell(value: Any) -> Any:
    return "\n".join(value) if isinstance(value, list) else value


def _csv(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(row[column]) for column in COLUMNS] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[dict[str, Any]]) -> bytes:
    table = [[_fitting(row["entry_id"], _cell(row[column])) for column in COLUMNS] for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("FAQ")
    sheet.freeze_panes = "A2"
    sheet.append(list(COLUMNS))
    for values in table:
        cells = [WriteOnlyCell(sheet, value=value) for value in values]
        for cell in cells:
            if cell.value is not None:
                cell.data_type = "s"  # else “=1+1은 얼마예요?” would become a formula
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fitting(entry_id: str, value: str | None) -> str | None:
    if value is not None and len(value) > _MAX_CELL_CHARS:
        raise FaqFileError(
            [f"{entry_id}: 엑셀 한 칸({_MAX_CELL_CHARS}자)에 들어가지 않습니다. jsonl이나 csv로 내보내 주세요"]
        )
    return value


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Hangul before the fault: it is UTF-8 and damaged; read as CP949 it might become other words.
        if any("가" <= letter <= "힣" for letter in error.object[: error.start].decode()):
            raise FaqFileError(
                [f"{path.name}: {error.start}번째 바이트가 UTF-8이 아닙니다. 파일이 중간에 끊겼는지 확인해 주세요"]
            ) from None
    try:
        return raw.decode("cp949")  # what Korean Excel saves as “CSV”
    except UnicodeDecodeError:
        raise FaqFileError([f"{path.name}: 글자를 읽을 수 없습니다. UTF-8 또는 CP949로 저장해 주세요"]) from None


def _read_jsonl(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    # Not splitlines(): text may hold line ends of other kinds (U+2028, U+0085 …).
    for number, line in enumerate(_decoded(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise FaqFileError([f"{number}행: JSON이 아닙니다: {error.msg} ({error.colno}번째 글자)"]) from None
        except RecursionError:
            raise FaqFileError([f"{number}행: JSON이 너무 깊이 겹쳐 있습니다"]) from None
        if not isinstance(row, dict):
            raise FaqFileError([f"{number}행: JSON 객체({{…}})가 아닙니다"])
        yield number, row


def _read_csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows numbered as a spreadsheet numbers them: a cell of several lines doesn't count as several rows."""
    text = _decoded(path)
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise FaqFileError([f"{len(rows) + 1}행: CSV로 읽을 수 없습니다: {error}"]) from None
    header = [cell.strip() for cell in rows[0]] if rows else []
    _require_columns(header)
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cells):
            continue
        # A draft must not become a published entry because the end of the file is missing.
        cut_off = number == len(rows) and header[-1] == "publication" and not cells[-1] and not text.endswith("\n")
        if len(cells) != len(header) or cut_off:
            raise FaqFileError([f"{number}행: 칸 수가 첫 행과 다릅니다. 파일이 중간에 끊겼는지 확인해 주세요"])
        yield number, dict(zip(header, cells, strict=True))


def _read_xlsx(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        rows = _sheet_rows(path)
    except Exception:  # a damaged workbook breaks openpyxl in a dozen ways
        raise FaqFileError([f"{path.name}: 엑셀(.xlsx) 파일로 열 수 없습니다"]) from None
    header = [str(cell or "").strip() for cell in rows[0]] if rows else []
    _require_columns(header)
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell not in (None, "") for cell in cells):
            yield number, dict(zip(header, cells, strict=False))


def _sheet_rows(path: Path) -> list[tuple[Any, ...]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        return list(book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


def _require_columns(header: Iterable[str]) -> None:
    missing = [column for column in REQUIRED if column not in set(header)]
    if missing:
        raise FaqFileError([f"1행: 꼭 있어야 하는 열이 없습니다: {', '.join(missing)}"])
