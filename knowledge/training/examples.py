"""Questions with all that ranking knows about them, from held-back variants of our seeds and from a foreign corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from knowledge.embedder import Embedder, Vectors
from knowledge.entry import Entry, Viewer
from knowledge.index import Snapshot, build_snapshot
from knowledge.question import Question, keywords_of, read_question
from knowledge.ranking import EVIDENCE, Ranking, rank
from knowledge.training.seoul import DevelopmentQuestion
from knowledge.vector_cache import VectorCache

FOLDS = 6
TODAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates and the right one's id; None where nothing in the corpus answers.

    ``group`` keeps together what may not be split between fitting and holding back: an entry, or one question.
    """

    corpus: str
    style: str
    group: str
    text: str
    answer: str | None
    ranking: Ranking

    @property
    def right_at(self) -> int | None:
        """The right candidate's position, None where it isn't among them."""
        ids = [candidate.entry.entry_id for candidate in self.ranking.candidates]
        return ids.index(self.answer) if self.answer in ids else None


class Asker:
    """Asks many questions of a snapshot; their vectors come from the cache."""

    def __init__(self, embedder: Embedder, cache: VectorCache, english_offset: Vectors) -> None:
        self.embedder = embedder
        self.cache = cache
        self._offset = english_offset

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Question vectors (n, dimension), embedded once."""
        return self.cache.vectors("question", texts, self.embedder.encode_queries)

    def questions(self, texts: Sequence[str]) -> list[Question]:
        """Each text made ready for ranking."""
        vectors = self.encode(texts)
        self.encode([keywords_of(text) for text in texts])
        return [read_question(text, vector, self.encode) for text, vector in zip(texts, vectors, strict=True)]

    def snapshot(self, entries: Sequence[Entry]) -> Snapshot:
        """An index of these entries."""
        return build_snapshot(0, entries, self.embedder, self.cache)

    def ask(self, snapshot: Snapshot, question: Question, viewer: Viewer) -> Ranking:
        """Candidates with their evidence, not yet weighed."""
        weights = (0.2, 0.2, 0.6, 0.6)
        return rank(snapshot, question, viewer, TODAY, weights=weights, scope=0.0, english_offset=self._offset)


def english_offset(seeds: Sequence[Entry], embedder: Embedder, cache: VectorCache) -> Vectors:
    """How the vectors (dimension,) of English questions differ from those of the same questions in Korean."""
    korean = {e.entry_id: e.question for e in seeds if e.locale == "ko"}
    pairs = [(e.question, korean[e.entry_id]) for e in seeds if e.locale == "en" and e.entry_id in korean]
    if not pairs:
        return np.zeros(embedder.dimension, dtype=np.float32)
    english = cache.vectors("question", [text for text, _ in pairs], embedder.encode_queries)
    same = cache.vectors("question", [text for _, text in pairs], embedder.encode_queries)
    return np.asarray((english - same).mean(axis=0), dtype=np.float32)


def seed_examples(seeds: Sequence[Entry], off_topic: Sequence[str], asker: Asker) -> Iterator[Example]:
    """In each fold some variants are held back and asked, and some entries are missing; nothing answers those."""
    ids = sorted({entry.entry_id for entry in seeds})
    for fold in range(FOLDS):
        gone = set(ids[fold::FOLDS])
        snapshot = asker.snapshot([_without_variants(e, fold) for e in seeds if e.entry_id not in gone])
        asked = [*_asked(seeds, gone, fold), *((text, None, "off_topic") for text in off_topic[fold::FOLDS])]
        for question, (text, entry, style) in zip(asker.questions([text for text, _, _ in asked]), asked, strict=True):
            viewer = Viewer(audience=entry.audience, locale=entry.locale) if entry else Viewer()
            answer = entry.entry_id if entry is not None and style != "missing" else None
            group = entry.entry_id if entry else text
            yield Example("seeds", style, group, text, answer, asker.ask(snapshot, question, viewer))


def foreign_examples(
    corpus: str, entries: Sequence[Entry], questions: Sequence[DevelopmentQuestion], asker: Asker
) -> Iterator[Example]:
    """Every development question, asked of the whole corpus."""
    snapshot = asker.snapshot(entries)
    for question, dev in zip(asker.questions([q.text for q in questions]), questions, strict=True):
        group = dev.entry_id or dev.text
        yield Example(corpus, dev.style, group, dev.text, dev.entry_id, asker.ask(snapshot, question, Viewer()))


def reweighed(ranking: Ranking, weights: Sequence[float], scope: float) -> Ranking:
    """The same candidates in the order that other weights give them."""
    factor = np.asarray(weights, dtype=np.float64)
    candidates = [replace(c, fused=float(c.evidence @ factor)) for c in ranking.candidates]
    ordered = sorted(candidates, key=lambda c: (-c.fused, c.entry.entry_id))
    return replace(ranking, candidates=tuple(ordered), scope=scope)


def evidence_of(example: Example) -> np.ndarray:
    """The candidates' evidence (n, len(EVIDENCE)), in the example's order."""
    return np.stack([c.evidence for c in example.ranking.candidates]).reshape(-1, len(EVIDENCE))


def _asked(seeds: Sequence[Entry], gone: set[str], fold: int) -> Iterator[tuple[str, Entry | None, str]]:
    """Held-back variants, of entries that are there and of entries that aren't, so that both are worded alike."""
    for entry in seeds:
        kind = "missing" if entry.entry_id in gone else entry.locale
        yield from ((text, entry, kind) for at, text in enumerate(entry.variants) if at % FOLDS == fold)


def _without_variants(entry: Entry, fold: int) -> Entry:
    return replace(entry, variants=tuple(text for at, text in enumerate(entry.variants) if at % FOLDS != fold))
