"""What an index of one collection costs and finds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import faiss
import numpy as np
import numpy.typing as npt
import psutil

from bench.scale.collections import Collection
from knowledge.embedder import Vectors
from knowledge.units import NOBODY, Units
from knowledge.vector_index import Choice, Mask, Positions, VectorIndex

WANTED = 300  # what the ranking asks for: six units for each of fifty entries
FILTERS = (1.0, 0.5, 0.05, 0.001)
_WARM_UP = 20

Milliseconds = npt.NDArray[np.float64]
Search = Callable[[Vectors], Positions]
_Question = TypeVar("_Question")
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Searched:
    """One filter's figures: the share that it lets through, milliseconds, and recall against exact search.

    ``cpu_p95_ms`` is the searching thread's own time, which other programs on the machine don't lengthen much.
    """

    allowed: float
    p50_ms: float
    p95_ms: float
    cpu_p95_ms: float
    recall_10: float
    recall_100: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One collection's figures; memory is the vectors' and the index's, ``edit_ms`` one entry's way into the index."""

    collection: str
    vectors: int
    kind: str
    build_s: float
    memory_mb: float
    edit_ms: float
    searched: tuple[Searched, ...]


def measure(collection: Collection) -> Measured:
    """Build Maru's index and search it with every question, for each filter."""
    gc.collect()
    before = psutil.Process().memory_info().rss
    started = time.perf_counter()
    index = VectorIndex(collection.vectors)
    build_s = time.perf_counter() - started
    grown = psutil.Process().memory_info().rss - before
    return Measured(
        collection.name,
        len(index),
        "clusters" if index.is_clustered else "flat",
        round(build_s, 2),
        round((grown + index.vectors.nbytes) / 1e6, 1),
        round(_edit_ms(collection, index), 1),
        tuple(_searched(collection, index, share) for share in FILTERS),
    )


def timed(
    search: Callable[[_Question], _Found], questions: Sequence[_Question]
) -> tuple[list[_Found], Milliseconds, Milliseconds]:
    """What each question finds, and its milliseconds: on the clock, and of this thread."""
    for question in questions[:_WARM_UP]:
        search(question)
    found: list[_Found] = []
    clock, own = np.zeros(len(questions)), np.zeros(len(questions))
    for at, question in enumerate(questions):
        began, began_own = time.perf_counter(), time.thread_time()
        found.append(search(question))
        clock[at], own[at] = time.perf_counter() - began, time.thread_time() - began_own
    return found, clock * 1000, own * 1000


def figures(search: Search, questions: Vectors, truth: Positions, allowed: float = 1.0) -> Searched:
    """Times and recall of a search whose exact results (m, 100 or fewer) are known."""
    found, clock, own = timed(search, list(questions))
    return Searched(
        allowed,
        round(float(np.percentile(clock, 50)), 3),
        round(float(np.percentile(clock, 95)), 3),
        round(float(np.percentile(own, 95)), 3),
        round(_recall(found, truth, 10), 4),
        round(_recall(found, truth, 100), 4),
    )


def exact(vectors: Vectors, questions: Vectors, chosen: Mask | None = None) -> Positions:
    """Positions (m, 100 or fewer) of the nearest chosen vectors."""
    positions = np.arange(len(vectors)) if chosen is None else np.flatnonzero(chosen)
    among = vectors if chosen is None else vectors[positions]
    _scores, nearest = faiss.knn(questions, among, min(100, len(among)), metric=faiss.METRIC_INNER_PRODUCT)
    found: Positions = positions[nearest]
    return found


def _searched(collection: Collection, index: VectorIndex, share: float) -> Searched:
    chosen = _chosen(collection, share)
    choice = Choice(chosen)
    truth = exact(collection.vectors, collection.questions, None if choice.selector is None else chosen)
    return figures(
        lambda question: index.search(question, WANTED, choice)[1], collection.questions, truth, round(choice.share, 4)
    )


def _chosen(collection: Collection, share: float) -> Mask:
    """Whole entries, as an audience, an agency or a date chooses them; at least one."""
    entries = int(collection.entry.max()) + 1
    drawn = np.random.default_rng(7).random(entries)
    drawn[collection.entry[len(collection.entry) // 2]] = 0.0
    chosen: Mask = (drawn < share)[collection.entry]
    return chosen


def _recall(found: list[Positions], truth: Positions, among: int) -> float:
    among = min(among, truth.shape[1])
    return float(
        np.mean(
            [len(set(t[:among].tolist()) & set(f[:among].tolist())) / among for t, f in zip(truth, found, strict=True)]
        )
    )


def _edit_ms(collection: Collection, index: VectorIndex) -> float:
    """Milliseconds until an index with one entry edited can be searched with a filter, beside the embedding."""
    entry = collection.entry[len(collection.entry) // 2]
    mine = np.flatnonzero(collection.entry == entry)
    everything = np.ones(int(collection.entry.max()) + 1, dtype=bool)
    started = time.perf_counter()
    owner = np.append(collection.entry, np.full(len(mine), entry))
    owner[mine] = NOBODY
    units = Units(owner, index, VectorIndex(collection.vectors[mine]))
    units.nearest(collection.questions[0], WANTED, units.choice(everything))
    return (time.perf_counter() - started) * 1000
