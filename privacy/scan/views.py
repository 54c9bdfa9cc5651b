"""The texts that bytes may be: UTF-8, CP949, UTF-16; without escapes, letters composed, full width folded."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

_FOLDED = re.compile("[\u1100-\u11ff\ufe00-\ufe0f\uff01-\uff5e\u3000\u200b\u00ad]+")
_ESCAPES = re.compile(
    r"(?:\\+u[0-9A-Fa-f]{4})+|(?:\\+x[0-9A-Fa-f]{2})+|(?:%[0-9A-Fa-f]{2})+|(?:&#(?:\d{1,7}|[xX][0-9A-Fa-f]{1,6});)+|\\+[nrt]"
)
_HAS_ESCAPES = re.compile(r"\\[uxnrt]|%[0-9A-Fa-f]{2}|&#")
# Runs of the letters of Korean texts in other encodings; noise makes few so long.
_RUNS = {
    # Hangul syllables (B0A1–C8FE) and full width (A3A1–A3FE) of KS X 1001
    "cp949": re.compile(rb"[\x09\x20-\x7e]{0,64}(?:[\xb0-\xc8\xa3][\xa1-\xfe][\x09\x20-\x7e]{0,64}){1,1000}"),
    # printable ASCII, Hangul syllables (AC00–D7A3), full width (FF01–FF5E)
    "utf-16-le": re.compile(rb"(?:[\x09\x0a\x0d\x20-\x7e]\x00|[\x00-\xff][\xac-\xd7]|[\x01-\x5e]\xff){7,}", re.DOTALL),
    "utf-16-be": re.compile(rb"(?:\x00[\x09\x0a\x0d\x20-\x7e]|[\xac-\xd7][\x00-\xff]|\xff[\x01-\x5e]){7,}", re.DOTALL),
}
# 공, 영, 제로, 빵, a plate's middle, full-width digits, spoken digits after 010: CP949 is only read where it may tell
# something, since its ASCII is the same as UTF-8's and noise has many such runs.
_CP949_SIGN = re.compile(
    rb"\xb0\xf8|\xbf\xb5|\xc1\xa6\xb7\xce|\xbb\xa7|[0-9] ?[\xb0-\xc8][\xa1-\xfe] ?[0-9]{4}|(?:\xa3[\xb0-\xb9]){3}"
    rb"|01[016-9][\s,.\-]{0,3}[\xb0-\xc8]"
)
_UNREADABLE = re.compile("[\udc80-\udcff]")
_CUT = 3
"""Letters of UTF-8 may be cut at the window's ends."""
# What is read again around an escape: as much as a number and its label take.
_BEFORE, _AFTER = 64, 200
_CUT_START = re.compile(r"[0-9A-Za-z.,\-]*")
_CUT_END = re.compile(r"[0-9A-Za-z.,\-]*\Z")


@dataclass(frozen=True, slots=True)
class View:
    """A text, what it was read as, and the byte that a letter of it came from."""

    text: str
    encoding: str
    byte_at: Callable[[int], int]


def views(window: bytes) -> Iterator[View]:
    """Every reading of some bytes in which a value may show: the whole as UTF-8, parts of it as anything else."""
    text = window.decode("utf-8", "surrogateescape")
    whole = View(text, "raw", lambda at: len(text[:at].encode("utf-8", "surrogateescape")))
    yield from _rewritten(whole)
    for encoding, pattern in _RUNS.items():
        if encoding == "cp949" and (text.isascii() or not _UNREADABLE.search(text, _CUT, len(text) - _CUT)):
            continue
        if encoding != "cp949" and b"\0" not in window and b"\xff" not in window:
            continue
        for run in pattern.finditer(window):
            if encoding == "cp949" and not _CP949_SIGN.search(run.group()):
                continue
            yield from _rewritten(_run(run.group(), run.start(), encoding))


def _run(raw: bytes, start: int, encoding: str) -> View:
    text = raw.decode(encoding, "replace")
    return View(text, encoding, lambda at: start + len(text[:at].encode(encoding, "replace")))


def _rewritten(view: View) -> Iterator[View]:
    yield view
    if not view.text.isascii():
        for part in _around(view, _FOLDED):
            yield _replace(part, _FOLDED, _fold, "folded")
    if _HAS_ESCAPES.search(view.text):
        for part in _around(view, _ESCAPES):
            plain = _replace(part, _ESCAPES, _unescape, "escaped")
            yield plain
            if not plain.text.isascii() and _FOLDED.search(plain.text):
                yield _replace(plain, _FOLDED, _fold, "folded")


def _around(view: View, pattern: re.Pattern[str]) -> Iterator[View]:
    """The parts of a view that hold a match, with what stands around; none begins or ends inside a number."""
    first = last = -1
    for match in pattern.finditer(view.text):
        if last < 0 or match.start() - _BEFORE > last:
            if last >= 0:
                yield _part(view, first, last)
            first = max(0, match.start() - _BEFORE)
            first = _CUT_START.match(view.text, first, match.start()).end() if first else 0  # type: ignore[union-attr]
        last = match.end() + _AFTER
    if last >= 0:
        yield _part(view, first, last)


def _part(view: View, first: int, last: int) -> View:
    text = view.text[first:last]
    if last < len(view.text):
        text = _CUT_END.sub("", text)
    return View(text, view.encoding, lambda at: view.byte_at(first + at))


def _replace(view: View, pattern: re.Pattern[str], read: Callable[[str], str], name: str) -> View:
    """The view with every match read; letters of a reading came from where its match began."""
    parts: list[str] = []
    starts, origins = [0], [0]
    end = length = 0
    for match in pattern.finditer(view.text):
        before, reading = view.text[end : match.start()], read(match.group())
        parts += [before, reading]
        length += len(before) + len(reading)
        end = match.end()
        starts.append(length)
        origins.append(end)
    parts.append(view.text[end:])

    def byte_at(at: int) -> int:
        piece = bisect_right(starts, at) - 1
        origin = origins[piece] + at - starts[piece]
        last = origins[piece + 1] if piece + 1 < len(origins) else origin
        return view.byte_at(min(origin, last))

    return View("".join(parts), name if view.encoding == "raw" else f"{view.encoding}/{name}", byte_at)


def _fold(letters: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKC", letters)
        if letter not in "\u200b\u00ad" and not "\ufe00" <= letter <= "\ufe0f"
    )


def _unescape(escape: str) -> str:
    if escape[0] == "&":
        return unescape(escape)
    bare = escape.replace("\\", "")
    if bare[0] == "u":
        codes = [int(code, 16) for code in bare.split("u")[1:]]
        return b"".join(code.to_bytes(2, "big") for code in codes).decode("utf-16-be", "replace")
    if bare[0] in "nrt":
        return "\n"
    raw = bytes.fromhex(bare.replace("x", "").replace("%", ""))
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp949", "replace")
