"""Looks for originals that must not be there: in files and databases, in every usual encoding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from privacy.scan import Scanner, scan_paths


@dataclass(frozen=True, slots=True)
class Leak:
    """An original that was found: which one (its index), where, and how it was written. Never the original itself."""

    path: Path
    offset: int
    original: int
    encoding: str


def find_leaks(paths: Iterable[Path], originals: Iterable[str]) -> list[Leak]:
    """First place of every original in every file, per encoding; folders are walked, SQLite's ``-wal`` files included.

    A file that goes away meanwhile, or can't be read, is skipped.
    """
    scanner = Scanner(originals, patterns=False)
    scan_paths(scanner, (path for path in paths if path.exists()))
    return [
        Leak(Path(find.place), find.offset, find.canary, find.encoding)
        for find, _count in scanner.report.found()
        if find.canary is not None
    ]
