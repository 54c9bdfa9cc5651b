"""What was computed of texts before, on disk, so that an edit and a restart compute only what is new."""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from knowledge.embedder import Embedder, Vectors
from knowledge.morphemes import MORPHEME_RULES, content_morphemes
from maru.settings import Settings

_LOG = logging.getLogger("maru.vector_cache")  # on stderr in a command, too
_BATCH = 500
_AT_A_TIME = 16  # texts for the embedder: a question that comes meanwhile waits for no more of them
_GIVE_WAY_S = 0.001  # a lock that is taken again at once is never another thread's


class VectorCache:
    """A SQLite file of ``(digest of model and text) → float32 vector``, and of texts' morphemes.

    Each value carries a checksum; one that doesn't match is computed anew. A file that is no database or a broken one
    is set aside as ``*.damaged`` and begins anew. A cache that can't be read or written (locked, disk full) costs
    time, never an index. Safe to delete at any time.
    """

    def __init__(self, path: Path, fingerprint: str, dimension: int) -> None:
        self._path = path
        self._fingerprint = fingerprint
        self._dimension = dimension
        self._attempt(lambda connection: connection.execute("PRAGMA journal_mode=WAL"))

    def vectors(self, kind: str, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
        """Vectors (n, dimension) in the order of ``texts``; only unknown ones go through ``encode``.

        ``kind`` keeps apart what one text gives as a question and as a passage.
        """
        digests = [_digest(self._fingerprint, kind, text) for text in texts]
        known = {
            digest: np.frombuffer(value, dtype=np.float32)
            for digest, value in self._read(digests).items()
            if len(value) == 4 * self._dimension
        }
        # Texts of one length together: the model pads a batch to its longest.
        missing = sorted({d: text for d, text in zip(digests, texts, strict=True) if d not in known}.items(), key=_size)
        for start in range(0, len(missing), _BATCH):
            chunk = missing[start : start + _BATCH]
            fresh = np.concatenate([self._encoded(chunk[at : at + _AT_A_TIME], encode) for at in _starts(chunk)])
            self._write([(digest, row.tobytes()) for (digest, _), row in zip(chunk, fresh, strict=True)])
            known.update({digest: row for (digest, _), row in zip(chunk, fresh, strict=True)})
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        return np.stack([known[digest] for digest in digests])

    def morphemes(self, texts: Sequence[str]) -> list[list[str]]:
        """Content morphemes of each text; only unknown ones are analysed."""
        digests = [_digest(MORPHEME_RULES, "morphemes", text) for text in texts]
        known: dict[bytes, list[str]] = {digest: json.loads(value) for digest, value in self._read(digests).items()}
        missing = list({d: text for d, text in zip(digests, texts, strict=True) if d not in known}.items())
        for start in range(0, len(missing), _BATCH):
            chunk = missing[start : start + _BATCH]
            found = content_morphemes([text for _, text in chunk])
            self._write([(d, json.dumps(forms).encode()) for (d, _), forms in zip(chunk, found, strict=True)])
            known.update({d: forms for (d, _), forms in zip(chunk, found, strict=True)})
        return [known[digest] for digest in digests]

    def _encoded(self, chunk: Sequence[tuple[bytes, str]], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
        time.sleep(_GIVE_WAY_S)
        return encode([text for _, text in chunk])

    def _read(self, digests: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}

        def select(connection: sqlite3.Connection) -> None:
            for start in range(0, len(digests), _BATCH):
                chunk = list(digests[start : start + _BATCH])
                marks = ",".join("?" * len(chunk))
                query = f"SELECT digest, value, checksum FROM kept WHERE digest IN ({marks})"  # noqa: S608 - only marks
                rows = connection.execute(query, chunk)
                found.update({d: value for d, value, checksum in rows if _checksum(d, value) == checksum})

        self._attempt(select)
        return found

    def _write(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        checked = [(digest, value, _checksum(digest, value)) for digest, value in rows]

        def insert(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", checked)

        self._attempt(insert)

    def _attempt(self, work: Callable[[sqlite3.Connection], object]) -> None:
        try:
            try:
                self._with_connection(work)
            except sqlite3.OperationalError:
                raise  # locked, full or forbidden: the file itself may be fine
            except sqlite3.DatabaseError:
                _LOG.warning("the file of vectors is damaged; it is set aside and begins anew")
                self._set_aside()
                self._with_connection(work)
        except (sqlite3.Error, OSError):
            _LOG.warning("vectors can't be kept or read; they are computed anew")

    def _with_connection(self, work: Callable[[sqlite3.Connection], object]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=30)) as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS kept "
                "(digest BLOB PRIMARY KEY, value BLOB NOT NULL, checksum INTEGER NOT NULL)"
            )
            work(connection)

    def _set_aside(self) -> None:
        for suffix in ("-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        self._path.replace(self._path.with_name(f"{self._path.name}.damaged"))


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("|".join(parts).encode()).digest()


def _checksum(digest: bytes, value: object) -> int:
    return zlib.crc32(value, zlib.crc32(digest)) if isinstance(value, bytes) else -1


def _size(item: tuple[bytes, str]) -> int:
    return len(item[1])


def _starts(chunk: Sequence[object]) -> range:
    return range(0, len(chunk), _AT_A_TIME)


def open_vector_cache(settings: Settings, embedder: Embedder) -> VectorCache:
    """The installation's cache for this embedder; the app and the commands share it."""
    return VectorCache(settings.data_dir / "index" / "vectors.db", embedder.fingerprint, embedder.dimension)
