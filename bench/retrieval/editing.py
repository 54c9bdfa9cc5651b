"""How long one edited entry takes until a search finds it, among many."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from bench.retrieval.corpora import Question
from bench.retrieval.peers import Peer
from knowledge.entry import Entry

_EDITS = 5


@dataclass(frozen=True, slots=True)
class Edit:
    """Medians from the edit to the end of a search for it: seconds by the clock, and of processor time.

    ``found`` is whether every such search had the entry first.
    """

    entries: int
    seconds: float
    cpu_s: float
    found: bool


def time_edits(peer: Peer, entries: Sequence[Entry], edits: int = _EDITS) -> Edit:
    """Change ``edits`` entries one after the other, each in the system's own way, and ask for the new wording."""
    peer.build(entries)
    seconds: list[float] = []
    cpu: list[float] = []
    found = True
    for number in range(edits):
        changed = entries[(number * 997) % len(entries)]
        wording = f"남산 아래 {number + 1}호 무인 우체통은 무슨 요일에 비우나요?"
        started, used = time.perf_counter(), peer.cpu_s()
        peer.edit(replace(changed, question=wording))
        ids = peer.search(Question(wording, "", changed.entry_id, "")).ids
        seconds.append(time.perf_counter() - started)
        cpu.append(peer.cpu_s() - used)
        found = found and ids[:1] == (changed.entry_id,)
    return Edit(len(entries), median(seconds), median(cpu), found)
