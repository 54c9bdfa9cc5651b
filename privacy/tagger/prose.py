"""Tells pasted prose (news, reviews, notices) from what citizens and offices say to each other."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("prose.npy")
BUCKETS = 2**14
"""Syllable runs are hashed into so many; the last weight is the bias."""
_LONGEST_RUN = 3
_SHORTEST_LINE = 12
_LEAST = 0.9


def is_prose(line: str) -> bool:
    """Whether a line tells rather than asks; people are named in prose far more often than in questions."""
    if len(line) < _SHORTEST_LINE:
        return False
    weights = _weights()
    buckets = buckets_of(line)
    total = float(weights[buckets].sum())
    return total / math.sqrt(len(buckets)) + float(weights[-1]) > _LEAST


def buckets_of(line: str) -> list[int]:
    """The distinct buckets of a line's runs of one to three characters."""
    padded = f" {line.strip()} "
    size = len(padded)
    return list(
        {
            crc32(padded[start : start + length].encode()) % BUCKETS
            for length in range(1, _LONGEST_RUN + 1)
            for start in range(size - length + 1)
        }
    )


@lru_cache(maxsize=1)
def _weights() -> NDArray[np.float32]:
    return np.asarray(np.load(WEIGHTS, allow_pickle=False), dtype=np.float32)
