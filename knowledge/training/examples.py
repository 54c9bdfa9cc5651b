"""Questions with all that ranking knows about them, from held-back variants of our seeds and from a foreign corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

import numpy as np

from knowledge.embedder import Embedder, Vectors
from knowledge.entry import Entry, Viewer
from knowledge.index import Snapshot, build_snapshot
from knowledge.question import Question, keywords_of, read_question
from knowledge.ranking import EVIDENCE, Ranking, rank
from knowledge.training.civic_questions import TrainingEntry
from knowledge.training.misheard import misheard
from knowledge.vector_cache import VectorCache

FOLDS = 6
OUTSIDE = "outside"
MISSING = "missing"
WRITTEN = "written"
_MISHEARD_RATE = 0.2
TODAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates and the right one's id; None where nothing in the corpus answers.

    ``style`` is ``missing`` where the entry that answers was taken out, ``outside`` where nothing could answer.
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

    def questions(self, texts: Sequence[str], *, heard: bool = False) -> list[Question]:
        """Each text made ready for ranking, as it is for what was typed or for what was ``heard``."""
        vectors = self.encode(texts)
        if heard:
            return [read_question(text, vector) for text, vector in zip(texts, vectors, strict=True)]
        self.encode([keywords_of(text) for text in texts])
        return [read_question(text, vector, self.encode) for text, vector in zip(texts, vectors, strict=True)]

    def snapshot(self, entries: Sequence[Entry]) -> Snapshot:
        """An index of these entries."""
        return build_snapshot(0, entries, self.embedder, self.cache)

    def ask(self, snapshot: Snapshot, question: Question, viewer: Viewer) -> Ranking:
        """Candidates with their evidence, not yet weighed."""
        weights = (0.2, 0.2, 0.6, 0.6, 0.2)
        return rank(snapshot, [question], viewer, TODAY, weights=weights, scope=0.0, english_offset=self._offset)


def english_offset(seeds: Sequence[Entry], embedder: Embedder, cache: VectorCache) -> Vectors:
    """How the vectors (dimension,) of English questions differ from those of the same questions in Korean."""
    korean = {e.entry_id: e.question for e in seeds if e.locale == "ko"}
    pairs = [(e.question, korean[e.entry_id]) for e in seeds if e.locale == "en" and e.entry_id in korean]
    if not pairs:
        return np.zeros(embedder.dimension, dtype=np.float32)
    english = cache.vectors("question", [text for text, _ in pairs], embedder.encode_queries)
    same = cache.vectors("question", [text for _, text in pairs], embedder.encode_queries)
    return np.asarray((english - same).mean(axis=0), dtype=np.float32)


def seed_examples(
    seeds: Sequence[Entry], outside: Sequence[str], asker: Asker, *, heard_every: int = 0
) -> Iterator[Example]:
    """In each fold some variants are held back and asked, and some entries are missing; nothing answers those.

    With ``heard_every`` only each n-th is asked, as a recogniser might have misheard it.
    """
    ids = sorted({entry.entry_id for entry in seeds})
    for fold in range(FOLDS):
        gone = set(ids[fold::FOLDS])
        snapshot = asker.snapshot([_without_variants(e, fold) for e in seeds if e.entry_id not in gone])
        asked = [*_asked(seeds, gone, fold), *((text, None, OUTSIDE) for text in outside[fold::FOLDS])]
        yield from _examples("seeds", snapshot, asked, asker, heard_every)


def written_examples(
    written: Sequence[TrainingEntry], outside: Sequence[str], asker: Asker, *, heard_every: int = 0
) -> Iterator[Example]:
    """A base without variants: questions of the clusters that taught the embedder nothing, a third of them missing."""
    entries = [_as_entry(entry, at) for at, entry in enumerate(written)]
    held_back = [at for at, entry in enumerate(written) if entry.is_held_back]
    parts = 3
    for part in range(parts):
        gone = set(held_back[part::parts])
        there = held_back[(part + 1) % parts :: parts]
        snapshot = asker.snapshot([entry for at, entry in enumerate(entries) if at not in gone])
        asked = [
            *((text, entries[at], "ko") for at in there for text in written[at].asked),
            *((text, entries[at], MISSING) for at in sorted(gone) for text in written[at].asked[part::parts]),
            *((text, None, OUTSIDE) for text in outside[part::parts]),
        ]
        yield from _examples(WRITTEN, snapshot, asked, asker, heard_every)


def _examples(
    corpus: str, snapshot: Snapshot, asked: Sequence[tuple[str, Entry | None, str]], asker: Asker, heard_every: int
) -> Iterator[Example]:
    random = Random(0)  # noqa: S311 - the same slips each time
    said = [text for text, _, _ in asked]
    if heard_every:
        corpus, asked = f"{corpus}, misheard", asked[::heard_every]
        said = [misheard(text, random, _MISHEARD_RATE) for text, _, _ in asked]
    for question, (text, entry, style) in zip(asker.questions(said, heard=heard_every > 0), asked, strict=True):
        viewer = Viewer(audience=entry.audience, locale=entry.locale) if entry else Viewer()
        answer = entry.entry_id if entry is not None and style != MISSING else None
        group = entry.entry_id if entry else text
        yield Example(corpus, style, group, text, answer, asker.ask(snapshot, question, viewer))


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
        kind = MISSING if entry.entry_id in gone else entry.locale
        yield from ((text, entry, kind) for at, text in enumerate(entry.variants) if at % FOLDS == fold)


def _without_variants(entry: Entry, fold: int) -> Entry:
    return replace(entry, variants=tuple(text for at, text in enumerate(entry.variants) if at % FOLDS != fold))


def _as_entry(written: TrainingEntry, number: int) -> Entry:
    return Entry(
        entry_id=f"written-{number:04}",
        locale="ko",
        audience="citizen",
        category=written.cluster,
        question=written.question,
        answer=written.answer,
    )
