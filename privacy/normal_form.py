"""One form for all ways to say the same thing: 010-1234-5678, 01012345678 and 공일공 일이삼사 오육칠팔."""

from __future__ import annotations

import re
import unicodedata

from privacy.kinds import PersonalKind
from privacy.spoken_digits import SPOKEN_RUN, read_digits

NUMERIC = frozenset(
    {
        PersonalKind.PHONE,
        PersonalKind.RRN,
        PersonalKind.FOREIGNER,
        PersonalKind.CARD,
        PersonalKind.ACCOUNT,
        PersonalKind.DRIVER,
        PersonalKind.BRN,
        PersonalKind.NUMBER,
    }
)
"""Kinds that are told apart by their digits alone."""
_DIGITS = re.compile(rf"\d+|{SPOKEN_RUN.pattern}")
_SPOKEN_MAIL = (
    ("골뱅이", "@"),
    ("닷컴", ".com"),
    ("닷", "."),
    ("쩜", "."),
    ("점", "."),
    ("네이버", "naver"),
    ("다음", "daum"),
)


def normal_form(kind: PersonalKind, original: str) -> str:
    """What two spellings of one value have in common; two values of one kind never share it."""
    if kind in NUMERIC:
        digits = "".join(_digits(match) for match in _DIGITS.finditer(original))
        if kind is PersonalKind.PHONE and digits.startswith("82"):
            digits = "0" + digits.removeprefix("82").removeprefix("0")
        if digits:
            return digits
    folded = unicodedata.normalize("NFKC", original).casefold()
    if kind is PersonalKind.EMAIL:
        for spoken, written in _SPOKEN_MAIL:
            folded = folded.replace(spoken, written)
        return "".join(folded.split())
    return "".join(letter for letter in folded if letter.isalnum())


def _digits(match: re.Match[str]) -> str:
    run = match.group()
    if run[0].isdecimal():
        return "".join(str(unicodedata.decimal(letter)) for letter in run)
    read = read_digits(run, 0)
    return read[0] if read else run
