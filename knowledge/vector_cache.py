"""Vectors that were computed before, on disk, so that an edit embeds only what changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from knowledge.embedder import Vectors

_BATCH = 500


class VectorCache:
    """A SQLite file of ``(digest of model and text) → float32 vector``; crash-safe, safe to delete at any time."""

    def __init__(self, path: Path, fingerprint: str, dimension: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._fingerprint = fingerprint
        self._dimension = dimension
        with self._connect() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS vector (digest BLOB PRIMARY KEY, value BLOB NOT NULL)")
        connection.close()

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

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=30)

    def _read(self, digests: Sequence[bytes]) -> dict[bytes, Vectors]:
        found: dict[bytes, Vectors] = {}
        connection = self._connect()
        try:
            for start in range(0, len(digests), _BATCH):
                chunk = list(digests[start : start + _BATCH])
                marks = ",".join("?" * len(chunk))
                query = f"SELECT digest, value FROM vector WHERE digest IN ({marks})"  # noqa: S608  (question marks only)
                for digest, value in connection.execute(query, chunk):
                    vector = np.frombuffer(value, dtype=np.float32)
                    if vector.shape == (self._dimension,):
                        found[digest] = vector
        finally:
            connection.close()
        return found

    def _write(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        connection = self._connect()
        try:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)
        finally:
            connection.close()
