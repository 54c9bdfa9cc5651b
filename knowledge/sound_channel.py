"""How Korean sounds come through a speech recogniser: which are heard for which, which get lost, which are added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from knowledge.sound import sounds_of

SHIPPED = Path(__file__).parent / "sound_channel.json"
SOUNDS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅎㅏㅓㅗㅜㅡㅣㅔ"
"""What :func:`knowledge.sound.sounds_of` makes of Hangul."""

Sounds = npt.NDArray[np.int64]
LogChances = npt.NDArray[np.float64]

_NUMBERS = {sound: number for number, sound in enumerate(SOUNDS)}


@dataclass(frozen=True, slots=True, eq=False)
class SoundChannel:
    """Natural logarithms of chances; sounds are numbered as in ``SOUNDS``, n of them.

    ``heard`` (n, n): that the second is heard where the first is said. ``lost`` (n,): that nothing is heard of it.
    ``added`` (n,): that it is heard where nothing is said.
    """

    heard: LogChances
    lost: LogChances
    added: LogChances

    @classmethod
    def load(cls, path: Path = SHIPPED) -> Self:
        """The fitted channel (``maru train sounds``); raises ValueError where it is of other sounds."""
        content = json.loads(path.read_text("utf-8"))
        if content["sounds"] != SOUNDS:
            raise ValueError(f"{path} is of other sounds; `maru train sounds` fits it anew")
        heard = np.array([content[f"heard {sound}"] for sound in SOUNDS], dtype=np.float64)
        return cls(heard, np.array(content["lost"], dtype=np.float64), np.array(content["added"], dtype=np.float64))

    def syllables_heard(self, said: Sounds, heard: Sounds, start: int) -> LogChances:
        """(n, longest + 2): that syllables come out as the next 0, 1, … sounds of ``heard`` from ``start`` on.

        ``said`` (n, length) are the sounds of n syllables of the same length. Where ``heard`` ends before, the chance
        is 0 (a logarithm of -inf).
        """
        count, length = said.shape
        out = np.full((count, length + 2), -np.inf)
        row = np.zeros((length + 1, count))
        lost = self.lost[said]
        np.cumsum(lost, axis=1, out=lost)
        row[1:] = lost.T
        out[:, 0] = row[length]
        for taken, sound in enumerate(heard[start : start + length + 1].tolist(), 1):
            below = row
            row = np.empty_like(below)
            row[0] = below[0] + self.added[sound]
            for at in range(1, length + 1):
                through = below[at - 1] + self.heard[said[:, at - 1], sound]
                silent = row[at - 1] + self.lost[said[:, at - 1]]
                row[at] = np.maximum(np.maximum(through, below[at] + self.added[sound]), silent)
            out[:, taken] = row[length]
        return out


@lru_cache(maxsize=1)
def shared_channel() -> SoundChannel:
    """The shipped channel, loaded once."""
    return SoundChannel.load()


def numbered(text: str) -> Sounds:
    """The sounds of a text as numbers (n,); what isn't Korean (Latin letters) doesn't sound."""
    known: Iterable[int] = (_NUMBERS[sound] for sound in sounds_of(text) if sound in _NUMBERS)
    return np.fromiter(known, dtype=np.int64)
