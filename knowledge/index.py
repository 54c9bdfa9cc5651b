"""The immutable index of one revision of the FAQ: FAISS over unit vectors, BM25 over words and sounds beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from knowledge.embedder import Embedder, Vectors
from knowledge.entry import Entry, Viewer
from knowledge.errors import IndexInconsistentError
from knowledge.lexical import LexicalIndex, lexical_documents
from knowledge.published_language import language_of_entries
from knowledge.respelling import Respeller
from knowledge.sound import sound_documents
from knowledge.sound_channel import shared_channel
from knowledge.units import NOBODY, Units
from knowledge.vector_cache import VectorCache
from knowledge.vector_index import Choice, Positions, VectorIndex
from knowledge.visibility import Mask, Visibility

_PASSAGE_CHARS = 260  # longer passages answer no question better (docs/decisions/003-ranking.md)
_SELF_SEARCHES = 4  # a block
_ITSELF = 0.99  # the cosine of a vector with itself, as far as any index may round


class Snapshot:
    """Everything a search needs, built aside and never changed after; swap the reference to go live.

    An entry has several units, each with a centred unit vector: its question, each variant and, last, its passage.
    """

    def __init__(
        self,
        revision: int,
        entries: Sequence[Entry],
        unit_entry: Positions,
        vectors: Vectors,
        lexical: LexicalIndex,
        sounds: LexicalIndex,
        centre: Centre,
        fingerprint: str,
        hidden: Sequence[Entry] = (),
        base: VectorIndex | None = None,
    ) -> None:
        """``hidden`` are districts' entries that aren't searched and only hide common ones.

        With ``base``, a block that an earlier snapshot searched, ``vectors`` are those that came after it;
        ``unit_entry`` then names the owners of both, base first, and -1 where the entry has changed or gone.
        """
        self.revision = revision
        self.entries = tuple(entries)
        self.hidden = tuple(hidden)
        self.fingerprint = fingerprint
        self.lexical = lexical
        self.sounds = sounds
        self.centre = centre
        self.unit_entry = unit_entry
        if base is None:
            base, vectors = VectorIndex(vectors), vectors[:0]
        self.units = Units(unit_entry, base, VectorIndex(vectors))
        self._by_id: dict[str, list[int]] = {}
        for position, entry in enumerate(self.entries):
            self._by_id.setdefault(entry.entry_id, []).append(position)
        self.visible = lru_cache(maxsize=64)(Visibility(self.entries, hidden).mask)
        self._choice = lru_cache(maxsize=64)(self._make_choice)

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def unit_count(self) -> int:
        """How many vectors the index holds."""
        return len(self.units)

    @cached_property
    def respeller(self) -> Respeller:
        """Respells what was misheard in the words of these entries; made when first needed (some 0.3 s for 2,500)."""
        return Respeller(language_of_entries(self.entries), shared_channel())

    def nearest(self, vector: Vectors, viewer: Viewer, today: date, limit: int) -> list[int]:
        """Positions of the visible entries that own the units nearest to a centred unit vector (dimension,)."""
        owners = self.units.nearest(vector, limit * 6, self._choice(viewer.audience, viewer.agency, today))
        return [int(position) for position in dict.fromkeys(owners.tolist())][:limit]

    def cosines(self, entry: int, vector: Vectors) -> tuple[Vectors, float]:
        """Cosines of a centred unit vector with an entry's question and variants (n,), and with its passage."""
        scores = self.units.of(entry) @ vector
        return scores[:-1], float(scores[-1])

    def find(self, entry_id: str, viewer: Viewer, today: date) -> Entry | None:
        """The entry in the viewer's language, else in Korean, else in any; None where the viewer may not see it."""
        visible = self.visible(viewer.audience, viewer.agency, today)
        seen = {self.entries[p].locale: self.entries[p] for p in self._by_id.get(entry_id, []) if visible[p]}
        return seen.get(viewer.locale) or seen.get("ko") or next(iter(seen.values()), None)

    def _make_choice(self, audience: str, agency: str, today: date) -> tuple[Choice, Choice]:
        return self.units.choice(self.visible(audience, agency, today))


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
    """Embed what is new, index everything and check the result; raises ``IndexInconsistentError``."""
    hidden = [e for e in entries if e.publication == "hidden"]
    entries = [e for e in entries if e.publication != "hidden"]
    embedded = _embed(entries, embedder, cache)
    centre = embedded.centre()
    owner, vectors = embedded.units(centre)
    lexical = LexicalIndex(lexical_documents(entries, cache.morphemes))
    sounds = LexicalIndex(sound_documents(entries))
    snapshot = Snapshot(revision, entries, owner, vectors, lexical, sounds, centre, embedder.fingerprint, hidden)
    _check(snapshot, entries, snapshot.units.base)
    return snapshot


def revise_snapshot(
    before: Snapshot,
    revision: int,
    entries: Sequence[Entry],
    embedder: Embedder,
    cache: VectorCache,
) -> Snapshot:
    """A snapshot of other entries; those that are the same objects in ``before`` cost nothing but their place.

    Vectors stay centred on the mean of the last whole build, also the new ones: a mean over thousands of vectors
    hardly moves with a few of them, and vectors of one snapshot have to share it. Who builds anew when
    ``before.units.drift`` has grown keeps that true. Raises ``IndexInconsistentError``.
    """
    hidden = [e for e in entries if e.publication == "hidden"]
    entries = [e for e in entries if e.publication != "hidden"]
    old = {id(entry): position for position, entry in enumerate(before.entries)}
    kept = np.array([old.get(id(entry), NOBODY) for entry in entries], dtype=np.int64)
    new = np.flatnonzero(kept == NOBODY)
    moved = np.full(len(before.entries) + 1, NOBODY, dtype=np.int64)  # the last is NOBODY's
    moved[kept[kept != NOBODY]] = np.flatnonzero(kept != NOBODY)
    owner = moved[before.unit_entry]
    base = before.units.base
    still = owner[len(base) :] != NOBODY
    changed = [entries[position] for position in new]
    new_owner, new_vectors = _embed(changed, embedder, cache).units(before.centre)
    snapshot = Snapshot(
        revision,
        entries,
        np.concatenate([owner[: len(base)], owner[len(base) :][still], new[new_owner]]),
        np.concatenate([before.units.fresh.vectors[still], new_vectors]),
        before.lexical.revised(kept, lexical_documents(changed, cache.morphemes)),
        before.sounds.revised(kept, sound_documents(changed)),
        before.centre,
        before.fingerprint,
        hidden,
        base,
    )
    _check(snapshot, entries, snapshot.units.fresh)
    return snapshot


@dataclass(frozen=True, slots=True)
class _Embedded:
    """Unit vectors of entries, as the model gives them; the owners are positions among these entries."""

    questions: Vectors
    question_owner: Positions
    is_english: Mask
    passages: Vectors

    def centre(self) -> Centre:
        return Centre(self.questions, self.passages, self.questions.shape[1], self.is_english)

    def units(self, centre: Centre) -> tuple[Positions, Vectors]:
        """Owners (n,) and centred vectors (n, dimension), entry by entry."""
        vectors = np.concatenate([centre.questions(self.questions, self.is_english), centre.passages(self.passages)])
        owner = np.concatenate([self.question_owner, np.arange(len(self.passages))])
        order = np.argsort(owner, kind="stable")
        return owner[order], vectors[order]


def _embed(entries: Sequence[Entry], embedder: Embedder, cache: VectorCache) -> _Embedded:
    asked = [(text, position) for position, e in enumerate(entries) for text in (e.question, *e.variants)]
    owner = np.array([position for _, position in asked], dtype=np.int64)
    english = np.array([e.locale == "en" for e in entries], dtype=bool)
    return _Embedded(
        cache.vectors("question", [text for text, _ in asked], embedder.encode_queries),
        owner,
        english[owner],
        cache.vectors("passage", [passage_of(e) for e in entries], embedder.encode_passages),
    )


def _check(snapshot: Snapshot, entries: Sequence[Entry], block: VectorIndex) -> None:
    """Compare a snapshot with what it should hold: counts, keys, and that vectors of a new block find themselves."""
    expected = np.array([2 + len(e.variants) for e in entries], dtype=np.int64)
    name = f"revision {snapshot.revision}"
    if snapshot.unit_count != expected.sum() or not np.array_equal(snapshot.units.count, expected):
        raise IndexInconsistentError(f"{name}: {snapshot.unit_count} vectors for {expected.sum()} units")
    if len({e.key for e in snapshot.entries}) != len(entries):
        raise IndexInconsistentError(f"{name}: {len(snapshot)} entries for {len(entries)}")
    for unit in range(0, len(block), max(1, len(block) // _SELF_SEARCHES)):
        vector = block.vectors[unit]
        scores, _units = block.search(vector, 1)
        if vector.any() and (len(scores) == 0 or scores[0] < _ITSELF):
            raise IndexInconsistentError(f"{name}: vector {unit} doesn't find itself")


def passage_of(entry: Entry) -> str:
    """What an entry says, as one passage to embed: its question and the beginning of its answer."""
    return passage_text(entry.question, entry.answer)


def passage_text(question: str, answer: str) -> str:
    """The passage of an entry with this question and answer."""
    return f"{question}\n{' '.join(answer.split())}"[:_PASSAGE_CHARS]
