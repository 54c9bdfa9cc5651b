"""How probable it is that published entries go on with a syllable: the language that misheard words are mended with.

Counts of runs of up to five syllables without spaces, smoothed after Witten and Bell (1991, “The zero-frequency
problem”), in sorted arrays: a million runs take 16 MB, and thousands are looked up at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from knowledge.entry import Entry
from knowledge.training.civic_questions import read_training_entries, read_utterances

Syllables = npt.NDArray[np.int64]
LogChances = npt.NDArray[np.float64]

ORDER = 5
EDGE = 0
"""The number of what stands before and after a text."""

_BITS = 12
_NOTHING = (1 << _BITS) - 1  # stands in a history that isn't full yet; occurs nowhere
_MOST = _NOTHING - 256  # syllables; the rest is for those that only this question has
_FIRST, _LAST = "가", "힣"

_Run = npt.NDArray[np.int64]


class PublishedLanguage:
    """Immutable once built, some 0.3 s for a million syllables."""

    def __init__(self, texts: Iterable[tuple[str, int]]) -> None:
        """``texts`` with how often each counts; anything that isn't Hangul ends a run, spaces don't."""
        runs = [(run, times) for text, times in texts for run in hangul_runs(text)]
        written = np.frombuffer("".join(run for run, _ in runs).encode("utf-16-le"), dtype=np.uint16).astype(np.int64)
        letters, counts = np.unique(written, return_counts=True)
        letters = np.sort(letters[np.argsort(-counts, kind="stable")[:_MOST]])
        self.syllables: tuple[str, ...] = tuple(chr(letter) for letter in letters.tolist())
        self._numbers = {syllable: number for number, syllable in enumerate(self.syllables, EDGE + 1)}
        self._tables = [_Table(keys, times) for keys, times in _counted(runs, letters, written)]
        nowhere = np.full((1, ORDER - 1), _NOTHING, dtype=np.int64)
        everything = np.arange(len(self.syllables) + 1)
        self.alone: LogChances = self.log_chances(nowhere, np.zeros_like(everything), everything)
        """Of each syllable by its number, wherever it stands."""

    def number(self, syllable: str) -> int | None:
        """The number of a syllable, None for one that nothing published has."""
        return self._numbers.get(syllable)

    @staticmethod
    def start() -> Syllables:
        """The history (ORDER - 1,) at the beginning of a text."""
        return np.array([_NOTHING] * (ORDER - 2) + [EDGE], dtype=np.int64)

    @staticmethod
    def key(histories: Syllables) -> npt.NDArray[np.int64]:
        """One number (n,) for each history (n, ORDER - 1)."""
        keys = np.zeros(len(histories), dtype=np.int64)
        for column in histories.T:
            keys = (keys << _BITS) | column
        return keys

    def log_chances(self, histories: Syllables, whose: npt.NDArray[np.int64], next_ones: Syllables) -> LogChances:
        """(n,): of each of ``next_ones`` (n,) after the history of ``histories`` (m, ORDER - 1) that ``whose`` names.

        Numbers above those of ``syllables`` are of syllables that nothing published has.
        """
        chances = np.full(len(next_ones), 1 / (len(self.syllables) + 2))
        context = np.zeros(len(histories), dtype=np.int64)
        for length, table in enumerate(self._tables):
            if length:
                context |= histories[:, -length] << (_BITS * (length - 1))
            total, kinds = table.context(context)
            seen = total[whose] > 0
            if not seen.any():
                break
            at, after = whose[seen], next_ones[seen]
            count = table.count((context[at] << _BITS) | after)
            chances[seen] = (count + kinds[at] * chances[seen]) / (total[at] + kinds[at])
        logarithms: LogChances = np.log(chances)
        return logarithms


class _Table:
    """How often runs of one length occur, and how often and with how many endings what stands before the last."""

    def __init__(self, keys: _Run, times: npt.NDArray[np.int64]) -> None:
        self._keys, self._times = keys, times
        contexts = keys >> _BITS
        self._contexts, first = np.unique(contexts, return_index=True)
        self.followed = np.add.reduceat(times, first) if len(keys) else times
        self._kinds = np.diff(np.append(first, len(keys)))

    def count(self, keys: _Run) -> npt.NDArray[np.int64]:
        at, found = _found(self._keys, keys)
        return np.where(found, self._times[at], 0)

    def context(self, keys: _Run) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        at, found = _found(self._contexts, keys)
        return np.where(found, self.followed[at], 0), np.where(found, self._kinds[at], 0)


def _found(ordered: _Run, keys: _Run) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    at = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
    return at, ordered[at] == keys


def _counted(
    runs: Sequence[tuple[str, int]], letters: npt.NDArray[np.int64], written: npt.NDArray[np.int64]
) -> list[tuple[_Run, npt.NDArray[np.int64]]]:
    """For each length up to ORDER: the runs as sorted keys, and how often each occurs."""
    if not runs:
        return []
    lengths = np.array([len(run) for run, _ in runs])
    weights = np.array([times for _, times in runs])
    numbers = np.searchsorted(letters, written)
    known = (numbers < len(letters)) & (letters[np.minimum(numbers, len(letters) - 1)] == written)
    numbers = np.where(known, numbers + EDGE + 1, _NOTHING)
    # One array for all: an edge before each run, and one after the last.
    starts = np.cumsum(lengths + 2) - (lengths + 2)
    stream = np.zeros(int((lengths + 2).sum()), dtype=np.int64)
    within = np.arange(len(numbers)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    stream[np.repeat(starts + 1, lengths) + within] = numbers
    times = np.repeat(weights, lengths + 2)
    place = np.arange(len(stream)) - np.repeat(starts, lengths + 2)  # in its run; the edge before it is 0
    counted = []
    keys = np.zeros(len(stream), dtype=np.int64)
    for length in range(1, ORDER + 1):
        shifted = np.zeros_like(stream)
        shifted[length - 1 :] = stream[: len(stream) - length + 1]
        keys |= shifted << (_BITS * (length - 1))
        whole = place >= max(1, length - 1)
        whole &= ~_has_nothing(keys, length)
        found, which = np.unique(keys[whole], return_inverse=True)
        counted.append((found, np.bincount(which, weights=times[whole]).astype(np.int64)))
    return counted


def _has_nothing(keys: _Run, length: int) -> npt.NDArray[np.bool_]:
    has = np.zeros(len(keys), dtype=bool)
    for at in range(length):
        has |= (keys >> (_BITS * at)) & _NOTHING == _NOTHING
    return has


def hangul_runs(text: str) -> list[str]:
    """The stretches of Hangul syllables in a text, whose spaces don't count."""
    return re.findall(f"[{_FIRST}-{_LAST}]+", "".join(text.split()))


def language_of_entries(entries: Iterable[Entry]) -> PublishedLanguage:
    """The language of what is published, and of how people ask: questions count thrice, answers once."""
    published = (
        (text, times)
        for entry in entries
        for text, times in ((entry.question, 3), *((variant, 3) for variant in entry.variants), (entry.answer, 1))
    )
    return PublishedLanguage([*published, *((text, 3) for text in _usual_words())])


@lru_cache(maxsize=1)
def _usual_words() -> tuple[str, ...]:
    """How people speak to a city, whatever it has published (data/retrieval)."""
    entries, utterances = read_training_entries(), read_utterances()
    return (
        *(text for entry in entries for text in (entry.question, entry.answer, *entry.asked)),
        *(utterance.text for utterance in utterances),
    )
