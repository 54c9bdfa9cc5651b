"""Vectors that were computed before, on disk, so that an edit embeds only what changed."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from knowledge.embedder import Embedder, Vectors
from maru.settings import Settings

_LOG = logging.getLogger("maru.vector_cache")  # on stderr in a command, too
_BATCH = 500


class VectorCache:
    """A SQLite file of ``(digest of model and text) → float32 vector``; crash-safe, safe to delete at any time.

    A cache that can't be read or written (damaged, disk full) costs time, never an index.
    """

    def __init__(self, path: Path, fingerprint: str, dimension: int) -> None:
        self._path = path
        self._fingerprint = fingerprint
        self._dimension = dimension
        try:
            self._prepare()
        except sqlite3.OperationalError:  # locked, full or forbidden: the file itself may be fine
            _LOG.warning("vectors can't be kept or read; they are computed anew")
        except sqlite3.DatabaseError:
            _LOG.warning("the file of vectors is damaged; it begins anew")
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                path.with_name(name).unlink(missing_ok=True)
            self._prepare()

    def vectors(self, kind: str, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
        """Vectors (n, dimension) in the order of ``texts``; only unknown ones go through ``encode``.

        ``kind`` keeps apart what one text gives as a question and as a passage.
        """
        digests = [hashlib.sha256(f"{self._fingerprint}|{kind}|{text}".encode()).digest() for text in texts]
        known = self._read(digests)
        missing = [at for at, digest in enumerate(digests) if digest not in known]
        for start in range(0, len(missing), _BATCH):
            chunk = missing[start : start + _BATCH]
            fresh = encode([texts[at] for at in chunk])
            self._write([(digests[at], fresh[i].tobytes()) for i, at in enumerate(chunk)])
            known.update({digests[at]: fresh[i] for i, at in enumerate(chunk)})
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        return np.stack([known[digest] for digest in digests])

    def _prepare(self) -> None:
        with closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode=WAL")

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            connection.execute("CREATE TABLE IF NOT EXISTS vector (digest BLOB PRIMARY KEY, value BLOB NOT NULL)")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _read(self, digests: Sequence[bytes]) -> dict[bytes, Vectors]:
        found: dict[bytes, Vectors] = {}
        try:
            with closing(self._connect()) as connection:
                for start in range(0, len(digests), _BATCH):
                    chunk = list(digests[start : start + _BATCH])
                    marks = ",".join("?" * len(chunk))
                    query = f"SELECT digest, value FROM vector WHERE digest IN ({marks})"  # noqa: S608 - only marks
                    for digest, value in connection.execute(query, chunk):
                        vector = np.frombuffer(value, dtype=np.float32)
                        if vector.shape == (self._dimension,):
                            found[digest] = vector
        except (sqlite3.Error, OSError, ValueError):
            _LOG.warning("vectors can't be kept or read; they are computed anew")
        return found

    def _write(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        try:
            with closing(self._connect()) as connection, connection:
                connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)
        except (sqlite3.Error, OSError):
            _LOG.warning("vectors can't be kept or read; they are computed anew")


def open_vector_cache(settings: Settings, embedder: Embedder) -> VectorCache:
    """The installation's cache for this embedder; the app and the commands share it."""
    return VectorCache(settings.data_dir / "index" / "vectors.db", embedder.fingerprint, embedder.dimension)
