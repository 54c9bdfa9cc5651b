"""From the n best readings of each window to the n best readings of the whole recording."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from voice.normalise import normalise
from voice.recognizer import Hypothesis


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a window: its text, the summed natural log-probability of its tokens, and its text's tokens."""

    text: str
    log_probability: float
    tokens: tuple[int, ...] = ()


def combine(windows: Sequence[Sequence[Reading]], keep: int) -> tuple[Hypothesis, ...]:
    """The ``keep`` most probable readings of all windows one after the other, best first, scores summing to 1.

    Readings that differ only in spaces or punctuation count as one, under the likelier spelling. The first hypothesis
    joins the windows' first readings. No windows, or only empty readings, give an empty tuple.
    """
    paths = [Reading("", 0.0)]
    for readings in windows:
        paths = [
            Reading(f"{path.text} {reading.text}".strip(), path.log_probability + reading.log_probability)
            for path in paths
            for reading in readings
        ]
        paths = sorted(paths, key=lambda path: path.log_probability, reverse=True)[: keep * 2]
    weights: dict[str, tuple[str, float]] = {}
    top = max((path.log_probability for path in paths), default=0.0)
    for path in paths:
        heard = normalise(path.text)
        if not heard:
            continue
        spelling, weight = weights.get(heard, (path.text, 0.0))
        weights[heard] = (spelling, weight + math.exp(path.log_probability - top))
    # Ordered by the likeliest spelling, not by the merged weight: the first stays the text that was decoded.
    best = list(weights.values())[:keep]
    total = sum(weight for _text, weight in best)
    return tuple(Hypothesis(text, weight / total) for text, weight in best)
