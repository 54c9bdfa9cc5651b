"""Files and folders to scan: everything under them, whoever is writing there meanwhile."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from privacy.scan.databases import is_sqlite, scan_sqlite_rows
from privacy.scan.scanner import Scanner

BESIDE = ("-wal", "-journal", "-shm")
"""What SQLite keeps beside a database file."""


def scan_paths(scanner: Scanner, paths: Iterable[Path]) -> None:
    """Scan every file, SQLite's also row by row. A file that goes away meanwhile is left out without a word."""
    for path in paths:
        for file in _files(scanner, path):
            _scan_file(scanner, file)


def _files(scanner: Scanner, path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        yield from (beside for end in BESIDE if (beside := Path(f"{path}{end}")).exists())
        return
    seen: set[tuple[int, int]] = set()

    def unreadable(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            scanner.report.miss(scanner.clean_name(str(error.filename)), "unreadable")

    for folder, folders, names in os.walk(path, onerror=unreadable, followlinks=True):
        try:
            status = os.stat(folder)  # noqa: PTH116
        except OSError:
            folders.clear()
            continue
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders.sort()
        yield from (Path(folder) / name for name in sorted(names))


def _scan_file(scanner: Scanner, file: Path) -> None:
    place = scanner.clean_name(str(file))
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return
        with file.open("rb") as stream:
            # What is added meanwhile belongs to the next scan; else a busy log would never end.
            size = os.fstat(stream.fileno()).st_size
            database = is_sqlite(stream.read(16))
            stream.seek(0)
            scanner.report.files += 1
            scanner.scan_stream(place, stream, size)
        if database:
            scan_sqlite_rows(scanner, file, place)
    except FileNotFoundError:
        return
    except OSError:
        scanner.report.miss(place, "unreadable")
    except Exception:
        scanner.report.miss(place, "failed")  # the error itself might quote what it stumbled over
