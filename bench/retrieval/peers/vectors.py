"""multilingual-e5-small as its model card says: query and passage prompts, cosine, FAISS, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import faiss
import numpy as np

from bench.retrieval.corpora import Question
from bench.retrieval.peers import KEPT, Found, InProcess, Scores, documents_of, position_of
from knowledge.embedder import Embedder
from knowledge.entry import Entry
from knowledge.vector_cache import VectorCache


class PlainVectors(InProcess):
    """A vector a document; an entry is as near as the nearest of its documents."""

    def __init__(self, embedder: Embedder, cache: VectorCache) -> None:
        self._embedder = embedder
        self._cache = cache

    def build(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)
        documents = [documents_of(entry) for entry in entries]
        self._counts = [len(texts) for texts in documents]
        flat = [text for texts in documents for text in texts]
        self._index(self._cache.vectors("passage", flat, self._embedder.encode_passages))

    def search(self, question: Question) -> Found:
        query = self._embedder.encode_queries([question.text])
        scores, found = self._faiss.search(query, min(KEPT * max(self._counts), self._faiss.ntotal))
        ids = dict.fromkeys(self._entries[self._owner[at]].entry_id for at in found[0])
        return Found(tuple(ids)[:KEPT], float(scores[0][0]))

    def edit(self, entry: Entry) -> None:
        at = position_of(self._entries, entry)
        start, end = self._starts[at], self._starts[at] + self._counts[at]
        fresh = self._embedder.encode_passages(documents_of(entry))
        self._entries[at] = entry
        self._counts[at] = len(fresh)
        self._index(np.concatenate([self._vectors[:start], fresh, self._vectors[end:]]))

    def scores(self, text: str) -> Scores:
        """The best cosine of each entry (n_entries,)."""
        cosines = self._vectors @ self._embedder.encode_queries([text])[0]
        return np.asarray(np.maximum.reduceat(cosines, self._starts), dtype=np.float32)

    def _index(self, vectors: Scores) -> None:
        self._vectors = vectors
        self._owner = np.repeat(np.arange(len(self._counts)), self._counts)
        self._starts = np.cumsum([0, *self._counts[:-1]])
        self._faiss = faiss.IndexFlatIP(vectors.shape[1])
        self._faiss.add(vectors)
