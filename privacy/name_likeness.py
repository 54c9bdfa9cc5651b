"""How much a Hangul word looks like a Korean person's name, from surname ranks and given-name syllables.

Surnames by rank: Statistics Korea, 2015 census. Given-name syllables: gathered from the Supreme Court's yearly lists of
frequent names and from names common among older generations.
"""

from __future__ import annotations

_FREQUENT_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변염"
)
_RARE_SURNAMES = frozenset(
    "여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편예경봉사부태빈두단범승시묵용복감음"
)
_TWO_SYLLABLE_SURNAMES = ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "어금", "망절", "강전")
_FIRST = frozenset(
    "가강건경계고광끝난님막말분점교구국권규균근금기길나남노다단대덕도동두라란래로루리마만명모무문미민백범별병보복봉빛사삼상새샛서석선설성세소"
    "솔송수숙순슬승시신아안애양언여연영예옥온완용우욱운웅원월유윤율은을의이인일임자장재점정제조종주준중지진차찬창채천철청초춘충치태"
    "택평필하한해향허혁현형혜호홍화환황회효후훈휘희힘"
)
_SECOND = frozenset(
    "가강건겸경곤관광교구국군권규균그근금기길나남녀늘님다단달담덕도동라란람랑래량련렬령례로록룡루룬름리린림만매명모목무문미민배백범별병"
    "보복봉분비빈빛산삼상새생서석선설섭성세셀소솔송수숙순슬승식신실심아안애양언여연열영예오옥온완용우욱운웅원월유윤율은을의이익인일임자"
    "장재점정제조종주준중지진찬창채천철청초춘치태택평표필하학한해향헌혁현형혜호홍화환황회효후훈휘흠희"
)
# Syllables that end many ordinary words and few given names: weaker evidence.
_WEAK_SECOND = frozenset(
    "가기길장자과구도동리산상생서시신원의이인일제조주천청한해화회관계국금대로명모무문분비실안월정점"
)


def syllable_classes() -> dict[str, str]:
    """A letter for each syllable that occurs in names: bits of frequent surname, rare surname, first and second of a
    given name, usual end of ordinary words."""
    sets = (_FREQUENT_SURNAMES, _RARE_SURNAMES, _FIRST, _SECOND, _WEAK_SECOND)
    return {
        syllable: chr(ord("A") + sum(1 << bit for bit, members in enumerate(sets) if syllable in members))
        for syllable in frozenset().union(*sets)
    }


def surname_length(word: str) -> int:
    """2 for 남궁, 황보, …; 1 for a one-syllable surname; 0 when ``word`` begins with none."""
    if word.startswith(_TWO_SYLLABLE_SURNAMES) and len(word) > 2:
        return 2
    return 1 if word[:1] in _FREQUENT_SURNAMES or word[:1] in _RARE_SURNAMES else 0


def is_surname(syllable: str) -> bool:
    """Whether one syllable is a frequent surname."""
    return syllable in _FREQUENT_SURNAMES


def name_likeness(word: str) -> float:
    """0 (no name) to 1 (surname and a usual given name) for a Hangul word without particles."""
    cut = surname_length(word)
    if not cut or len(word) <= cut:
        return 0.0
    surname = 1.0 if cut == 2 or word[0] in _FREQUENT_SURNAMES else 0.6
    if cut == 2 and len(word) == 3:
        cut = 1 if word[0] in _FREQUENT_SURNAMES else 2
    return surname * given_likeness(word[cut:])


def given_likeness(given: str) -> float:
    """0 to 1 for a given name without its surname."""
    if len(given) == 1:
        return 0.5 if given in _SECOND else 0.1
    if len(given) == 2:
        first = 0.55 if given[0] in _FIRST else 0.0
        second = 0.0 if given[1] not in _SECOND else 0.3 if given[1] in _WEAK_SECOND else 0.45
        return first + second
    return 0.35 if len(given) == 3 else 0.0
