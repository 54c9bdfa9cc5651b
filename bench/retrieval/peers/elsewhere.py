"""A system that lives in an environment of its own, spoken to in JSON lines."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.retrieval.corpora import Question
from bench.retrieval.peers import KEPT, Found, PeerUnavailableError
from knowledge.entry import Entry

ROOT = Path(__file__).resolve().parents[3]
# One thread for every system, and nobody goes out on the network or reports home.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "RASA_TELEMETRY_ENABLED": "false",
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class Elsewhere:
    """Sends entries and questions to ``python -m module`` and gives back what it finds."""

    def __init__(self, python: Path, module: str, log: Path, arguments: Sequence[str] = ()) -> None:
        """``log`` takes what the process prints; its last line is the reason when it ends early."""
        if not python.exists():
            raise PeerUnavailableError(f"{python.parent.parent.name} is missing")
        self._log = log
        self._cpu_s = 0.0
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                [str(python), "-m", module, *arguments],
                cwd=ROOT,
                env={**os.environ, **_ENVIRONMENT},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=out,
                text=True,
                encoding="utf-8",
            )

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
        # communicate() closes its stdin, which is how a worker is told to end.
        try:
            self._process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def _ask(self, request: Mapping[str, object]) -> dict[str, Any]:
        assert self._process.stdin is not None  # noqa: S101 - both are pipes
        assert self._process.stdout is not None  # noqa: S101
        try:
            self._process.stdin.write(json.dumps(request, ensure_ascii=False) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise PeerUnavailableError(self._last_words()) from None
        line = self._process.stdout.readline()
        if not line:
            raise PeerUnavailableError(self._last_words())
        reply: dict[str, Any] = json.loads(line)
        self._cpu_s = reply["cpu_s"]
        return reply

    def _last_words(self) -> str:
        lines = [line for line in self._log.read_text("utf-8", "replace").splitlines() if line.strip()]
        return f"{lines[-1].strip()[:200] if lines else 'it ended without a word'} ({self._log})"


def _told(entry: Entry) -> dict[str, object]:
    """What a worker is told of an entry; ``key`` tells its languages apart."""
    return {
        "key": f"{entry.entry_id}/{entry.locale}",
        "id": entry.entry_id,
        "question": entry.question,
        "answer": entry.answer,
        "variants": list(entry.variants),
    }
