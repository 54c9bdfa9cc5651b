"""Texts that are timed, and the times."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LONGEST = 200
HOSTILE_SIZES = (4_000, 20_000)
PATIENCE_S = 30.0
"""How long a hostile text may take before its process is ended."""
_ENOUGH = 200


@dataclass(slots=True)
class Times:
    """Milliseconds of each text: of the processor, and by the clock (which a busy machine stretches)."""

    cpu_ms: list[float] = field(default_factory=list)
    wall_ms: list[float] = field(default_factory=list)

    @staticmethod
    def quantile(milliseconds: Sequence[float], at: float) -> float:
        """At a share of the texts (0.95 → p95); NaN for fewer than two."""
        if len(milliseconds) < 2:
            return float("nan")
        return statistics.quantiles(milliseconds, n=100, method="inclusive")[round(at * 100) - 1]


@dataclass(frozen=True, slots=True)
class Hostile:
    """How a hostile text ended: ``seconds`` is None where it didn't within ``PATIENCE_S``."""

    name: str
    size: int
    seconds: float | None
    refused: bool


def long_texts(texts: Sequence[str]) -> list[str]:
    """Texts of exactly ``LONGEST`` characters, several of the given ones in each."""
    joined = " ".join(texts)
    pieces = (joined[at : at + LONGEST] for at in range(0, len(joined), LONGEST))
    return [piece for piece in pieces if len(piece) == LONGEST][:_ENOUGH]


def hostile_texts(size: int) -> Iterator[tuple[str, str]]:
    """What regular expressions and searches dread, by name."""
    patterns = {
        "digits": "1",
        "digits apart": "1 ",
        "spoken digits": "공일이삼",
        "dashes": "010-",
        "separators": "일에-~ ",
        "mail": "a.a@",
        "hosts": "a.",
        "names": "김철수",
        "places": "동로길 12-3",
        "brackets": "([<",
        "spaces": " ",
        "combining": "e\u0301",
        "surnames": "김이박최정강",
    }
    for name, pattern in patterns.items():
        yield name, (pattern * (size // len(pattern) + 1))[:size]
