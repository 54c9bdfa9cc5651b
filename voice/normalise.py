"""The published normaliser behind every character error rate this project reports.

Two texts count as the same when they differ only in what a listener cannot hear:

1. Unicode NFKC, so composed and decomposed Hangul, full-width and ordinary forms are one;
2. case folded;
3. everything but letters and digits dropped (spaces, punctuation, symbols): Korean spacing is a matter of style.

Digits stay digits and words stay words ("3번" ≠ "세 번"); `tests/voice/test_normalise.py` holds the golden cases.
"""

from __future__ import annotations

import unicodedata


def normalise(text: str) -> str:
    """``text`` without what cannot be heard; may be empty."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(char for char in unicodedata.normalize("NFKC", folded) if unicodedata.category(char)[0] in "LMN")
    # What stood between a letter and a mark is gone, so they may combine now.
    return unicodedata.normalize("NFKC", kept)


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
