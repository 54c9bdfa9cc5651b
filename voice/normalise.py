"""The published normaliser behind every character error rate this project reports.

Two texts count as the same when they differ only in what a listener cannot hear:

1. Unicode NFKC, so composed and decomposed Hangul, full-width and ordinary forms are one;
2. case folded;
3. everything but letters and digits dropped (spaces, punctuation, symbols): Korean spacing is a matter of style.

Digits stay digits and words stay words ("3번" ≠ "세 번"); `tests/voice/test_normalise.py` holds the golden cases.

A second variant, ``normalise(digits_read(text))``, counts a figure and its Sino-Korean reading as the same ("120번" =
"백이십 번"); it is named where it is used. Native numbers stay words ("3번" ≠ "세 번").
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = "영일이삼사오육칠팔구"
_PLACES = ("", "십", "백", "천")
_MYRIADS = ("", "만", "억", "조")


def normalise(text: str) -> str:
    """``text`` without what cannot be heard; may be empty."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(char for char in unicodedata.normalize("NFKC", folded) if unicodedata.category(char)[0] in "LMN")
    # What stood between a letter and a mark is gone, so they may combine now.
    return unicodedata.normalize("NFKC", kept)


def digits_read(text: str) -> str:
    """``text`` with figures as one reads them: 2,500 as 이천오백, what begins with 0 (a telephone number) by digits."""
    plain = unicodedata.normalize("NFKC", text)
    joined = re.sub(r"\d{1,3}(?:,\d{3})+", lambda found: found[0].replace(",", ""), plain)
    return re.sub("[0-9]+", lambda found: _read(found[0]), joined)


def _read(digits: str) -> str:
    if digits == "0" or len(digits) > 4 * len(_MYRIADS):
        return "".join(_DIGITS[int(digit)] for digit in digits)
    if digits.startswith("0"):
        return "".join("공" if digit == "0" else _DIGITS[int(digit)] for digit in digits)
    read = ""
    for place in range(len(digits) - 1, -1, -1):
        digit = digits[len(digits) - 1 - place]
        if digit != "0":
            # 천, not 일천; 만, not 일만, where nothing stands before it.
            silent = digit == "1" and (place % 4 or (place == 4 and not read))
            read += ("" if silent else _DIGITS[int(digit)]) + _PLACES[place % 4]
        if place % 4 == 0 and int(digits[max(0, len(digits) - place - 4) : len(digits) - place]):
            read += _MYRIADS[place // 4]
    return read


def character_edits(heard: str, said: str) -> tuple[int, int]:
    """(edits, length): the Levenshtein distance of the two normalised texts and the length of what was said.

    Sum both over a set of recordings before dividing, so that long ones count for more.
    """
    a, b = normalise(heard), normalise(said)
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (left != right))
    return row[-1], len(b)


def character_error_rate(heard: str, said: str) -> float:
    """Edits divided by the length of what was said (0 is perfect, above 1 is possible).

    Raises ValueError where ``said`` holds no letter or digit: nothing said has no error rate.
    """
    edits, length = character_edits(heard, said)
    if not length:
        raise ValueError("the reference holds no letter or digit")
    return edits / length
