"""One FAQ entry as a row of a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from knowledge.entry import BASE_AGENCY, Audience, Entry, Locale, Publication

COLUMNS = (
    "entry_id",
    "audience",
    "category",
    "question",
    "variants",
    "answer",
    "locale",
    "agency",
    "speech",
    "contact",
    "source",
    "checked",
    "valid_from",
    "valid_until",
    "publication",
)


def row_of(entry: Entry) -> dict[str, Any]:
    """The entry as plain values; variants stay a list, days become ISO text."""
    return {
        "entry_id": entry.entry_id,
        "audience": entry.audience,
        "category": entry.category,
        "question": entry.question,
        "variants": list(entry.variants),
        "answer": entry.answer,
        "locale": entry.locale,
        "agency": entry.agency,
        "speech": entry.speech,
        "contact": entry.contact,
        "source": entry.source,
        "checked": entry.checked.isoformat() if entry.checked else None,
        "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
        "valid_until": entry.valid_until.isoformat() if entry.valid_until else None,
        "publication": entry.publication,
    }


def entry_of(row: Mapping[str, Any]) -> Entry:
    """The entry that a row describes; only entry_id, question and answer are required, and of a hidden one the id.

    Raises ``ValueError`` in Korean, naming the column and its value.
    """
    publication = _text(row, "publication") or "published"
    words = _optional if publication == "hidden" else _required
    return Entry(
        entry_id=_required(row, "entry_id"),
        question=words(row, "question"),
        answer=words(row, "answer"),
        locale=cast("Locale", _text(row, "locale") or "ko"),
        audience=cast("Audience", _text(row, "audience") or "citizen"),
        agency=_text(row, "agency") or BASE_AGENCY,
        category=_optional(row, "category"),
        variants=_lines(row.get("variants")),
        speech=_text(row, "speech"),
        contact=_text(row, "contact"),
        source=_text(row, "source"),
        checked=_day(row, "checked"),
        valid_from=_day(row, "valid_from"),
        valid_until=_day(row, "valid_until"),
        publication=cast("Publication", publication),
    )


def _text(row: Mapping[str, Any], column: str) -> str | None:
    value = row.get(column)
    if value is None:
        return None
    if isinstance(value, list | tuple | dict):
        raise ValueError(f"{column} 값이 글이 아닙니다")  # noqa: TRY004 - a fault of the file, not of the program
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return text or None


def _optional(row: Mapping[str, Any], column: str) -> str:
    return _text(row, column) or ""


def _required(row: Mapping[str, Any], column: str) -> str:
    text = _text(row, column)
    if text is None:
        raise ValueError(f"{column} 값이 없습니다")
    return text


def _lines(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    items = value.splitlines() if isinstance(value, str) else value
    if not isinstance(items, list) or any(isinstance(item, list | dict) for item in items):
        raise ValueError("variants 값이 글이나 글의 목록이 아닙니다")
    # On one line each: in a spreadsheet they stand one a line.
    return tuple(dict.fromkeys(text for item in items if (text := " ".join(str(item).split()))))


def _day(row: Mapping[str, Any], column: str) -> date | None:
    value = row.get(column)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(row, column)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{column} 값이 날짜(예: 2026-01-31)가 아닙니다: {text}") from None
