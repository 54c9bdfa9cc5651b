from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given

from knowledge.entry import Entry
from knowledge.files.row import COLUMNS, entry_of, row_of
from tests.knowledge.entries import an_entry, rows

A_MOMENT = datetime(2026, 1, 31, 12)  # noqa: DTZ001 - a spreadsheet knows no time zones
LEAST = {"entry_id": "a", "question": "질문", "answer": "답"}


def test_when_only_the_required_columns_are_there_then_the_rest_is_assumed() -> None:
    assert entry_of(LEAST) == Entry(entry_id="a", question="질문", answer="답")


def test_when_an_entry_only_hides_another_then_it_needs_no_words() -> None:
    row = {"entry_id": "a", "agency": "mapo", "publication": "hidden"}
    assert entry_of(row) == Entry(entry_id="a", question="", answer="", agency="mapo", publication="hidden")


def test_when_an_entry_becomes_a_row_then_every_column_is_there_in_order() -> None:
    assert tuple(row_of(an_entry())) == COLUMNS


@pytest.mark.parametrize(
    ("column", "value", "field", "expected"),
    [
        ("entry_id", 12, "entry_id", "12"),  # a spreadsheet's number
        ("question", "  여권은?\n", "question", "여권은?"),
        ("answer", "첫 줄\r\n둘째 줄\r셋째 줄", "answer", "첫 줄\n둘째 줄\n셋째 줄"),
        ("locale", " ", "locale", "ko"),
        ("audience", "staff", "audience", "staff"),
        ("agency", None, "agency", "city"),
        ("category", "", "category", ""),
        ("speech", "", "speech", None),
        ("variants", None, "variants", ()),
        ("variants", "", "variants", ()),
        ("variants", "하나\n\n 둘 \n하나", "variants", ("하나", "둘")),
        ("variants", "하나\r\n둘\r셋", "variants", ("하나", "둘", "셋")),
        ("variants", ["하나", " 둘 ", "", "하나"], "variants", ("하나", "둘")),
        ("variants", ["이사를\n왔는데  주소는?"], "variants", ("이사를 왔는데 주소는?",)),
        ("checked", "2026-01-31", "checked", date(2026, 1, 31)),
        ("checked", A_MOMENT, "checked", date(2026, 1, 31)),
        ("checked", date(2026, 1, 31), "checked", date(2026, 1, 31)),
        ("checked", " ", "checked", None),
        ("publication", "", "publication", "published"),
        ("가로막는 열", "무시", "contact", None),
    ],
)
def test_when_a_cell_holds_this_then_the_entry_holds_that(column: str, value: Any, field: str, expected: Any) -> None:
    assert getattr(entry_of({**LEAST, column: value}), field) == expected


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("entry_id", None),
        ("entry_id", ""),
        ("question", " \n\t"),
        ("answer", None),
        ("question", ["질문"]),
        ("answer", {"ko": "답"}),
        ("variants", 5),
        ("variants", {"하나": 1}),
        ("variants", [["하나"]]),
        ("variants", True),
        ("checked", "2026-02-30"),
        ("checked", "어제"),
        ("checked", ["2026-01-01"]),
        ("valid_from", "31/01/2026"),
        ("valid_until", 20),
    ],
)
def test_when_a_cell_is_wrong_then_the_error_names_its_column_in_korean(column: str, value: Any) -> None:
    with pytest.raises(ValueError, match=column) as raised:
        entry_of({**LEAST, column: value})
    assert any("가" <= letter <= "힣" for letter in str(raised.value))


def test_when_a_required_column_is_missing_then_the_error_names_it() -> None:
    with pytest.raises(ValueError, match="answer"):
        entry_of({"entry_id": "a", "question": "질문"})


@given(rows())
def test_when_a_row_is_any_then_reading_what_was_written_changes_nothing(row: dict[str, Any]) -> None:
    try:
        entry = entry_of(row)
    except ValueError:
        return
    assert entry_of(row_of(entry)) == entry
    assert all(variant == " ".join(variant.split()) for variant in entry.variants)
