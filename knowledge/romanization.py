"""Hangul in Latin letters, so that an English question's place names find their Korean words.

Source: Revised Romanization of Korean (국어의 로마자 표기법, 문화체육관광부고시 제2014-42호), with its sound changes
inside a word (종로 Jongno, 선릉 Seolleung, 왕십리 Wangsimni) and without the exceptions that need meaning.
"""

from __future__ import annotations

_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWELS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
)  # fmt: skip
_FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "t",
)  # fmt: skip
# A single final before a vowel moves over: 문안 → munan, 학원 → hagwon.
_LIAISON = {1: "g", 4: "n", 7: "d", 8: "r", 16: "m", 17: "b", 19: "s", 22: "j", 23: "ch", 24: "k", 25: "t", 26: "p"}
_NASAL = {"k": "ng", "t": "n", "p": "m"}
_FIRST, _COUNT = 0xAC00, 11172


def romanized(word: str) -> str:
    """The word in lower-case Latin letters; empty when anything in it isn't a Hangul syllable."""
    codes = [ord(letter) - _FIRST for letter in word]
    if any(not 0 <= code < _COUNT for code in codes):
        return ""
    initials = [_INITIALS[code // 588] for code in codes]
    finals = [_FINALS[code % 28] for code in codes]
    for at in range(len(codes) - 1):
        finals[at], initials[at + 1] = _joined(codes[at] % 28, finals[at], initials[at + 1])
    vowels = [_VOWELS[code % 588 // 28] for code in codes]
    return "".join(part for syllable in zip(initials, vowels, finals, strict=True) for part in syllable)


def _joined(final_code: int, final: str, initial: str) -> tuple[str, str]:
    if initial == "" and final_code in _LIAISON:
        return "", _LIAISON[final_code]
    if initial == "r":
        if final in ("l", "n"):
            return "l", "l"
        if final in ("m", "ng"):
            return final, "n"
        if final in _NASAL:
            return _NASAL[final], "n"
    if initial == "n" and final == "l":
        return "l", "l"
    if initial in ("n", "m") and final in _NASAL:
        return _NASAL[final], initial
    return final, initial
