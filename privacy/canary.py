"""Looks for originals that must not be there: in files and raw database bytes, in every usual encoding."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_CHUNK = 4 * 1024 * 1024
_SHORTEST = 3
"""Shorter needles (in bytes) would be found everywhere."""


@dataclass(frozen=True, slots=True)
class Leak:
    """An original that was found: which one (its index), where, and how it was written. Never the original itself."""

    path: Path
    offset: int
    original: int
    encoding: str


def find_leaks(paths: Iterable[Path], originals: Iterable[str]) -> list[Leak]:
    """First place of every original in every file, per encoding; folders are walked, SQLite's ``-wal`` files included.

    Looks for it raw, without separators, NFD, ``\\uXXXX``-escaped, percent-encoded, in UTF-16, CP949, hex and base64
    (in all three alignments). A file that goes away meanwhile is skipped.
    """
    needles = [
        (index, encoding, needle) for index, original in enumerate(originals) for encoding, needle in _needles(original)
    ]
    leaks: list[Leak] = []
    for file in _files(paths):
        leaks.extend(_leaks_in(file, needles))
    return leaks


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.is_file())
        elif path.exists():
            yield path
            yield from (sibling for end in ("-wal", "-journal", "-shm") if (sibling := Path(f"{path}{end}")).exists())


def _leaks_in(file: Path, needles: list[tuple[int, str, bytes]]) -> Iterator[Leak]:
    longest = max((len(needle) for _, _, needle in needles), default=1)
    seen: set[tuple[int, str]] = set()
    try:
        with file.open("rb") as stream:
            position, tail = 0, b""
            while block := stream.read(_CHUNK):
                window = tail + block
                folded = window.lower()
                for index, encoding, needle in needles:
                    haystack = folded if encoding in _CASELESS else window
                    if (index, encoding) not in seen and (at := haystack.find(needle)) >= 0:
                        seen.add((index, encoding))
                        yield Leak(file, position - len(tail) + at, index, encoding)
                position += len(block)
                tail = window[-(longest - 1) :] if longest > 1 else b""
    except FileNotFoundError:
        return


_CASELESS = frozenset({"escaped", "percent", "hex", "utf-16-escaped"})


def _needles(original: str) -> Iterator[tuple[str, bytes]]:
    """Encoding names and needles; those in ``_CASELESS`` are lower-case."""
    done: set[tuple[str, bytes]] = set()
    text = unicodedata.normalize("NFC", original)
    bare = re.sub(r"[\W_]", "", text)
    nfd = unicodedata.normalize("NFD", text)
    for form in dict.fromkeys((text, bare, nfd)):
        for found in _encoded(form):
            if len(found[1]) >= _SHORTEST and found not in done:
                done.add(found)
                yield found


def _encoded(form: str) -> Iterator[tuple[str, bytes]]:
    raw = form.encode()
    yield "raw", raw
    escaped = json.dumps(form)[1:-1].lower().encode()
    if escaped != raw:
        yield "escaped", escaped
    percent = quote(form, safe="").lower().encode()
    if percent != raw:
        yield "percent", percent
    yield "hex", raw.hex().encode()
    for encoding in ("utf-16-le", "utf-16-be"):
        yield encoding, form.encode(encoding)
    try:
        cp949 = form.encode("cp949")
    except UnicodeEncodeError:
        cp949 = raw
    if cp949 != raw:
        yield "cp949", cp949
    yield from (("base64", needle) for needle in _base64_alignments(raw))


def _base64_alignments(raw: bytes) -> Iterator[bytes]:
    """The part of the base64 text that does not depend on the bytes around, for each of three alignments."""
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw)
        first = (shift * 8 + 5) // 6
        last = (shift + len(raw)) * 8 // 6
        for needle in dict.fromkeys((encoded[first:last], encoded[first:last].translate(_URL_SAFE))):
            if len(needle) >= 6:
                yield needle


_URL_SAFE = bytes.maketrans(b"+/", b"-_")
