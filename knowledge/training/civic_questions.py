"""What was written for training (data/retrieval): entries with many ways to ask, utterances that none answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from maru.settings import ROOT

FOLDER = ROOT / "data" / "retrieval"
CIVIC = "civic"
EMERGENCY = "emergency"
# One cluster in five teaches nothing and is asked afterwards.
_HELD_BACK = 5


@dataclass(frozen=True, slots=True)
class TrainingEntry:
    """An entry as an office words it; entries of one ``cluster`` are easily taken for each other."""

    question: str
    answer: str
    cluster: str
    asked: tuple[str, ...]

    @property
    def is_held_back(self) -> bool:
        """Whether it is for measuring only."""
        return crc32(self.cluster.encode()) % _HELD_BACK == 0


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said to a city; ``kind`` is ``civic`` where an entry may answer, else why none can."""

    text: str
    kind: str

    @property
    def is_civic(self) -> bool:
        """Whether a published entry may answer."""
        return self.kind == CIVIC


def read_training_entries(folder: Path = FOLDER) -> list[TrainingEntry]:
    """The committed entries; raises ``ValueError`` naming the line that isn't one."""
    return [
        TrainingEntry(
            row["question"],
            row["answer"],
            row["cluster"],
            tuple(text for style in row["asked"].values() for text in style),
        )
        for row in _rows(folder / "entries.jsonl", ("question", "answer", "cluster", "asked"))
    ]


def read_utterances(folder: Path = FOLDER) -> list[Utterance]:
    """The committed utterances; raises ``ValueError`` naming the line that isn't one."""
    return [Utterance(row["text"], row["kind"]) for row in _rows(folder / "scope.jsonl", ("text", "kind"))]


def _rows(path: Path, keys: Sequence[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row: dict[str, Any] = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}:{number}: {error}") from error
        if not all(key in row for key in keys):
            raise ValueError(f"{path}:{number}: needs {', '.join(keys)}")
        rows.append(row)
    return rows
