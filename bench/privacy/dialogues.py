"""Identifiers told over several turns, and dialogues in which nothing is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bench.privacy.measure import Found, Sample, is_covered


@dataclass(slots=True)
class Dialogues:
    """``split`` counts identifiers of which parts stand in different turns; ``together`` those found in all parts."""

    split: int = 0
    together: int = 0
    clean: int = 0
    clean_touched: int = 0


def dialogues(samples: Iterable[Sample], found: Iterable[Found]) -> Dialogues:
    """Count samples of several turns; ``found`` runs beside ``samples``.

    Parts of one kind in different turns of a dialogue are taken for one identifier.
    """
    counts = Dialogues()
    for sample, spans_of_turns in zip(samples, found, strict=True):
        if len(sample.turns) < 2:
            continue
        counts.clean += sample.clean
        counts.clean_touched += sample.clean and any(spans_of_turns)
        parts: dict[str, dict[int, bool]] = defaultdict(dict)
        for at, (turn, spans) in enumerate(zip(sample.turns, spans_of_turns, strict=True)):
            for gold in turn.gold:
                parts[gold[2]][at] = parts[gold[2]].get(at, True) and is_covered(gold, spans)
        for covered in parts.values():
            if len(covered) > 1:
                counts.split += 1
                counts.together += all(covered.values())
    return counts
