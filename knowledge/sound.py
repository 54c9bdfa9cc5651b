"""What a text sounds like, in short runs of sounds: so that a misheard question finds the entry that it sounds like.

A recogniser writes 국민주택책원 for 국민주택채권 and 4대문구창 for 서대문구청. Plain, tense and aspirated consonants
count as one, neighbouring vowels as one, finals as they are pronounced (표준 발음법, 문화체육관광부고시 제2017-13호,
제8–14항), and a final before a vowel moves over; spaces and punctuation don't sound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.entry import Entry

_RUN = 4  # sounds; shorter runs are everywhere, longer ones break at the first misheard sound
_ANSWER_CHARS = 60
_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅈㄱㄷㅂㅎ"
_VOWELS = "ㅏㅔㅏㅔㅓㅔㅓㅔㅗㅏㅔㅔㅗㅜㅓㅔㅣㅜㅡㅣㅣ"
_FINALS = " ㄱㄱㄱㄴㄴㄴㄷㄹㄱㅁㄹㄹㄹㅂㄹㅁㅂㅂㄷㄷㅇㄷㄷㄱㄷㅂㄷ"
_DIGITS = str.maketrans(dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True)))
_SILENT = "ㅇ"
_FIRST, _SYLLABLES = 0xAC00, 11172


def sounds_of(text: str) -> str:
    """The sounds of a text, one letter each; Latin letters stay as they are."""
    sounds: list[str] = []
    for letter in re.sub(r"[^a-z0-9가-힣]", "", text.lower()).translate(_DIGITS):
        code = ord(letter) - _FIRST
        if not 0 <= code < _SYLLABLES:
            sounds.append(letter)
            continue
        if (initial := _INITIALS[code // 588]) != _SILENT:
            sounds.append(initial)
        sounds.append(_VOWELS[code % 588 // 28])
        if (final := _FINALS[code % 28]) != " ":
            sounds.append(final)
    return "".join(sounds)


def sound_runs(text: str) -> tuple[str, ...]:
    """Each run of neighbouring sounds in a text, once, in order."""
    sounds = sounds_of(text)
    return tuple(dict.fromkeys(sounds[at : at + _RUN] for at in range(len(sounds) - _RUN + 1)))


def sound_documents(entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """What each entry sounds like: its question, its variants and the beginning of its answer, each run once."""
    return [
        tuple(
            dict.fromkeys(
                run
                for text in (entry.question, *entry.variants, entry.answer[:_ANSWER_CHARS])
                for run in sound_runs(text)
            )
        )
        for entry in entries
    ]
