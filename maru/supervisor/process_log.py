"""What a process prints, in a file that can't grow without end."""

from __future__ import annotations

import os
from collections import deque
from pathlib import Path

MAX_BYTES = 5_000_000
OLDER = 3
TAIL_LINES = 15


class ProcessLog:
    """Appends to ``path`` (mode 0600); a full file becomes ``path.1``, that ``path.2`` and so on up to ``OLDER``."""

    def __init__(self, path: Path, max_bytes: int = MAX_BYTES) -> None:
        self.path = path
        self._max_bytes = max_bytes
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def write(self, line: bytes) -> None:
        """Add a line, with its end."""
        if self._size() + len(line) > self._max_bytes:
            self._rotate()
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)
        self._tail.append(line.decode("utf-8", "replace").rstrip())

    def tail(self) -> list[str]:
        """The last lines written by this object."""
        return list(self._tail)

    def _size(self) -> int:
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def _rotate(self) -> None:
        for number in range(OLDER, 0, -1):
            younger = self._numbered(number - 1) if number > 1 else self.path
            if younger.exists():
                younger.replace(self._numbered(number))

    def _numbered(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")
