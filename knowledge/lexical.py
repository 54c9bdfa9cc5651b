"""BM25 over Kiwi morphemes: what the words alone say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from knowledge.entry import Entry
from knowledge.morphemes import content_morphemes
from knowledge.question import Term
from knowledge.romanization import romanized

Scores = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]
Words = npt.NDArray[np.int32]
Analyse = Callable[[Sequence[str]], list[list[str]]]

_K1 = 1.2
_B = 0.6
EQUAL_WEIGHT = 0.6  # an equal of a Korean word counts less than the word itself
_SHORTEST_NAME = 5  # shorter romanised words collide with English ones


class Vocabulary:
    """Words as numbers. It only grows, and an index that grows takes a copy."""

    def __init__(
        self, numbers: dict[str, int] | None = None, sounding: dict[str, tuple[str, ...]] | None = None
    ) -> None:
        self.numbers = numbers or {}
        self.sounding = sounding or {}  # romanised forms, to the Korean ones

    def copy(self) -> Vocabulary:
        """One that can grow without this one."""
        return Vocabulary(self.numbers.copy(), self.sounding.copy())

    def encode(self, documents: Sequence[Sequence[str]]) -> list[Words]:
        """Documents as numbers; new words get the next ones."""
        known, numbers = len(self.numbers), self.numbers
        encoded = [
            np.array([numbers.setdefault(form, len(numbers)) for form in document], dtype=np.int32)
            for document in documents
        ]
        for form in islice(numbers, known, None):
            if len(sound := romanized(form)) >= _SHORTEST_NAME:
                self.sounding[sound] = tuple(sorted((*self.sounding.get(sound, ()), form)))
        return encoded


class LexicalIndex:
    """BM25 (Lucene's variant) over one document an entry; immutable once built."""

    def __init__(
        self,
        documents: Sequence[Sequence[str]],
        *,
        vocabulary: Vocabulary | None = None,
        encoded: Sequence[Words] = (),
    ) -> None:
        """``documents`` are morpheme lists, one an entry, in the entries' order, after those already ``encoded``."""
        self._vocabulary = vocabulary or Vocabulary()
        self._encoded = [*encoded, *self._vocabulary.encode(documents)]
        self._weigh()

    def revised(self, kept: Positions, documents: Sequence[Sequence[str]]) -> LexicalIndex:
        """An index of other documents, most of which are in this one: as quick as a sort, and no other than a new one.

        ``kept`` (n,) says for each document where it stands in this index; -1 is the next one of ``documents``.
        """
        vocabulary = self._vocabulary.copy()
        new = iter(vocabulary.encode(documents))
        encoded = [self._encoded[at] if at >= 0 else next(new) for at in kept.tolist()]
        return LexicalIndex((), vocabulary=vocabulary, encoded=encoded)

    def _weigh(self) -> None:
        """Sort what documents hold by word, with what each occurrence says of its document."""
        self._size = len(self._encoded)
        lengths = np.array([len(document) for document in self._encoded], dtype=np.int64)
        words = np.concatenate([np.zeros(0, dtype=np.int32), *self._encoded]).astype(np.int64)
        owners = np.repeat(np.arange(self._size), lengths)
        pairs, counts = np.unique(words * max(1, self._size) + owners, return_counts=True)
        words, self._holders = np.divmod(pairs, max(1, self._size))
        self._frequency = np.bincount(words, minlength=len(self._vocabulary.numbers))
        self._ends = np.cumsum(self._frequency)
        self._idf = np.log1p((self._size - self._frequency + 0.5) / (self._frequency + 0.5)).astype(np.float32)
        usual = float(lengths.mean()) if self._size else 0.0
        length_factor = _K1 * (1 - _B + _B * lengths / max(usual, 1e-9))
        self._says = (self._idf[words] * counts / (counts + length_factor[self._holders])).astype(np.float32)

    def _weight(self, forms: dict[str, float]) -> float:
        """How much a resolved term says: the idf of its first known form; of an unknown one the greatest there is."""
        first = next(iter(forms), None)
        if first is None:
            return float(np.log1p((self._size + 0.5) / 0.5))
        return float(self._idf[self._vocabulary.numbers[first]])

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
        if known <= 0:
            return scores, 0.0
        for forms in resolved:
            scores += self._term_scores(forms)
        return scores / sum(weights), known / sum(weights)

    def _term_scores(self, forms: dict[str, float]) -> Scores:
        """What the best of a term's equals says of each document (n_documents,)."""
        best = np.zeros(self._size, dtype=np.float32)
        for form, weight in forms.items():
            number = self._vocabulary.numbers[form]
            found = slice(self._ends[number] - self._frequency[number], self._ends[number])
            holders = self._holders[found]  # each document once
            best[holders] = np.maximum(best[holders], self._says[found] * weight)
        return best

    def _knows(self, form: str) -> bool:
        number = self._vocabulary.numbers.get(form)
        return number is not None and self._frequency[number] > 0  # documents that held it may have gone

    def _resolved(self, term: Term) -> dict[str, float]:
        if not term[0].isascii() or term[0].isdigit():
            return {form: 1.0 if at == 0 else EQUAL_WEIGHT for at, form in enumerate(term) if self._knows(form)}
        found = [form for form in term if self._knows(form)]
        if len(term) <= 2:
            for name in term:
                for part in (name.replace("-", ""), name.split("-")[0]):
                    found += [form for form in self._vocabulary.sounding.get(part, ()) if self._knows(form)]
        return dict.fromkeys(found, 1.0)


def lexical_documents(entries: Sequence[Entry], analyse: Analyse = content_morphemes) -> list[list[str]]:
    """Each entry's morphemes: its question counts three times, every variant and the answer once."""
    texts = [text for e in entries for text in (e.question, *e.variants, e.answer)]
    forms = iter(analyse(texts))
    documents: list[list[str]] = []
    for entry in entries:
        question = next(forms)
        rest = [form for _ in range(len(entry.variants) + 1) for form in next(forms)]
        documents.append(question * 3 + rest)
    return documents
