"""Seoul's 120 call-centre corpus as entries, and the development questions written for it (``../shared/data``)."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from knowledge.entry import Entry

OUT_OF_SCOPE = "oos_"


@dataclass(frozen=True, slots=True)
class DevelopmentQuestion:
    """A question, how it is worded (``style``), and the entry that answers it; None where nothing does."""

    text: str
    style: str
    entry_id: str | None


def read_seoul_entries(folder: Path) -> list[Entry]:
    """All 2,645 entries: the title as question, the text as answer, no variants."""
    with (folder / "seoul-120-text.csv").open(encoding="utf-8", newline="") as file:
        return [
            Entry(entry_id=row["내용번호"], question=row["제목"], answer=row["내용"], category=row["분류"])
            for row in csv.DictReader(file)
        ]


def read_seoul_questions(folder: Path) -> list[DevelopmentQuestion]:
    """The development questions, in the file's order."""
    rows = [json.loads(line) for line in (folder / "dev-questions.jsonl").read_text("utf-8").splitlines()]
    return [
        DevelopmentQuestion(row["question"], row["style"], str(row["doc_id"]) if row["doc_id"] else None)
        for row in rows
    ]
