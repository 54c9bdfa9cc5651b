"""Everything between a question's vector and the ranked entries, over a base of any size: meaning, words, ranking."""

from __future__ import annotations

import cProfile
import io
import pstats
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from bench.scale.collections import Collection
from bench.scale.measure import timed
from knowledge.calibration import load_calibration
from knowledge.entry import Entry, Viewer
from knowledge.index import Centre, Snapshot
from knowledge.lexical import Analyse, LexicalIndex, lexical_documents
from knowledge.question import Question, question_terms
from knowledge.ranking import Ranking, rank
from knowledge.sound import sound_documents, sound_runs

_TODAY = date(2026, 1, 1)
_VIEWER = Viewer()
_CHANGED = 0.3  # of a real document's words, so that no two documents are alike
_MANY_DOCUMENTS = 100_000


@dataclass(frozen=True, slots=True)
class Step:
    """Milliseconds of one step; ``cpu_p95_ms`` is the thread's own time."""

    name: str
    p50_ms: float
    p95_ms: float
    cpu_p95_ms: float


class WholeSearch:
    """A snapshot of made-up entries: the vectors of a collection, words drawn from real entries."""

    def __init__(
        self, collection: Collection, entries: Sequence[Entry], asked: Sequence[str], analyse: Analyse
    ) -> None:
        """``entries`` lend their words; each question of the collection is asked in the words of one of ``asked``."""
        self._real = lexical_documents(entries, analyse)
        count = int(collection.entry.max()) + 1
        nothing = collection.vectors[:0]
        self.snapshot = Snapshot(
            1,
            [replace(_plain(entries[at % len(entries)]), entry_id=f"made-{at}") for at in range(count)],
            collection.entry,
            collection.vectors,
            LexicalIndex(list(self._documents(count))),
            LexicalIndex(sound_documents([_plain(entries[at % len(entries)]) for at in range(count)])),
            Centre(nothing, nothing, collection.vectors.shape[1]),
            "made up",
        )
        terms = [question_terms(text) for text in asked]
        self.questions = [
            Question(
                asked[at % len(asked)],
                vector,
                vector,
                terms[at % len(asked)],
                False,
                sound_runs(asked[at % len(asked)]),
            )
            for at, vector in enumerate(collection.questions)
        ]
        self._weights = load_calibration().evidence_weights

    def steps(self) -> Iterator[Step]:
        """The whole; its parts by themselves; and the words of a far larger base."""
        snapshot = self.snapshot
        yield self._step("whole ranking", self._rank)
        yield self._step("nearest vectors", lambda q: snapshot.nearest(q.vector, _VIEWER, _TODAY, 50))
        yield self._step(f"words of {len(snapshot):,} documents", lambda q: snapshot.lexical.score(q.terms))
        many = LexicalIndex(list(self._documents(_MANY_DOCUMENTS)))
        yield self._step(f"words of {_MANY_DOCUMENTS:,} documents", lambda q: many.score(q.terms))

    def profile(self, lines: int = 18) -> str:
        """Where the whole ranking spends its time."""
        profiler = cProfile.Profile()
        profiler.enable()
        for question in self.questions:
            self._rank(question)
        profiler.disable()
        text = io.StringIO()
        pstats.Stats(profiler, stream=text).sort_stats("tottime").print_stats(lines)
        return text.getvalue()

    def _rank(self, question: Question) -> Ranking:
        return rank(self.snapshot, [question], _VIEWER, _TODAY, weights=self._weights, scope=0.0)

    def _step(self, name: str, run: Callable[[Question], object]) -> Step:
        _found, clock, own = timed(run, self.questions)
        p50, p95 = np.percentile(clock, [50, 95])
        return Step(name, round(float(p50), 2), round(float(p95), 2), round(float(np.percentile(own, 95)), 2))

    def _documents(self, count: int) -> Iterator[list[str]]:
        """Real documents with some of their words changed for others, as frequent as these are."""
        chance = np.random.default_rng(3)
        words = [word for document in self._real for word in document]
        for _ in range(count):
            document = self._real[chance.integers(len(self._real))]
            keep = chance.random(len(document)) >= _CHANGED
            other = chance.integers(len(words), size=len(document))
            yield [word if kept else words[at] for word, kept, at in zip(document, keep, other.tolist(), strict=True)]


def _plain(entry: Entry) -> Entry:
    return replace(entry, locale="ko", audience="citizen", agency="city", valid_from=None, valid_until=None)
