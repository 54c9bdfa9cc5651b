"""How alike two short texts sound, for commands that were misheard by a sound or two.

Sounds are those that a recogniser and an accent leave standing: plain, tense and aspirated consonants are one, and so
are vowels that merge (ㅐ ㅔ ㅖ, ㅑ ㅏ …); what stays different may still be near (ㅓ and ㅗ). Latin letters count as
sounds too: a recogniser that isn't sure of the language writes “kiesok” for 계속.
"""

from __future__ import annotations

import re
from functools import lru_cache

_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅈㄱㄷㅂㅎ"
_VOWELS = "ㅏㅔㅏㅔㅓㅔㅓㅔㅗㅏㅔㅔㅗㅜㅓㅔㅣㅜㅡㅣㅣ"
_FINALS = " ㄱㄱㄱㄴㄴㄴㄷㄹㄱㅁㄹㄹㄹㅂㄹㅁㅂㅂㄷㄷㅇㄷㄷㄱㄷㅂㄷ"
_DIGITS = str.maketrans(dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True)))
_LATIN = str.maketrans("bpvfkgcqxdtnmrlszjhaeiouw", "ㅂㅂㅂㅂㄱㄱㄱㄱㄱㄷㄷㄴㅁㄹㄹㅅㅅㅈㅎㅏㅔㅣㅗㅜㅜ", "y")
_SILENT = "ㅇ"
_FIRST, _SYLLABLES = 0xAC00, 11172

_NEAR_PAIRS = frozenset(
    map(frozenset, ["ㅓㅗ", "ㅓㅡ", "ㅜㅡ", "ㅗㅜ", "ㅏㅓ", "ㅣㅔ", "ㄴㄹ", "ㄴㅇ", "ㅁㅇ", "ㅁㄴ", "ㅅㅈ", "ㄷㄹ"])
)
_VOWEL_SET = frozenset(_VOWELS)
_GAP, _NEAR, _OTHER = 0.7, 0.35, 0.8


@lru_cache(maxsize=4096)
def sounds_of(text: str) -> str:
    """The sounds of a text, one letter each; spaces and punctuation don't sound."""
    sounds: list[str] = []
    for letter in re.sub(r"[^a-z0-9가-힣]", "", text.casefold()).translate(_DIGITS):
        code = ord(letter) - _FIRST
        if not 0 <= code < _SYLLABLES:
            sounds.append(letter.translate(_LATIN))
            continue
        if (initial := _INITIALS[code // 588]) != _SILENT:
            sounds.append(initial)
        sounds.append(_VOWELS[code % 588 // 28])
        if (final := _FINALS[code % 28]) != " ":
            sounds.append(final)
    return "".join(sounds)


def likeness(heard: str, form: str) -> float:
    """How alike two texts sound: 1 the same sounds, 0 nothing in common; 0 where one of them has no sound."""
    a, b = sounds_of(heard), sounds_of(form)
    longer = max(len(a), len(b))
    if not a or not b or longer > 3 * min(len(a), len(b)):
        return 0.0
    row = [at * _GAP for at in range(len(b) + 1)]
    for i, left in enumerate(a, 1):
        diagonal, row[0] = row[0], i * _GAP
        for j, right in enumerate(b, 1):
            change = 0.0 if left == right else _change(left, right)
            diagonal, row[j] = row[j], min(row[j] + _GAP, row[j - 1] + _GAP, diagonal + change)
    return max(0.0, 1.0 - row[-1] / longer)


@lru_cache(maxsize=2048)
def _change(left: str, right: str) -> float:
    if frozenset((left, right)) in _NEAR_PAIRS:
        return _NEAR
    return _OTHER if (left in _VOWEL_SET) == (right in _VOWEL_SET) else 1.0
