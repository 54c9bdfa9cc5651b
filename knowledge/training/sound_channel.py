"""Fits how sounds are misheard on data/retrieval/heard.jsonl: what was said, and what the recogniser wrote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.sound_channel import SOUNDS, Sounds, numbered
from knowledge.training.weight_files import rounded, write_weights

_VOWELS = frozenset("ㅏㅓㅗㅜㅡㅣㅔ")
_GAP, _LIKE, _UNLIKE = 0.7, 0.8, 1.3
_NOTHING = -1
_DECIMALS = 3
# Added to the counts, so that nothing is impossible.
_MORE_HEARD, _MORE_LOST, _SOUNDS_MORE = 0.3, 0.5, 10


@dataclass(frozen=True, slots=True)
class ChannelReport:
    """How many sounds were said, and which share of them was heard as it was, as another, or not at all."""

    pairs: int
    sounds: int
    heard: float
    misheard: float
    lost: float


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """(said, heard) of each line; raises ValueError naming the line that isn't one."""
    pairs = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            pairs.append((str(row["said"]), str(row["heard"])))
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: {error!r}") from error
    return pairs


def fit_sound_channel(pairs: Sequence[tuple[str, str]], out: Path) -> ChannelReport:
    """Count how sounds come through, and write the chances to ``out``; raises ValueError without pairs."""
    size = len(SOUNDS)
    heard, lost, added = np.zeros((size, size)), np.zeros(size), np.zeros(size)
    for said, wrote in pairs:
        for sound, as_what in aligned(numbered(said), numbered(wrote)):
            if sound == _NOTHING:
                added[as_what] += 1
            elif as_what == _NOTHING:
                lost[sound] += 1
            else:
                heard[sound, as_what] += 1
    total = float(heard.sum() + lost.sum())
    if not total:
        raise ValueError("nothing was said and heard to learn from")
    gone = (lost + _MORE_LOST) / (heard.sum(axis=1) + lost + _SOUNDS_MORE)
    share = (heard + _MORE_HEARD) / (heard + _MORE_HEARD).sum(axis=1, keepdims=True) * (1 - gone)[:, None]
    more = (added + _MORE_LOST) / (added + _MORE_LOST).sum() * (added.sum() + 1) / total
    chances = {f"heard {sound}": rounded(np.log(row), _DECIMALS) for sound, row in zip(SOUNDS, share, strict=True)}
    rest = {"lost": rounded(np.log(gone), _DECIMALS), "added": rounded(np.log(more), _DECIMALS)}
    write_weights({"sounds": SOUNDS, "fitted_on": f"{len(pairs)} spoken questions", **chances, **rest}, out)
    right = float(np.trace(heard))
    return ChannelReport(
        len(pairs), int(total), right / total, float(heard.sum() - right) / total, float(lost.sum()) / total
    )


def aligned(said: Sounds, heard: Sounds) -> list[tuple[int, int]]:
    """The cheapest alignment of two rows of sounds; ``-1`` stands for nothing on either side."""
    costs = np.zeros((len(said) + 1, len(heard) + 1))
    costs[:, 0] = np.arange(len(said) + 1) * _GAP
    costs[0] = np.arange(len(heard) + 1) * _GAP
    for i, left in enumerate(said.tolist(), 1):
        for j, right in enumerate(heard.tolist(), 1):
            through = costs[i - 1, j - 1] + _change(left, right)
            costs[i, j] = min(through, costs[i - 1, j] + _GAP, costs[i, j - 1] + _GAP)
    pairs = []
    i, j = len(said), len(heard)
    while i or j:
        if i and j and np.isclose(costs[i, j], costs[i - 1, j - 1] + _change(int(said[i - 1]), int(heard[j - 1]))):
            i, j = i - 1, j - 1
            pairs.append((int(said[i]), int(heard[j])))
        elif i and np.isclose(costs[i, j], costs[i - 1, j] + _GAP):
            i -= 1
            pairs.append((int(said[i]), _NOTHING))
        else:
            j -= 1
            pairs.append((_NOTHING, int(heard[j])))
    return pairs[::-1]


def _change(left: int, right: int) -> float:
    if left == right:
        return 0.0
    return _LIKE if (SOUNDS[left] in _VOWELS) == (SOUNDS[right] in _VOWELS) else _UNLIKE
