"""Sentences as a speech recogniser mishears them, to train on: sounds slip to their neighbours, words run together."""

from __future__ import annotations

from random import Random

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# Heard for each other: plain, tense and aspirated consonants, neighbouring vowels, nasal and lost finals.
_NEAR_INITIALS = ("ㄱㄲㅋㅎ", "ㄷㄸㅌ", "ㅂㅃㅍ", "ㅈㅉㅊ", "ㅅㅆ", "ㄴㄹㅁ", "ㅇㅎ")
_NEAR_VOWELS = ("ㅐㅔㅖㅒ", "ㅓㅗㅏ", "ㅗㅜㅡ", "ㅡㅓㅣ", "ㅕㅛㅑ", "ㅚㅙㅞㅟ", "ㅘㅏㅝ", "ㅢㅣㅡ", "ㅠㅜㅛ")
_NEAR_FINALS = (" ㄴㅇㅁ", " ㄱㅂㅅ", " ㄹㄴ", "ㄱㅋㄲ", "ㅅㅆㅈㄷ")
_FIRST = 0xAC00


def misheard(text: str, random: Random, rate: float) -> str:
    """``text`` with about ``rate`` (0..1) of its Hangul syllables heard as a neighbour, and some spaces lost or won."""
    heard: list[str] = []
    for letter in text:
        if letter == " " and random.random() < rate:
            continue
        if "가" <= letter <= "힣" and random.random() < rate:
            letter = _slipped(letter, random)
        heard.append(letter)
        if letter != " " and random.random() < rate / 5:
            heard.append(" ")
    return "".join(heard).strip()


def _slipped(syllable: str, random: Random) -> str:
    code = ord(syllable) - _FIRST
    parts = [code // 588, code % 588 // 28, code % 28]
    place = random.choice((0, 1, 2))
    letters, near = ((_INITIALS, _NEAR_INITIALS), (_VOWELS, _NEAR_VOWELS), (_FINALS, _NEAR_FINALS))[place]
    own = letters[parts[place]]
    neighbours = sorted({other for group in near if own in group for other in group if other != own})
    if neighbours:
        parts[place] = letters.index(random.choice(neighbours))
    return chr(_FIRST + parts[0] * 588 + parts[1] * 28 + parts[2])
