"""Base64 and hex runs that decode to text or to an archive."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple

from privacy.scan.archives import begins_like_an_archive

# Eleven digits make fifteen letters of base64.
_BASE64 = re.compile(rb"[A-Za-z0-9+/_\-]{15,}(?:(?:\\r\\n|\\n|\r?\n)[A-Za-z0-9+/_\-]{4,})*")
_LINE_ENDS = re.compile(rb"\\r\\n|\\n|\r?\n")
_HEX = re.compile(rb"[0-9A-Fa-f]{16,}")
_HEX_DIGITS = b"0123456789abcdefABCDEF"
_STANDARD = bytes.maketrans(b"-_", b"+/")
_CONTROLS = bytes(set(range(32)) - {9, 10, 13} | {127})
# The high bytes of ASCII, Hangul syllables and full width in UTF-16.
_WIDE_HIGH = bytes({0, 0xFF, *range(0xAC, 0xD8)})
_SHORTEST = 7
_HEAD = 32
"""Letters that show whether it is worth decoding all the others."""


class HiddenRun(NamedTuple):
    """What a run of bytes decodes to, and where it began."""

    encoding: str
    start: int
    decoded: bytes


def hidden_runs(window: bytes) -> Iterator[HiddenRun]:
    """Every run whose decoding is readable; what decodes to noise is left out."""
    for match in _BASE64.finditer(window):
        run = match.group()
        if not run.strip(_HEX_DIGITS):
            continue
        if b"\n" not in run and b"\\" not in run:
            yield from _from_base64(match.start(), run)
            continue
        lines = _LINE_ENDS.split(run)
        yield from _from_base64(match.start(), b"".join(lines)) or (
            each for line in lines for each in _from_base64(match.start(), line)
        )
    for match in _HEX.finditer(window):
        yield from _from_hex(match.start(), match.group())


def _from_base64(start: int, run: bytes) -> list[HiddenRun]:
    """Tried from each of the first four letters: something else may stand right before."""
    run = run.translate(_STANDARD)
    for shift in range(4):
        if _is_readable(binascii.a2b_base64(run[shift : shift + _HEAD][: (len(run) - shift) // 4 * 4])):
            rest = run[shift:]
            rest = rest[:-1] if len(rest) % 4 == 1 else rest
            decoded = binascii.a2b_base64(rest + b"=" * (-len(rest) % 4))
            if _is_readable(decoded):
                return [HiddenRun("base64", start + shift, decoded)]
    return []


def _from_hex(start: int, run: bytes) -> list[HiddenRun]:
    for shift in (0, 1):
        digits = run[shift : len(run) - (len(run) - shift) % 2]
        if _is_readable(binascii.a2b_hex(digits[:_HEAD])):
            decoded = binascii.a2b_hex(digits)
            if _is_readable(decoded):
                return [HiddenRun("hex", start + shift, decoded)]
    return []


def _is_readable(decoded: bytes) -> bool:
    if len(decoded) < _SHORTEST:
        return False
    if len(decoded.translate(None, _CONTROLS)) == len(decoded):
        return _decodes(decoded, "utf-8") or _decodes(decoded, "cp949")
    if begins_like_an_archive(decoded):
        return True
    # UTF-16 writes a zero beside every letter of ASCII.
    return not decoded[1::2].translate(None, _WIDE_HIGH) or not decoded[::2].translate(None, _WIDE_HIGH)


def _decodes(decoded: bytes, encoding: str) -> bool:
    """Whether it is text but for the end, where a letter may be cut."""
    try:
        decoded.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start >= len(decoded) - 3 and len(decoded) > _SHORTEST
    return True
