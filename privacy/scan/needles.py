"""The bytes that a spelling turns into: UTF-8, CP949, UTF-16, ``\\uXXXX``, %XX, HTML entities, hex, base64."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote, quote_plus

from privacy.scan.forms import Form, forms

SHORTEST = 4
"""Shorter needles (in bytes) would be found everywhere."""
_SHORTEST_BASE64 = 6
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_WIDE = ("cp949", "utf-16-le", "utf-16-be")
_EXACT = frozenset({"utf-16-le", "utf-16-be", "cp949", "base64"})


class Needle(NamedTuple):
    """Bytes to look for and which original they betray; ``caseless`` ones are lower-case."""

    value: bytes
    caseless: bool
    original: int
    encoding: str


def needles(originals: Iterable[str]) -> list[Needle]:
    """Every spelling of every original in every encoding."""
    found: dict[tuple[bytes, bool, int], Needle] = {}
    for index, original in enumerate(originals):
        for form in forms(original):
            for encoding, value in _encoded(form):
                if len(value) < SHORTEST:
                    continue
                caseless = encoding not in _EXACT
                value = value.lower() if caseless else value
                name = _name(form.name, encoding)
                found.setdefault((value, caseless, index), Needle(value, caseless, index, name))
    return list(found.values())


def _name(form: str, encoding: str) -> str:
    if encoding == "utf-8":
        return form
    return encoding if form == "raw" else f"{form}/{encoding}"


def _encoded(form: Form) -> Iterator[tuple[str, bytes]]:
    text, raw = form.text, form.text.encode()
    others = [(name, value) for name in _WIDE if (value := _in(text, name)) is not None and value != raw]
    yield "utf-8", raw
    yield from (("escaped", value) for value in _escaped(text, raw))
    for value in (raw, *(value for name, value in others if name == "cp949")):
        yield from (("percent", each) for each in _percent(value))
    yield from (("entity", value) for value in _entities(text))
    # Text in hex and base64 is also decoded and looked at again; these find it where it is cut or glued to something.
    for value in (raw, *(value for _name, value in others)) if form.name == "raw" else (raw,):
        yield "hex", value.hex().encode()
        yield "hex", value.hex(" ").encode()
        yield from (("base64", each) for each in _base64_alignments(value))
    yield from others


def _in(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _escaped(text: str, raw: bytes) -> Iterator[bytes]:
    """As JSON and Python write it, once and twice (JSON inside JSON), and as Python shows bytes."""
    as_json = json.dumps(text)[1:-1].encode()
    as_bytes = repr(raw)[2:-1].encode()
    yield from (as_json, as_json.replace(b"\\", b"\\\\"), as_bytes, as_bytes.replace(b"\\", b"\\\\"))
    yield "".join(f"\\u{ord(letter):04x}" for letter in text if ord(letter) < 0x10000).encode()


def _percent(raw: bytes) -> Iterator[bytes]:
    yield quote(raw, safe="").encode()
    yield quote_plus(raw).encode()
    yield "".join(f"%{byte:02x}" for byte in raw).encode()


def _entities(text: str) -> Iterator[bytes]:
    for pattern in ("&#{};", "&#x{:x};"):
        yield "".join(letter if letter.isascii() else pattern.format(ord(letter)) for letter in text).encode()
        yield "".join(pattern.format(ord(letter)) for letter in text).encode()


def _base64_alignments(raw: bytes) -> Iterator[bytes]:
    """The part of the base64 text that does not depend on the bytes around, for each of three alignments."""
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw)
        first = (shift * 8 + 5) // 6
        last = (shift + len(raw)) * 8 // 6
        for needle in dict.fromkeys((encoded[first:last], encoded[first:last].translate(_URL_SAFE))):
            if len(needle) >= _SHORTEST_BASE64:
                yield needle
