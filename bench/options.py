"""Types of command line options that the benchmarks share."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence


def among(allowed: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """An ``argparse`` type: words from ``allowed``, apart by commas; an unknown one is named."""

    def read(text: str) -> tuple[str, ...]:
        given = tuple(part.strip() for part in text.split(","))
        unknown = [part for part in given if part not in allowed]
        if unknown:
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not among {', '.join(allowed)}")
        return given

    return read
