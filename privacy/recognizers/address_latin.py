"""Addresses in Latin letters: 123 Yeonseo-ro, Eunpyeong-gu, Seoul; Apt 101-1203, 45 Gajwa-ro 5-gil."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNIT = (
    r"(?:(?:Apt|Apartment|Unit|Rm|Room|No|Bldg|Building|#)\.?\s?[A-Z]?\d[\w\-]*|#?\d{1,4}-(?:dong|ho)|\d{1,4}F"
    r"|[A-Z]?\d{1,4}-\d{2,4})"
)
_STREET = r"[A-Z][A-Za-z'\-]{1,20}?(?:\s\d{1,2}-|\d{0,3}-?)(?:daero|ro|gil)(?!-)(?:\s?\d{1,4}(?:beon)?[a-z]?-?gil)?\b"
_LOT = r"[A-Z][A-Za-z]{1,15}\d?-(?:dong|ri|eup|myeon)\b"
_REGION = (
    r"(?:[A-Z][A-Za-z]{1,15}-(?:gu|si|do|gun|dong|ri|eup|myeon)|Seoul|Busan|Incheon|Daegu|Daejeon|Gwangju|Ulsan"
    r"|Sejong|Jeju|(?:South\s|Republic\sof\s)?Korea|\d{5})\b"
)
_AND = r"(?:\s?,\s?|\s)"
_LATIN = re.compile(
    rf"(?<![\w\-])(?:{_UNIT}{_AND}){{0,3}}(?:(?<=,\s)[A-Z][a-z]+\s[A-Z][a-z]+,\s)?(?:\d{{1,4}}(?:-\d{{1,4}})?{_AND}(?:{_STREET}|{_LOT})"
    rf"|{_STREET}{_AND}\d{{1,4}}(?:-\d{{1,4}})?(?![\w%]))"
    rf"(?:{_AND}(?:{_UNIT}|{_REGION})){{0,6}}",
    re.IGNORECASE,
)


def find_latin(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every address that is written in Latin letters and holds a number."""
    for match in _LATIN.finditer(text):
        yield match.span()
