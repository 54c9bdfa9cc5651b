"""What Maru's index could have been instead, on one collection."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import faiss
import numpy as np

from bench.scale.collections import Collection
from bench.scale.measure import WANTED, Search, Searched, exact, figures
from knowledge.embedder import Vectors
from knowledge.vector_index import VectorIndex

_LISTS = 512
_PRODUCT = faiss.METRIC_INNER_PRODUCT


def alternatives(collection: Collection) -> Iterator[tuple[str, float, Searched]]:
    """Name, seconds to build, and figures of each, nothing filtered out."""
    truth = exact(collection.vectors, collection.questions)
    for name, build in _BUILDERS.items():
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        started = time.perf_counter()
        search = build(collection.vectors)
        seconds = time.perf_counter() - started
        faiss.omp_set_num_threads(1)
        yield name, round(seconds, 2), figures(search, collection.questions, truth)


def _maru(vectors: Vectors) -> Search:
    index = VectorIndex(vectors)
    return lambda question: index.search(question, WANTED)[1]


def _numpy(vectors: Vectors) -> Search:
    def search(question: Vectors) -> Any:
        scores = vectors @ question
        best = np.argpartition(-scores, WANTED)[:WANTED]
        return best[np.argsort(-scores[best])]

    return search


def _with(index: Any, vectors: Vectors, parameters: Any = None) -> Search:
    index.train(vectors[:50_000])
    index.add(vectors)
    return lambda question: index.search(question[None, :], WANTED, params=parameters)[1][0]


def _scalar(kind: int) -> Callable[[Vectors], Search]:
    return lambda vectors: _with(faiss.IndexScalarQuantizer(vectors.shape[1], kind, _PRODUCT), vectors)


def _hnsw(reach: int) -> Callable[[Vectors], Search]:
    def build(vectors: Vectors) -> Search:
        index = faiss.IndexHNSWSQ(vectors.shape[1], faiss.ScalarQuantizer.QT_8bit, 16, _PRODUCT)
        index.hnsw.efConstruction = 80
        return _with(index, vectors, faiss.SearchParametersHNSW(efSearch=reach))

    return build


def _lists(probed: int) -> Callable[[Vectors], Search]:
    def build(vectors: Vectors) -> Search:
        nearest = faiss.IndexFlatIP(vectors.shape[1])
        byte = faiss.ScalarQuantizer.QT_8bit
        index = faiss.IndexIVFScalarQuantizer(nearest, vectors.shape[1], _LISTS, byte, _PRODUCT, False)
        return _with(index, vectors, faiss.SearchParametersIVF(nprobe=probed))

    return build


_BUILDERS: dict[str, Callable[[Vectors], Search]] = {
    "Maru": _maru,
    "floats, FAISS": lambda vectors: _with(faiss.IndexFlatIP(vectors.shape[1]), vectors),
    "floats, NumPy": _numpy,
    "half floats": _scalar(faiss.ScalarQuantizer.QT_fp16),
    "bytes by dimension": _scalar(faiss.ScalarQuantizer.QT_8bit),
    "IVF, 1 list in 16": _lists(_LISTS // 16),
    "IVF, 1 list in 4": _lists(_LISTS // 4),
    "HNSW 16, ef 256": _hnsw(256),
    "HNSW 16, ef 512": _hnsw(512),
}
