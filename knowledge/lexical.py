"""BM25 over Kiwi morphemes: what the words alone say."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt

from knowledge.entry import Entry
from knowledge.morphemes import content_morphemes
from knowledge.question import Term
from knowledge.romanization import romanized

Scores = npt.NDArray[np.float32]

_K1 = 1.2
_B = 0.6
EQUAL_WEIGHT = 0.6  # an equal of a Korean word counts less than the word itself
_SHORTEST_NAME = 5  # shorter romanised words collide with English ones


class LexicalIndex:
    """BM25 over one document an entry; immutable once built."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        """``documents`` are morpheme lists, one an entry, in the entries' order."""
        self._size = len(documents)
        self._vocabulary: dict[str, int] = {}
        encoded = [
            [self._vocabulary.setdefault(form, len(self._vocabulary)) for form in document] for document in documents
        ]
        self._by_sound: dict[str, list[str]] = {}
        for form in self._vocabulary:
            if len(sound := romanized(form)) >= _SHORTEST_NAME:
                self._by_sound.setdefault(sound, []).append(form)
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

    def _weight(self, forms: dict[str, float]) -> float:
        """How much a resolved term says: the idf of its first known form; of an unknown one the greatest there is."""
        first = next(iter(forms), None)
        if first is None:
            return float(np.log1p((self._size + 0.5) / 0.5))
        return float(self._idf[self._vocabulary[first]])

    def score(self, terms: Sequence[Term]) -> tuple[Scores, float]:
        """Scores (n_documents,) between 0 and about 1, and the share of the query's weight that the index knows.

        A score is the BM25 sum (the best of a term's equals) divided by what a document holding every term (once, at
        average length) would get; terms that no document holds count with the greatest weight, so that 1 means
        “every word is there”.
        """
        resolved = [self._resolved(term) for term in terms]
        scores = np.zeros(self._size, dtype=np.float32)
        weights = [self._weight(forms) for forms in resolved]
        known = sum(weight for weight, forms in zip(weights, resolved, strict=True) if forms)
        if self._bm25 is None or known <= 0:
            return scores, 0.0
        for forms in resolved:
            if forms:
                scores += np.max([self._form_scores(form, weight) for form, weight in forms.items()], axis=0)
        return scores / sum(weights), known / sum(weights)

    def _form_scores(self, form: str, weight: float) -> Scores:
        assert self._bm25 is not None  # noqa: S101 - the caller checked
        return np.asarray(self._bm25.get_scores_from_ids([self._vocabulary[form]]), dtype=np.float32) * weight

    def _resolved(self, term: Term) -> dict[str, float]:
        if not term[0].isascii() or term[0].isdigit():
            return {form: 1.0 if at == 0 else EQUAL_WEIGHT for at, form in enumerate(term) if form in self._vocabulary}
        found = [form for form in term if form in self._vocabulary]
        if len(term) <= 2:
            for name in term:
                for part in (name.replace("-", ""), name.split("-")[0]):
                    found += self._by_sound.get(part, ())
        return dict.fromkeys(found, 1.0)


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
