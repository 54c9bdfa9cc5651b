"""A system that lives in an environment of its own, spoken to in JSON lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.retrieval.corpora import Question
from bench.retrieval.peers import KEPT, Found
from bench.worker_process import WorkerProcess
from knowledge.entry import Entry


class Elsewhere:
    """Sends entries and questions to ``python -m module`` and gives back what it finds."""

    def __init__(self, python: Path, module: str, log: Path, arguments: Sequence[str] = ()) -> None:
        """``log`` takes what the process prints; its last line is the reason when it ends early."""
        self._worker = WorkerProcess(python, module, log, arguments)
        self._cpu_s = 0.0

    def build(self, entries: Sequence[Entry]) -> None:
        self._ask({"do": "build", "entries": [_told(entry) for entry in entries]})

    def search(self, question: Question) -> Found:
        found = self._ask({"do": "search", "text": question.text})
        return Found(tuple(dict.fromkeys(found["ids"]))[:KEPT], float(found["certainty"]))

    def edit(self, entry: Entry) -> None:
        self._ask({"do": "edit", "entry": _told(entry)})

    def cpu_s(self) -> float:
        """As of its last answer."""
        return self._cpu_s

    def close(self) -> None:
        self._worker.close()

    def _ask(self, request: Mapping[str, object]) -> dict[str, Any]:
        reply = self._worker.ask(request)
        self._cpu_s = reply["cpu_s"]
        return reply


def _told(entry: Entry) -> dict[str, object]:
    """What a worker is told of an entry; ``key`` tells its languages apart."""
    return {
        "key": f"{entry.entry_id}/{entry.locale}",
        "id": entry.entry_id,
        "question": entry.question,
        "answer": entry.answer,
        "variants": list(entry.variants),
    }
