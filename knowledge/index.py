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


_PASSAGE_CHARS = 260  # longer passages answer no question better (docs/decisions/003-ranking.md)


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

    def cosines(self, entry: int, vector: Vectors) -> tuple[Vectors, float]:
        """Cosines of a centred unit vector with an entry's question and variants (n,), and with its passage."""
        start, end = self._unit_start[entry], self._unit_start[entry + 1]
        scores = self._vectors[start:end] @ vector
        return scores[:-1], float(scores[-1])

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
    """The mean question of each language and the mean passage, subtracted before vectors are compared.

    e5 cosines crowd between 0.75 and 0.95; without the mean they spread, and languages come closer together. The mean
    of few vectors says little, so it is shrunk: n / (n + 100) of it, and the English one towards the Korean one.
    """

    _SHRINKAGE = 100

    def __init__(self, questions: Vectors, passages: Vectors, dimension: int, is_english: Mask | None = None) -> None:
        if is_english is None:
            is_english = np.zeros(len(questions), dtype=bool)
        self.question = self._mean(questions[~is_english], dimension)
        self.passage = self._mean(passages, dimension)
        self.english_share = float(is_english.sum() / (is_english.sum() + self._SHRINKAGE))
        self.english_offset = self._mean(questions[is_english] - self.question, dimension)

    def questions(self, vectors: Vectors, english: Mask | bool = False, offset: Vectors | None = None) -> Vectors:
        """Centred unit vectors of questions, same shape; ``english`` says which are in English.

        ``offset`` (dimension,) is how English questions differ from Korean ones elsewhere, for a corpus without any.
        """
        shift = self.english_offset if offset is None else self.english_offset + (1 - self.english_share) * offset
        return _unit(vectors - self.question - np.asarray(english, dtype=np.float32)[..., None] * shift)

    def passages(self, vectors: Vectors) -> Vectors:
        """Centred unit vectors of passages, same shape."""
        return _unit(vectors - self.passage)

    @classmethod
    def _mean(cls, vectors: Vectors, dimension: int) -> Vectors:
        if len(vectors) == 0:
            return np.zeros(dimension, dtype=np.float32)
        mean = vectors.mean(axis=0) * (len(vectors) / (len(vectors) + cls._SHRINKAGE))
        return np.asarray(mean, dtype=np.float32)


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(norms, 1e-6), dtype=np.float32)


def build_snapshot(revision: int, entries: Sequence[Entry], embedder: Embedder, cache: VectorCache) -> Snapshot:
    """Embed what is new, index everything and check the count; raises ``IndexInconsistentError``."""
    asked = [(text, position) for position, e in enumerate(entries) for text in (e.question, *e.variants)]
    told = [(passage_of(e), position) for position, e in enumerate(entries)]
    questions = cache.vectors("question", [text for text, _ in asked], embedder.encode_queries)
    passages = cache.vectors("passage", [text for text, _ in told], embedder.encode_passages)
    english = np.array([entries[position].locale == "en" for _, position in asked], dtype=bool)
    centre = Centre(questions, passages, embedder.dimension, english)
    vectors = np.concatenate([centre.questions(questions, english), centre.passages(passages)])
    owner = np.array([position for _, position in asked] + [position for _, position in told], dtype=np.int64)
    order = np.argsort(owner, kind="stable")
    snapshot = Snapshot(
        revision,
        entries,
        owner[order],
        np.ascontiguousarray(vectors[order]),
        LexicalIndex(lexical_documents(entries)),
        centre,
        embedder.fingerprint,
    )
    if snapshot.unit_count != len(asked) + len(told) or len(snapshot) != len(entries):
        raise IndexInconsistentError(
            f"revision {revision}: {snapshot.unit_count} vectors for {len(asked) + len(told)} units"
        )
    return snapshot


def passage_of(entry: Entry) -> str:
    """What an entry says, as one passage to embed: its question and the beginning of its answer."""
    return f"{entry.question}\n{' '.join(entry.answer.split())}"[:_PASSAGE_CHARS]
