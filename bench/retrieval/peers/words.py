"""BM25 over Kiwi morphemes: bm25s with its own defaults, one document an entry."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import numpy as np

from bench.retrieval.corpora import Question
from bench.retrieval.peers import Found, InProcess, Scores, documents_of, found_by_scores, position_of
from knowledge.entry import Entry
from knowledge.morphemes import content_morphemes


class Words(InProcess):
    """An edit analyses one entry and builds the index anew: bm25s has no other way."""

    def build(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)
        self._documents = content_morphemes([_text(entry) for entry in entries])
        self._index()

    def search(self, question: Question) -> Found:
        return found_by_scores(self._entries, self.scores(question.text))

    def edit(self, entry: Entry) -> None:
        at = position_of(self._entries, entry)
        self._entries[at] = entry
        self._documents[at] = content_morphemes([_text(entry)])[0]
        self._index()

    def scores(self, text: str) -> Scores:
        """BM25 scores (n_entries,)."""
        known = [form for form in content_morphemes([text])[0] if form in self._vocabulary]
        if not known:
            return np.zeros(len(self._entries), dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def _index(self) -> None:
        self._vocabulary = {form for document in self._documents for form in document}
        self._bm25 = bm25s.BM25()
        self._bm25.index(self._documents, show_progress=False)


def _text(entry: Entry) -> str:
    return "\n".join(documents_of(entry))
