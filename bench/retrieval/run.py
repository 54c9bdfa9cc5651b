"""Asks one system everything of one corpus; what peers found can be kept for the next run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bench.retrieval.corpora import Corpus, Question
from bench.retrieval.editing import Edit
from bench.retrieval.figures import Outcome
from bench.retrieval.peers import Peer, documents_of
from knowledge.entry import Entry


@dataclass(frozen=True, slots=True)
class Run:
    """A system on a corpus: outcomes in the order of the questions, and processor time: the median of one question's,
    and that of building. The clock would say more about what else the machine does.

    ``entries`` is how many entries it held; fewer than the corpus has where it can't take them all.
    """

    outcomes: tuple[Outcome, ...]
    entries: int
    query_ms: float
    build_s: float


def run(peer: Peer, corpus: Corpus, entries: Sequence[Entry]) -> Run:
    """Build, ask one question to warm up, then ask them all one after the other."""
    started = peer.cpu_s()
    peer.build(entries)
    build_s = peer.cpu_s() - started
    peer.search(Question("따뜻하게 데우는 질문입니다", "", None, ""))
    outcomes: list[Outcome] = []
    times: list[float] = []
    for question in corpus.questions:
        asked = peer.cpu_s()
        found = peer.search(question)
        times.append(peer.cpu_s() - asked)
        rank = found.ids.index(question.answer) if question.answer in found.ids else None
        outcomes.append(Outcome(question.style, question.group, question.answer, rank, found.certainty))
    return Run(tuple(outcomes), len(entries), float(np.median(times)) * 1000, build_s)


def limited(corpus: Corpus, limit: int | None) -> list[Entry]:
    """At most ``limit`` entries, those that answer a question first: a system that can't take all has it easier."""
    if limit is None or len(corpus.entries) <= limit:
        return list(corpus.entries)
    answers = {question.answer for question in corpus.questions}
    asked = [entry for entry in corpus.entries if entry.entry_id in answers]
    others = [entry for entry in corpus.entries if entry.entry_id not in answers]
    return [*asked, *others][: max(limit, len(asked))]


class KeptRuns:
    """A JSON file a system and corpus; another one for other entries or questions, so that nothing stale is read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, system: str, corpus: Corpus, entries: Sequence[Entry]) -> Run | None:
        """What was found the last time, or None."""
        path = self._path(system, corpus, entries)
        if not path.is_file():
            return None
        held = json.loads(path.read_text("utf-8"))
        return Run(
            tuple(Outcome(**row) for row in held["outcomes"]), held["entries"], held["query_ms"], held["build_s"]
        )

    def write(self, system: str, corpus: Corpus, entries: Sequence[Entry], found: Run) -> None:
        """Keep it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path(system, corpus, entries).write_text(json.dumps(asdict(found), ensure_ascii=False), "utf-8")

    def read_edit(self, system: str, entries: int) -> Edit | None:
        """How long an edit took the last time, or None."""
        path = self._folder / f"edits-{system}-{entries}.json"
        return Edit(**json.loads(path.read_text("utf-8"))) if path.is_file() else None

    def write_edit(self, system: str, edit: Edit) -> None:
        """Keep it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"edits-{system}-{edit.entries}.json").write_text(json.dumps(asdict(edit)), "utf-8")

    def _path(self, system: str, corpus: Corpus, entries: Sequence[Entry]) -> Path:
        digest = hashlib.sha256()
        for entry in entries:
            digest.update(repr((entry.entry_id, entry.locale, *documents_of(entry))).encode())
        for question in corpus.questions:
            digest.update(json.dumps(asdict(question), ensure_ascii=False).encode())
        return self._folder / f"{corpus.name}-{system}-{digest.hexdigest()[:12]}.json"
