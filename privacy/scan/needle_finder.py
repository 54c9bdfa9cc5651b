"""Looks for tens of thousands of byte strings at once, faster than a disk reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from privacy.scan.needles import Needle

_Keys = npt.NDArray[np.uint64]
_SIZES = (32, 16, 8, 4)
"""A needle is recognised by its last so many bytes, the most that it has."""
_BITS = 20
_SPREAD = np.uint32(2654435761)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_PADDING = bytes(max(_SIZES))


class NeedleFinder:
    """Finds needles in a window of bytes.

    The first four bytes of each needle's key are looked up in a table for every position of the window; the few
    positions that pass compare the whole key, and what passes again is compared in full.
    """

    def __init__(self, needles: Sequence[Needle]) -> None:
        self.longest = max((len(needle.value) for needle in needles), default=0)
        self._table = np.zeros(1 << _BITS, dtype=np.uint8)
        self._keys: dict[int, _Keys] = {}
        self._needles: dict[tuple[int, int], list[Needle]] = {}
        for bit, size in enumerate(_SIZES):
            chosen = [each for each in needles if _size(each) == size]
            if not chosen:
                continue
            data = b"".join(each.value[-size:].lower() for each in chosen) + _PADDING
            at = np.arange(len(chosen)) * size
            np.bitwise_or.at(self._table, _slots(_words(data, 4)[at]), np.uint8(1 << bit))
            keys = _key(data, at, size)
            self._keys[size] = np.unique(keys)
            for each, key in zip(chosen, keys.tolist(), strict=True):
                self._needles.setdefault((size, key), []).append(each)

    def find(self, window: bytes) -> Iterator[tuple[int, Needle]]:
        """Where each needle begins in the window, every time."""
        if not self._keys:
            return
        folded = window.lower()
        data = folded + _PADDING
        passed = self._table[_slots(_words(data, 4)[: len(window)])]
        candidates = np.flatnonzero(passed)
        for bit, size in enumerate(_SIZES):
            if size not in self._keys or not candidates.size:
                continue
            at = candidates[(passed[candidates] & np.uint8(1 << bit)) > 0]
            keys = _key(data, at, size)
            known = self._keys[size]
            same = known[np.minimum(np.searchsorted(known, keys), known.size - 1)] == keys
            for position, key in zip(at[same].tolist(), keys[same].tolist(), strict=True):
                for needle in self._needles[size, key]:
                    start = position + size - len(needle.value)
                    text = folded if needle.caseless else window
                    if start >= 0 and text.startswith(needle.value, start):
                        yield start, needle


def _size(needle: Needle) -> int:
    return next(size for size in _SIZES if size <= len(needle.value))


def _words(data: bytes, size: int) -> npt.NDArray[np.uint32 | np.uint64]:
    """The little-endian word at every byte offset."""
    return np.ndarray((len(data) - size + 1,), f"<u{size}", data, strides=(1,))


def _slots(words: npt.NDArray[np.uint32 | np.uint64]) -> npt.NDArray[np.uint32 | np.uint64]:
    return (words * _SPREAD) >> np.uint32(32 - _BITS)


def _key(data: bytes, at: npt.NDArray[np.intp], size: int) -> _Keys:
    if size == _SIZES[-1]:
        return _words(data, 4)[at].astype(np.uint64)
    words = _words(data, 8)
    key = np.zeros(at.size, dtype=np.uint64)
    for offset in range(0, size, 8):
        key = (key ^ words[at + offset]) * _MIX
        key ^= key >> np.uint64(29)
    return key
