"""BM25 over Kiwi morphemes: what the words alone say."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt

from knowledge.entry import Entry
from knowledge.morphemes import content_morphemes

Scores = npt.NDArray[np.float32]

_K1 = 1.2
_B = 0.6


class LexicalIndex:
    """BM25 over one document an entry; immutable once built."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        """``documents`` are morpheme lists, one an entry, in the entries' order."""
        self._size = len(documents)
        self._vocabulary: dict[str, int] = {}
        encoded = [
            [self._vocabulary.setdefault(form, len(self._vocabulary)) for form in document] for document in documents
        ]
        self._bm25: bm25s.BM25 | None = None
        self._idf = np.zeros(len(self._vocabulary), dtype=np.float32)
        if not self._vocabulary:
            return
        self._bm25 = bm25s.BM25(method="lucene", k1=_K1, b=_B)
        self._bm25.index(bm25s.tokenization.Tokenized(ids=encoded, vocab=dict(self._vocabulary)), show_progress=False)
        frequency = np.zeros(len(self._vocabulary), dtype=np.float32)
        for document in encoded:
            frequency[list(set(document))] += 1
        self._idf = np.log1p((self._size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)

    def score(self, query: Sequence[str]) -> tuple[Scores, float]:
        """Scores (n_documents,) between 0 and about 1, and the share of the query's weight that the index knows.

        A score is the BM25 sum divided by what a document holding every query morpheme (once, at average length) would
        get; morphemes that no document holds count with the greatest weight, so that 1 means “every word is there”.
        """
        known = sorted({self._vocabulary[form] for form in query if form in self._vocabulary})
        unknown = len({form for form in query if form not in self._vocabulary})
        if self._bm25 is None or not known:
            return np.zeros(self._size, dtype=np.float32), 0.0
        rarest = float(np.log1p((self._size + 0.5) / 0.5))
        known_weight = float(self._idf[known].sum())
        weight = known_weight + unknown * rarest
        if weight <= 0:
            return np.zeros(self._size, dtype=np.float32), 0.0
        raw = self._bm25.get_scores_from_ids(known)
        return (np.asarray(raw, dtype=np.float32) / weight), known_weight / weight


def lexical_documents(entries: Sequence[Entry]) -> list[list[str]]:
    """Each entry's morphemes: its question counts three times, every variant and the answer once."""
    texts = [text for e in entries for text in (e.question, *e.variants, e.answer)]
    forms = iter(content_morphemes(texts))
    documents: list[list[str]] = []
    for entry in entries:
        question = next(forms)
        rest = [form for _ in range(len(entry.variants) + 1) for form in next(forms)]
        documents.append(question * 3 + rest)
    return documents
