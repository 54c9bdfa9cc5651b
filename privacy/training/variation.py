"""The same sentence with other (made-up) names and digits, so that the tagger learns the place, not the person."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

Span = tuple[int, int, str]

_WRITTEN, _SPOKEN = "0123456789", "공영일이삼사오육칠팔구"
SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변염여추도"
    "소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편예경봉사부태빈두단범승시묵용복감음피팽갈목계간뇌"
)
"""By frequency (Statistics Korea, 2015 census), the rarer ones in any order."""
_SYLLABLES = (
    "가강건경계광규근기길나남노다대덕도동두라란려령만명모무문미민배백범병보복봉빈사상서석선설성세소솔송수숙순슬승시신아안애양언여연영예"
    "오옥완용우욱운웅원월유윤율은을의이익인일자장재정제조종주준중지진찬창채철청초춘충치태택평필하한해향혁현형혜호홍화환회효훈휘희"
)
_TRIES = 12


class NamePool:
    """Names to put in: foreign ones of the material itself, Korean ones from syllables.

    None comes from the word lists that the features look into: the tagger would learn to trust those too much.
    """

    def __init__(self, names: Iterable[str], randomness: Random) -> None:
        self._randomness = randomness
        known = sorted(set(names))
        self._spaced = [name for name in known if " " in name and not name.isascii()]
        self._foreign = [name for name in known if len(name) > 3 and name.isalpha() and not name.isascii()]
        self._latin = [name for name in known if name.isascii() and len(name) > 4]

    def like(self, name: str) -> str:
        """Another name of the same shape, and with a last syllable that takes the same particles."""
        for _ in range(_TRIES):
            other = self._other(name)
            if _ends_in_consonant(other) == _ends_in_consonant(name):
                return other
        return name

    def _other(self, name: str) -> str:
        pick = self._randomness.choice
        if name.isascii():
            return pick(self._latin) if len(name) > 4 else name
        if " " in name and all(len(part) > 1 for part in name.split()):
            return pick(self._spaced)
        if not name.isalpha() or len(name) == 1:
            return pick(SURNAMES) if len(name) == 1 else name
        if len(name) > 3:
            return pick(self._foreign)
        return self._given_name() if len(name) == 2 else self._surname() + self._given_name()

    def _surname(self) -> str:
        """Frequent ones more often, as in life."""
        return SURNAMES[min(int(self._randomness.expovariate(1 / 18)), len(SURNAMES) - 1)]

    def _given_name(self) -> str:
        return self._randomness.choice(_SYLLABLES) + self._randomness.choice(_SYLLABLES)


def varied(text: str, spans: list[Span], names: NamePool, randomness: Random) -> tuple[str, list[Span]]:
    """A sentence of the same layout with other values, and its spans."""
    parts: list[str] = []
    placed: list[Span] = []
    position = size = 0
    for start, end, kind in sorted(spans):
        value = text[start:end]
        other = (
            names.like(value) if kind == "NAME" else "".join(_other_digit(letter, kind, randomness) for letter in value)
        )
        parts += [text[position:start], other]
        size += start - position
        placed.append((size, size + len(other), kind))
        size += len(other)
        position = end
    return "".join([*parts, text[position:]]), placed


def _other_digit(letter: str, kind: str, randomness: Random) -> str:
    if letter in _WRITTEN:
        return randomness.choice(_WRITTEN)
    if letter in _SPOKEN and kind != "ADDRESS":
        return randomness.choice(_SPOKEN[2:] if randomness.random() < 0.85 else _SPOKEN[:2])
    if kind == "ID" and letter.isascii() and letter.islower():
        return randomness.choice("abcdefghijklmnopqrstuvwxyz")
    return letter


def _ends_in_consonant(name: str) -> bool | None:
    last = name[-1:]
    return (ord(last) - 0xAC00) % 28 > 0 if "가" <= last <= "힣" else None
