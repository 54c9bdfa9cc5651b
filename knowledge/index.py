"""The immutable index of one revision of the FAQ: FAISS over unit vectors, BM25 beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import faiss
import numpy as np
import numpy.typing as npt

from knowledge.embedder import Embedder, Vectors
from knowledge.entry import BASE_AGENCY, Entry, Viewer
from knowledge.errors import IndexInconsistentError
from knowledge.lexical import LexicalIndex, lexical_documents
from knowledge.vector_cache import VectorCache

Mask = npt.NDArray[np.bool_]


# Chosen on held-back variants of our seeds and on the development questions of Seoul-120 alike (docs/decisions/003).
PASSAGE_WEIGHT = 0.6


class Snapshot:
    """Everything a search needs, built aside and never changed after; swap the reference to go live.

    An entry has several units, each with a centred unit vector: its question, each variant and, last, its passage.
    """

    def __init__(
        self,
        revision: int,
        entries: Sequence[Entry],
        unit_entry: npt.NDArray[np.int64],
        vectors: Vectors,
        lexical: LexicalIndex,
        centre: Centre,
        fingerprint: str,
    ) -> None:
        self.revision = revision
        self.entries = tuple(entries)
        self.fingerprint = fingerprint
        self.lexical = lexical
        self.centre = centre
        self.unit_entry = unit_entry
        self._vectors = vectors
        self._by_id: dict[str, list[int]] = {}
        for position, entry in enumerate(self.entries):
            self._by_id.setdefault(entry.entry_id, []).append(position)
        self._faiss = faiss.IndexFlatIP(vectors.shape[1])
        self._faiss.add(vectors)
        self._unit_start = np.searchsorted(unit_entry, np.arange(len(self.entries) + 1))
        self.visible = lru_cache(maxsize=64)(self._visible)
        self._selector = lru_cache(maxsize=64)(self._make_selector)

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def unit_count(self) -> int:
        """How many vectors the index holds."""
        return int(self._faiss.ntotal)

    def nearest(self, vector: Vectors, viewer: Viewer, today: date, limit: int) -> list[int]:
        """Positions of the visible entries that own the units nearest to a centred unit vector (dimension,)."""
        selector, visible_units = self._selector(viewer.audience, viewer.agency, today)
        if visible_units == 0:
            return []
        wanted = min(visible_units, limit * 6)
        _scores, units = self._faiss.search(vector[None, :], wanted, params=faiss.SearchParameters(sel=selector))
        owners = self.unit_entry[units[0][units[0] >= 0]]
        return [int(position) for position in dict.fromkeys(owners.tolist())][:limit]

    def dense_score(self, entry: int, vector: Vectors) -> float:
        """How near an entry's meaning is to a centred unit vector: its questions and its passage together.

        Questions count with the mean of the best and of the best two (one lucky variant shouldn't win alone); the
        passage counts more, for a told story resembles the answer more often than another person's question.
        """
        start, end = self._unit_start[entry], self._unit_start[entry + 1]
        scores = self._vectors[start:end] @ vector
        asked = np.sort(scores[:-1])
        question = float(asked[-1] + asked[-2:].mean()) / 2
        return (1 - PASSAGE_WEIGHT) * question + PASSAGE_WEIGHT * float(scores[-1])

    def find(self, entry_id: str, viewer: Viewer, today: date) -> Entry | None:
        """The entry in the viewer's language, else in Korean, else in any; None where the viewer may not see it."""
        visible = self.visible(viewer.audience, viewer.agency, today)
        seen = {self.entries[p].locale: self.entries[p] for p in self._by_id.get(entry_id, []) if visible[p]}
        return seen.get(viewer.locale) or seen.get("ko") or next(iter(seen.values()), None)

    def _visible(self, audience: str, agency: str, today: date) -> Mask:
        return np.array(
            [
                e.audience == audience and e.agency in (BASE_AGENCY, agency) and e.is_valid_on(today)
                for e in self.entries
            ],
            dtype=bool,
        )

    def _make_selector(self, audience: str, agency: str, today: date) -> tuple[faiss.IDSelectorBitmap, int]:
        units = self.visible(audience, agency, today)[self.unit_entry] if len(self.entries) else np.zeros(0, bool)
        return faiss.IDSelectorBitmap(np.packbits(units, bitorder="little")), int(units.sum())


class Centre:
    """The mean question and the mean passage of a corpus, subtracted before vectors are compared.

    e5 cosines crowd between 0.75 and 0.95; without the mean they spread, and languages come closer together. The mean
    of few vectors says little, so it is shrunk towards none: n / (n + 100).
    """

    _SHRINKAGE = 100

    def __init__(self, questions: Vectors, passages: Vectors, dimension: int) -> None:
        self.question = self._mean(questions, dimension)
        self.passage = self._mean(passages, dimension)

    def questions(self, vectors: Vectors) -> Vectors:
        """Centred unit vectors of questions, same shape."""
        return _unit(vectors - self.question)

    def passages(self, vectors: Vectors) -> Vectors:
        """Centred unit vectors of passages, same shape."""
        return _unit(vectors - self.passage)

    @classmethod
    def _mean(cls, vectors: Vectors, dimension: int) -> Vectors:
        if len(vectors) == 0:
            return np.zeros(dimension, dtype=np.float32)
        return (vectors.mean(axis=0) * (len(vectors) / (len(vectors) + cls._SHRINKAGE))).astype(np.float32)


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(norms, 1e-6), dtype=np.float32)


def build_snapshot(revision: int, entries: Sequence[Entry], embedder: Embedder, cache: VectorCache) -> Snapshot:
    """Embed what is new, index everything and check the count; raises ``IndexInconsistentError``."""
    asked = [(text, position) for position, e in enumerate(entries) for text in (e.question, *e.variants)]
    told = [(passage_of(e), position) for position, e in enumerate(entries)]
    questions = cache.vectors("question", [text for text, _ in asked], embedder.encode_queries)
    passages = cache.vectors("passage", [text for text, _ in told], embedder.encode_passages)
    centre = Centre(questions, passages, embedder.dimension)
    vectors = np.concatenate([centre.questions(questions), centre.passages(passages)])
    owner = np.array([position for _, position in asked] + [position for _, position in told], dtype=np.int64)
    order = np.argsort(owner, kind="stable")
    documents = lexical_documents(entries)
    snapshot = Snapshot(
        revision,
        entries,
        owner[order],
        np.ascontiguousarray(vectors[order]),
        LexicalIndex(documents),
        centre,
        embedder.fingerprint,
    )
    if snapshot.unit_count != len(asked) + len(told) or len(snapshot) != len(entries):
        raise IndexInconsistentError(
            f"revision {revision}: {snapshot.unit_count} vectors for {len(asked) + len(told)} units"
        )
    return snapshot


def passage_of(entry: Entry) -> str:
    """What an entry says, as one passage to embed; e5 reads at most 512 tokens, a fraction of which is enough."""
    return f"{entry.question}\n{entry.answer}"[:600]
