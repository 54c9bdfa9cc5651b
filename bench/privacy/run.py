"""One scrubber over all the material, in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.privacy.corpora import Corpus
from bench.privacy.measure import Found, Sample
from bench.privacy.peers import Span
from bench.privacy.speed import HOSTILE_SIZES, LONGEST, PATIENCE_S, Hostile, Times, hostile_texts, long_texts
from bench.worker_process import WorkerProcess

_BATCH = 500
_WORKER = "bench.privacy.worker"
# Quality is measured without the budget, which a busy machine would break; hostile texts with it, as the app runs.
_NO_BUDGET = {"MARU_SCRUB_TIMEOUT_S": "60"}
_ONE_THREAD = {"MARU_THREADS": "1"}


@dataclass(slots=True)
class Run:
    """What a scrubber found, by the name of the corpus; ``live`` only of dialogues. ``memory_mb`` once it is loaded."""

    name: str
    version: str
    memory_mb: float
    found: dict[str, list[Found]] = field(default_factory=dict)
    live: dict[str, list[Found]] = field(default_factory=dict)
    short: Times = field(default_factory=Times)
    long: Times = field(default_factory=Times)
    hostile: list[Hostile] = field(default_factory=list)


def run(peer: str, python: Path, corpora: Sequence[Corpus], log: Path, *, timed: Sequence[str], hostile: bool) -> Run:
    """Ask the peer everything; ``timed`` are the utterances whose time counts. ``PeerUnavailableError``."""
    with closing(_start(peer, python, log, _NO_BUDGET)) as worker:
        about = worker.ask({"do": "about"})
        result = Run(about["name"], about["version"], about["rss_mb"])
        for corpus in corpora:
            print(f"{result.name}: {corpus.title} …", file=sys.stderr, flush=True)
            result.found[corpus.name] = _found(worker, corpus.samples)
            if corpus.dialogues:
                result.live[corpus.name] = _dialogues(worker, "live", corpus.dialogues)
        if timed:
            print(f"{result.name}: times …", file=sys.stderr, flush=True)
            _ask(worker, "text", [text for text in timed if len(text) <= LONGEST], result.short)
            _ask(worker, "text", long_texts(timed), result.long)
    if hostile:
        print(f"{result.name}: hostile texts …", file=sys.stderr, flush=True)
        result.hostile = list(_hostile(peer, python, log))
    return result


def _start(peer: str, python: Path, log: Path, environment: Mapping[str, str]) -> WorkerProcess:
    return WorkerProcess(python, _WORKER, log, [peer], {**_ONE_THREAD, **environment})


def _found(worker: WorkerProcess, samples: Sequence[Sample]) -> list[Found]:
    single = [sample.turns[0].text for sample in samples if len(sample.turns) == 1]
    of_texts = iter(_ask(worker, "text", single, Times()))
    of_dialogues = iter(_dialogues(worker, "whole", [sample for sample in samples if len(sample.turns) > 1]))
    return [[_spans(next(of_texts))] if len(sample.turns) == 1 else next(of_dialogues) for sample in samples]


def _dialogues(worker: WorkerProcess, how: str, samples: Sequence[Sample]) -> list[Found]:
    turns = [[turn.text for turn in sample.turns] for sample in samples]
    return [[_spans(turn) for turn in each] for each in _ask(worker, how, turns, Times())]


def _spans(told: Sequence[Sequence[Any]] | None) -> list[Span]:
    """JSON has lists for tuples; nothing is found where the whole text is refused."""
    return [(start, end, kind) for start, end, kind in told or ()]


def _ask(worker: WorkerProcess, what: str, each: Sequence[object], times: Times) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(each), _BATCH):
        reply = worker.ask({"do": what, "each": each[start : start + _BATCH]})
        found += reply["found"]
        times.cpu_ms += reply["cpu_ms"]
        times.wall_ms += reply["wall_ms"]
    return found


def _hostile(peer: str, python: Path, log: Path) -> Iterator[Hostile]:
    worker = _start(peer, python, log, {})
    try:
        worker.ask({"do": "about"})
        for size in HOSTILE_SIZES:
            for name, text in hostile_texts(size):
                try:
                    reply = worker.ask({"do": "text", "each": [text]}, timeout_s=PATIENCE_S)
                except TimeoutError:
                    yield Hostile(name, size, None, refused=False)
                    worker.close()
                    worker = _start(peer, python, log, {})
                    worker.ask({"do": "about"})
                else:
                    yield Hostile(name, size, reply["wall_ms"][0] / 1000, refused=reply["found"][0] is None)
    finally:
        worker.close()
