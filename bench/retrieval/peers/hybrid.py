"""The hybrid that everybody builds first: z-scores of cosine and BM25, 0.7 to 0.3, untuned."""

from __future__ import annotations

from collections.abc import Sequence

from bench.retrieval.corpora import Question
from bench.retrieval.peers import Found, InProcess, Scores, found_by_scores
from bench.retrieval.peers.vectors import PlainVectors
from bench.retrieval.peers.words import Words
from knowledge.entry import Entry

_MEANING = 0.7


class NaiveHybrid(InProcess):
    """Both systems side by side over the same entries."""

    def __init__(self, vectors: PlainVectors, words: Words) -> None:
        self._vectors = vectors
        self._words = words

    def build(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)
        self._vectors.build(entries)
        self._words.build(entries)

    def search(self, question: Question) -> Found:
        meaning, words = self._vectors.scores(question.text), self._words.scores(question.text)
        return found_by_scores(self._entries, _MEANING * _standard(meaning) + (1 - _MEANING) * _standard(words))

    def edit(self, entry: Entry) -> None:
        self._vectors.edit(entry)
        self._words.edit(entry)


def _standard(scores: Scores) -> Scores:
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 0 else scores * 0
