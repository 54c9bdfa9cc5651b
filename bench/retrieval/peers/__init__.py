"""The systems that are compared. Each is one file that keeps one contract."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bench.retrieval.corpora import Question
from bench.worker_process import PeerUnavailableError as PeerUnavailableError
from knowledge.entry import Entry

KEPT = 10

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """Entry ids, best first and each once, at most ``KEPT``; ``certainty`` is the system's own best score."""

    ids: tuple[str, ...]
    certainty: float


class Peer(Protocol):
    """One system; raises ``PeerUnavailableError`` where it can't be run."""

    def build(self, entries: Sequence[Entry]) -> None:
        """Index (or train on) these entries and nothing else."""

    def search(self, question: Question) -> Found:
        """What it finds."""

    def edit(self, entry: Entry) -> None:
        """Replace the entry of this id in the system's own way; returns when a search can find the new wording."""

    def cpu_s(self) -> float:
        """Seconds of processor time its process has used so far."""

    def close(self) -> None:
        """Let go of processes and files."""


class InProcess:
    """What the systems that run in the benchmark's own process share."""

    def cpu_s(self) -> float:
        return time.process_time()

    def close(self) -> None:
        pass


def documents_of(entry: Entry) -> list[str]:
    """What a peer indexes of an entry: question and answer in full as one text, each variant as another."""
    return [f"{entry.question}\n{entry.answer}".strip(), *entry.variants]


def found_by_scores(entries: Sequence[Entry], scores: Scores) -> Found:
    """The best entries by scores (n_entries,), one row an entry id."""
    order = np.argsort(-scores, kind="stable")[: 2 * KEPT]
    ids = dict.fromkeys(entries[position].entry_id for position in order)
    return Found(tuple(ids)[:KEPT], float(scores.max()) if len(scores) else 0.0)


def position_of(entries: Sequence[Entry], entry: Entry) -> int:
    """Where the entry of the same id and language stands."""
    return next(at for at, e in enumerate(entries) if (e.entry_id, e.locale) == (entry.entry_id, entry.locale))
