"""A value as it may be shown: 010-****-**51, 홍**, h***@*****.***."""

from __future__ import annotations

_SHOWN_BEFORE, _SHOWN_AFTER = 3, 2
_LONG_NUMBER = 9


def mask(value: str) -> str:
    """The first three and last two digits of a long number, the first letter of anything else; separators stay."""
    digits = sum(letter.isdecimal() for letter in value)
    alone = sum(letter.isalnum() for letter in value) == digits
    before, after = (_SHOWN_BEFORE, _SHOWN_AFTER) if alone and digits >= _LONG_NUMBER else (1, 0)
    shown: list[str] = []
    seen = 0
    length = sum(letter.isalnum() for letter in value)
    for letter in value:
        if not letter.isalnum():
            shown.append(letter)
            continue
        shown.append(letter if seen < before or seen >= length - after else "*")
        seen += 1
    return "".join(shown)
