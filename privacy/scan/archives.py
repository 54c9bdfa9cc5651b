"""Compressed streams anywhere in a file: gzip, zlib, bz2, xz, lzma and the members of zip archives.

A tar archive needs nothing of its own: its members stand in it as they are.
"""

from __future__ import annotations

import bz2
import lzma
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_PIECE = 1 << 20
_MOST_MEMORY = 256 << 20
_ZIP_HEADER = struct.Struct("<4sHHHHHIIIHH")
_ZIP_STORED, _ZIP_DEFLATED = 0, 8
_ZIP_ENCRYPTED = 1
_PICTURE = b"IDAT"
"""Before the pixels of a PNG, which are no text and cut into chunks."""
_MAGIC = re.compile(
    rb"\x1f\x8b\x08[\x00-\x1f]"
    rb"|\x78[\x01\x5e\x9c\xda]"
    rb"|BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)"
    rb"|\xfd7zXZ\x00\x00"
    rb"|\x5d\x00\x00[\x00-\xff][\x00-\x0f](?:\xff{8}|[\x00-\xff]{5}\x00{3})"
    rb"|PK\x03\x04",
    re.DOTALL,
)
# Formats whose content shows only to programs that Maru doesn't bring.
_CLOSED = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),  # .hwp, .doc, .xls
    (b"ALZ\x01", "alz"),
    (b"EGGA", "egg"),
)


class BrokenArchive(Exception):
    """The stream is damaged, cut off, or no such stream at all."""


@dataclass(frozen=True, slots=True)
class ArchiveStart:
    """Where a compressed stream may begin: its format, the offset of its first byte, a zip member's name."""

    encoding: str
    start: int
    data: int
    name: str | None = None


def archive_starts(window: bytes) -> Iterator[ArchiveStart]:
    """Every place in a window that looks like the beginning of one; two bytes of zlib's may be chance.

    An encrypted zip member has the encoding ``zip-encrypted``, one packed otherwise ``zip-unknown``.
    """
    for match in _MAGIC.finditer(window):
        first, start = match.group()[:2], match.start()
        if first == b"PK":
            yield from _zip_member(window, start)
        elif window[max(start - 4, 0) : start] != _PICTURE:
            yield ArchiveStart(_ENCODINGS[first], start, start)


_ENCODINGS = {b"\x1f\x8b": "gzip", b"BZ": "bz2", b"\xfd7": "xz", b"\x5d\x00": "lzma"} | {
    b"\x78" + bytes([flags]): "zlib" for flags in (0x01, 0x5E, 0x9C, 0xDA)
}


def _zip_member(window: bytes, start: int) -> Iterator[ArchiveStart]:
    if len(window) < start + _ZIP_HEADER.size:
        return
    _magic, _version, flags, method, *_more, name_length, extra_length = _ZIP_HEADER.unpack_from(window, start)
    data = start + _ZIP_HEADER.size + name_length + extra_length
    if data > len(window):
        return
    raw = window[start + _ZIP_HEADER.size : start + _ZIP_HEADER.size + name_length]
    name = raw.decode("utf-8" if flags & 0x800 else "cp949", "replace")
    if flags & _ZIP_ENCRYPTED:
        yield ArchiveStart("zip-encrypted", start, data, name)
    elif method == _ZIP_DEFLATED:
        yield ArchiveStart("zip", start, data, name)
    elif method != _ZIP_STORED:
        yield ArchiveStart("zip-unknown", start, data, name)


def begins_like_an_archive(data: bytes) -> bool:
    """Whether the first bytes are those of a compressed stream."""
    return _MAGIC.match(data) is not None


def closed_format(head: bytes) -> str | None:
    """The name of a format that can't be looked into, by a file's first bytes."""
    return next((name for magic, name in _CLOSED if head.startswith(magic)), None)


class Unpacker:
    """Takes packed bytes as they come and gives what they unpack to.

    ``produced`` counts unpacked bytes; ``finished`` is True after the stream's own end.
    """

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._zlib = zlib.decompressobj(_WINDOW_BITS[encoding]) if encoding in _WINDOW_BITS else None
        self._other: bz2.BZ2Decompressor | lzma.LZMADecompressor | None = None
        if encoding == "bz2":
            self._other = bz2.BZ2Decompressor()
        elif self._zlib is None:
            self._other = lzma.LZMADecompressor(
                lzma.FORMAT_XZ if encoding == "xz" else lzma.FORMAT_ALONE, memlimit=_MOST_MEMORY
            )
        self.produced = 0
        self.finished = False

    def unpack(self, packed: bytes) -> Iterator[bytes]:
        """Pieces of at most a mebibyte. Raises ``BrokenArchive``."""
        try:
            for piece in self._by_zlib(packed) if self._zlib else self._by_other(packed):
                self.produced += len(piece)
                yield piece
        except (zlib.error, OSError, lzma.LZMAError, EOFError, ValueError):
            raise BrokenArchive from None

    def _by_zlib(self, packed: bytes) -> Iterator[bytes]:
        assert self._zlib is not None  # noqa: S101 - for the type checker
        while packed and not self.finished:
            piece = self._zlib.decompress(packed, _PIECE)
            packed = self._zlib.unconsumed_tail
            self.finished = self._zlib.eof
            if not piece and not packed:
                return
            yield piece

    def _by_other(self, packed: bytes) -> Iterator[bytes]:
        assert self._other is not None  # noqa: S101 - for the type checker
        while not self.finished:
            piece = self._other.decompress(packed, _PIECE)
            packed = b""
            self.finished = self._other.eof
            yield piece
            if self._other.needs_input:
                return


_WINDOW_BITS = {"gzip": 31, "zlib": 15, "zip": -15}
