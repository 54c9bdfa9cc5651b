from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zipfile
import zlib
from random import Random

import pytest

from privacy.scan.archives import BrokenArchive, Unpacker, archive_starts, begins_like_an_archive, closed_format

# Always the same: in one of some six others two bytes happen to look like the beginning of another format.
TEXT = Random(4).randbytes(3000) * 3


def _zip(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo("문서/내용.txt", (2026, 1, 2, 3, 4, 6)), TEXT, method)
    return file.getvalue()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "zlib": zlib.compress(TEXT),
    "bz2": bz2.compress(TEXT),
    "xz": lzma.compress(TEXT),
    "lzma": lzma.compress(TEXT, lzma.FORMAT_ALONE),
    "zip": _zip(),
}


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize("encoding", PACKED)
def test_when_a_stream_comes_in_pieces_then_it_unpacks_to_the_same(encoding: str, step: int) -> None:
    packed = PACKED[encoding] + b"what comes after"
    start = next(each for each in archive_starts(b"before" + packed) if each.encoding == encoding)
    assert start.start == 6
    unpacker = Unpacker(encoding)
    got = bytearray()
    for at in range(start.data - 6, len(packed), step):
        if unpacker.finished:
            break
        for piece in unpacker.unpack(packed[at : at + step]):
            got += piece
    assert (bytes(got), unpacker.finished, unpacker.produced) == (TEXT, True, len(TEXT))


@pytest.mark.parametrize("encoding", PACKED)
def test_when_a_stream_is_damaged_then_it_says_so(encoding: str) -> None:
    start = next(archive_starts(PACKED[encoding]))
    damaged = bytearray(PACKED[encoding][start.data :])
    damaged[20:60] = b"\xff" * 40
    with pytest.raises(BrokenArchive):
        list(Unpacker(encoding).unpack(bytes(damaged) + os.urandom(20_000)))


def test_when_a_zip_member_is_named_then_its_name_is_known_and_a_stored_one_needs_no_unpacking() -> None:
    assert [each.name for each in archive_starts(_zip())] == ["문서/내용.txt"]
    assert not list(archive_starts(_zip(zipfile.ZIP_STORED)[:100]))
    locked = bytearray(_zip())
    locked[6] |= 1
    assert [each.encoding for each in archive_starts(bytes(locked))] == ["zip-encrypted"]
    assert next(each.encoding for each in archive_starts(_zip(zipfile.ZIP_LZMA))) == "zip-unknown"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
        (b"Rar!\x1a\x07\x01\0", "rar"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (b"SQLite format 3\0", None),
        (b"", None),
    ],
)
def test_when_a_format_cannot_be_looked_into_then_it_is_known(head: bytes, name: str | None) -> None:
    assert closed_format(head) == name


def test_when_pixels_begin_then_they_are_no_archive() -> None:
    assert list(archive_starts(b"\0\0\x20\0IDAT" + PACKED["zlib"][:50])) == []
    assert begins_like_an_archive(PACKED["gzip"])
    assert not begins_like_an_archive(b"plain text")
