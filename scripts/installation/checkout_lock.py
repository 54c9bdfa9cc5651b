"""Keeps two set-ups of one checkout from trampling on each other."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path
from typing import Callable, Iterator


@contextmanager
def checkout_lock(path: Path, on_wait: Callable[[], None]) -> Iterator[int]:
    """Hold the lock file; yields its descriptor. Calls ``on_wait`` once when another set-up holds it.

    The kernel lets go when the last process that has the descriptor ends, however it ends: a child that outlives a
    killed set-up keeps the next one waiting until it has stopped writing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(str(path), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            on_wait()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
