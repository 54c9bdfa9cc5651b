"""What a misheard question may have been, in words that are published: 금창구 직원 숙직비 → 금천구 직원 숙직비.

A noisy channel: the sounds that were heard, how sounds are misheard (:mod:`knowledge.sound_channel`), and how published
entries go on (:mod:`knowledge.published_language`). It only adds a reading to search with; nobody is shown it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from knowledge.morphemes import shared_kiwi
from knowledge.published_language import EDGE, ORDER, PublishedLanguage, Syllables, hangul_runs
from knowledge.sound import sounds_of
from knowledge.sound_channel import SoundChannel, Sounds, numbered

_BEAM = 32
_CANDIDATES = 40  # syllables at a place
_LEAST = -9.0  # natural logarithm; what sounds less alike isn't looked at
_CHANNEL_WEIGHT = 1.25
_ALONE_WEIGHT = 0.3  # of how common a syllable is, for the choice of candidates only
_HEARD_SHARE = 0.0005  # how much of the language is what was heard itself: words that nothing published has
_HEARD_ANYWHERE = 0.03
_LONGEST = 160  # sounds, some ten seconds of speech; a longer story is found by its words

_Numbers = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Choices:
    """At one place among the sounds: syllables by number (n,), how many sounds each takes, and what that costs."""

    syllables: _Numbers
    takes: _Numbers
    costs: _Floats


class Respeller:
    """Respells readings in the language of one snapshot; immutable, for several threads."""

    def __init__(self, language: PublishedLanguage, channel: SoundChannel) -> None:
        self._language = language
        self._channel = channel
        self._groups = _by_length(language.syllables, EDGE + 1)

    def respell(self, readings: Sequence[str]) -> str | None:
        """The likeliest text behind ``readings``, the best first; None where there is none or it is too long.

        The first gives the sounds; the others' words are as good as its own. Costs some 60 ms for ten words.
        """
        heard = numbered(readings[0]) if readings else np.zeros(0, dtype=np.int64)
        if not 0 < len(heard) <= _LONGEST:
            return None
        said = _Heard(readings, self._language)
        groups = [*self._groups, *_by_length(said.own, len(self._language.syllables) + 1)]
        alone = np.append(self._language.alone, np.full(len(said.own), self._language.alone.min()))
        choices = [self._choices(heard, at, groups, alone) for at in range(len(heard))]
        numbers = self._best_path(choices, said)
        text = "".join(said.letter(number) for number in numbers)
        return str(shared_kiwi().space(text)) if text else None

    def _choices(self, heard: Sounds, at: int, groups: Sequence[tuple[_Numbers, Sounds]], alone: _Floats) -> _Choices:
        syllables, takes, costs = [], [], []
        for numbers, said in groups:
            chances = self._channel.syllables_heard(said, heard, at)[:, 1:]
            which, taken = np.nonzero(chances > _LEAST)
            syllables.append(numbers[which])
            takes.append(taken + 1)
            costs.append(chances[which, taken])
        syllable, take, cost = np.concatenate(syllables), np.concatenate(takes), np.concatenate(costs)
        order = np.argsort(-(cost + _ALONE_WEIGHT * alone[syllable]), kind="stable")[:_CANDIDATES]
        return _Choices(syllable[order], take[order], _CHANNEL_WEIGHT * cost[order])

    def _best_path(self, choices: Sequence[_Choices], said: _Heard) -> list[int]:
        """Beam search from sound to sound; of ways with the same last syllables only the best goes on."""
        count = len(choices)
        paths = _Paths()
        waiting: list[list[tuple[_Floats, Syllables, _Numbers]]] = [[] for _ in range(count + 1)]
        waiting[0].append((np.zeros(1), self._language.start()[None, :], np.array([_Paths.ROOT])))
        for at, choice in enumerate(choices):
            scores, histories, nodes = _pruned(waiting[at])
            waiting[at].clear()
            if not len(scores) or not len(choice.syllables):
                continue
            whose = np.repeat(np.arange(len(scores)), len(choice.syllables))
            nexts = np.tile(choice.syllables, len(scores))
            gained = said.log_chances(self._language, histories, whose, nexts)
            totals = scores[whose] + np.tile(choice.costs, len(scores)) + gained
            after = np.concatenate([histories[whose, 1:], nexts[:, None]], axis=1)
            new = paths.add(nodes[whose], nexts)
            ends = at + np.tile(choice.takes, len(scores))
            for end in np.unique(ends[ends <= count]).tolist():
                there = ends == end
                waiting[end].append((totals[there], after[there], new[there]))
        scores, histories, nodes = _pruned(waiting[count])
        if not len(scores):
            return []
        edges = np.full(len(scores), EDGE)
        scores = scores + said.log_chances(self._language, histories, np.arange(len(scores)), edges)
        return paths.back_from(int(nodes[scores.argmax()]))


class _Heard:
    """What was heard, as a language of its own: which syllable follows which in the readings."""

    def __init__(self, readings: Sequence[str], language: PublishedLanguage) -> None:
        self._known = language.syllables
        runs = ["".join(hangul_runs(reading)) for reading in readings]
        letters = sorted(set("".join(runs)))
        self.own = [letter for letter in letters if language.number(letter) is None][:200]
        beyond = len(language.syllables) + 1
        numbers = {letter: language.number(letter) for letter in letters}
        numbers.update({letter: beyond + at for at, letter in enumerate(self.own)})
        self._local = np.full(beyond + len(self.own), -1)
        present = [EDGE, *sorted({number for number in numbers.values() if number is not None})]
        self._local[present] = np.arange(len(present))
        follows = np.zeros((len(present), len(present)))
        for run in runs:
            row = [EDGE, *(number for letter in run if (number := numbers[letter]) is not None), EDGE]
            for before, after in pairwise(self._local[row].tolist()):
                follows[before, after] += 1
        shares = follows / np.maximum(follows.sum(axis=1, keepdims=True), 1)
        shares[:, 1:] = np.maximum(shares[:, 1:], _HEARD_ANYWHERE)
        self._shares = shares

    def letter(self, number: int) -> str:
        """The syllable of a number."""
        at = number - EDGE - 1
        return self._known[at] if at < len(self._known) else self.own[at - len(self._known)]

    def log_chances(
        self, language: PublishedLanguage, histories: Syllables, whose: _Numbers, nexts: _Numbers
    ) -> _Floats:
        """Those of the published language, and a little of those of what was heard."""
        published = np.exp(language.log_chances(histories, whose, nexts))
        before, after = self._local[histories[whose, -1]], self._local[nexts]
        share = np.where(
            (before >= 0) & (after >= 0),
            self._shares[before, after],
            np.where(after > 0, _HEARD_ANYWHERE, 0.0),
        )
        chances: _Floats = np.log((1 - _HEARD_SHARE) * published + _HEARD_SHARE * share)
        return chances


class _Paths:
    """All syllables that were tried, each with the one before it."""

    ROOT = -1

    def __init__(self) -> None:
        self._before: list[_Numbers] = []
        self._syllables: list[_Numbers] = []
        self._count = 0

    def add(self, before: _Numbers, syllables: _Numbers) -> _Numbers:
        """Their nodes (n,)."""
        self._before.append(before)
        self._syllables.append(syllables)
        nodes = np.arange(self._count, self._count + len(syllables))
        self._count += len(syllables)
        return nodes

    def back_from(self, node: int) -> list[int]:
        """The syllables up to a node."""
        before, syllables = np.concatenate(self._before), np.concatenate(self._syllables)
        path = []
        while node != self.ROOT:
            path.append(int(syllables[node]))
            node = int(before[node])
        return path[::-1]


def _pruned(ways: Sequence[tuple[_Floats, Syllables, _Numbers]]) -> tuple[_Floats, Syllables, _Numbers]:
    if not ways:
        return np.zeros(0), np.zeros((0, ORDER - 1), dtype=np.int64), np.zeros(0, dtype=np.int64)
    scores, histories, nodes = (np.concatenate(part) for part in zip(*ways, strict=True))
    order = np.argsort(-scores, kind="stable")[: _BEAM * _BEAM]
    _, first = np.unique(PublishedLanguage.key(histories[order]), return_index=True)
    kept = order[np.sort(first)[:_BEAM]]
    return scores[kept], histories[kept], nodes[kept]


def _by_length(syllables: Sequence[str], first: int) -> list[tuple[_Numbers, Sounds]]:
    """Syllables, numbered from ``first``, grouped by how many sounds they have: numbers (n,) and sounds (n, length)."""
    groups: dict[int, list[tuple[int, Sounds]]] = {}
    for number, syllable in enumerate(syllables, first):
        sounds = numbered(syllable)
        if len(sounds) == len(sounds_of(syllable)):
            groups.setdefault(len(sounds), []).append((number, sounds))
    return [
        (np.array([number for number, _ in group]), np.stack([sounds for _, sounds in group]))
        for group in groups.values()
    ]
