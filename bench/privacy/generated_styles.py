"""Ways in which people write and say the groups of a number, and how recognisers of speech spell that."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from bench.privacy.generated_identifiers import digits

STYLES = (
    "written", "full-width", "spoken", "place-value", "mixed", "apart", "english", "doubled", "repaired", "repeated",
    "masked", "native",
)  # fmt: skip
_READINGS = ("공영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_NATIVE = ("제로", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_ENGLISH = ("제로", "원", "투", "쓰리", "포", "파이브", "식스", "세븐", "에잇", "나인")
_LETTERS = {"M": "엠", "S": "에스", "R": "알", "A": "에이", "B": "비", "C": "씨", "D": "디", "F": "에프"}
_WRITTEN_GAPS = ("-", " ", "", " - ", ".", "–", "~", "/", ", ", "−", "ㅡ", "_", "·", " · ", "…", " / ")
_SPOKEN_GAPS = (
    " ", "에 ", " 다시 ", " 에 ", ", ", " 음 ", " 그리고 ", "의 ", " 어 ", " 하이픈 ", "이고 ", " 네 ", " 그 다음에 ",
    " 대시 ", "이고요 ", " 그러니까 ", " 그 뒤에 ", " 뭐더라 ", " 잠깐만요 ", " 음… ", " 저기 ", " 그 뭐냐 ", " 아 ",
    " 다음은 ", "하고 ", " 에 그 ", " 하이고 ", " 어 잠깐 ",
)  # fmt: skip
_REPAIRS = (
    " 아니 ", " 아니다 ", "가 아니라 ", "가 아니고 ", " 아 잘못 말했네요 ", " 아니 다시 할게요 ", " 아니아니 ",
    " 아이고 아니 ",
    " 아뇨 ", " 아니 그게 아니고 ", " 아차 ", " 아 죄송해요 ",
)  # fmt: skip
DIGIT_LETTERS = frozenset("공영제일하이둘삼셋사넷오섯육여칠곱팔덟구아홉천백십쌍쓰파브식스세븐잇원투포")


def in_style(randomness: Random, groups: list[str], style: str) -> str:
    """The groups as one value in one of ``STYLES``."""
    if style == "written":
        return _joined(groups, randomness.choice(_WRITTEN_GAPS))
    if style == "full-width":
        return "".join(map(_wide, _joined(groups, randomness.choice(("-", " ", "－")))))
    if style == "masked":
        return _masked(randomness, groups)
    said = [_in_words(randomness, group, style) for group in groups]
    gap = " " if style in {"apart", "english", "place-value"} else randomness.choice(_SPOKEN_GAPS)
    if style == "repaired":
        return _repaired(randomness, groups, said, gap)
    value = _joined(said, gap, spoken=True)
    if style == "repeated":
        value += randomness.choice(("이요 ", "입니다 ", " ", "요 ")) + said[-1]
    return value


def pieces(randomness: Random, groups: list[str], style: str, count: int) -> list[tuple[str, bool]]:
    """The groups said in ``count`` turns (or as many as there are groups), and whether a turn holds any digit."""
    count = min(count, len(groups))
    cuts = sorted(randomness.sample(range(1, len(groups)), count - 1))
    parts = [groups[start:end] for start, end in zip([0, *cuts], [*cuts, len(groups)], strict=True)]
    if style == "written":
        said = [_joined(part, randomness.choice("- ")) for part in parts]
    else:
        words = ([_in_words(randomness, group, style) for group in part] for part in parts)
        said = [_joined(part, " ", spoken=True) for part in words]
    told = (any(group.isdecimal() for group in part) for part in parts)
    return list(zip(said, told, strict=True))


def _in_words(randomness: Random, group: str, style: str) -> str:
    if not group.isdecimal():
        return _LETTERS.get(group, group)
    if style == "place-value":
        return _place_value(group) or _said(randomness, group)
    if style == "mixed" and randomness.random() < 0.5:
        return group
    if style == "apart":
        return " ".join(_said(randomness, digit) for digit in group)
    if style == "english":
        return " ".join(_ENGLISH[int(digit)] for digit in group)
    if style == "doubled":
        return _doubled(group)
    native = style == "native" or (style == "spoken" and randomness.random() < 0.2)
    return _said(randomness, group, native=native)


def _joined(groups: list[str], gap: str, *, spoken: bool = False) -> str:
    """The groups with the gap; around letters of plates and passports people put nothing or a space."""
    value = groups[0]
    for before, group in pairwise(groups):
        lettered = any(len(each) <= 2 and not each[0].isdecimal() and each in _ALONE for each in (before, group))
        value += (" " if spoken or before in _WORDS else "") if lettered else gap
        value += group
    return value


_WORDS = frozenset(
    ("서울", "부산", "대구", "인천", "광주", "대전", "경기", "강원", "전남", "제주", "은평", "마포", "남동", "수성")
)
_ALONE = (
    _WORDS
    | frozenset("가나다라마거너더러머버서어저고노도로모보소조누두루무부수우주하허호배바자MSRABCDF")
    | frozenset(_LETTERS.values())
)


def _wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0) if letter.isdecimal() else letter


def _masked(randomness: Random, groups: list[str]) -> str:
    """The last group, or all but its first digit, as stars."""
    last = groups[-1]
    keep = randomness.choice((0, 1)) if len(last) >= 4 else 0
    stars = randomness.choice("*●○") * (len(last) - keep)
    return _joined([*groups[:-1], last[:keep] + stars], randomness.choice("- "))


def _repaired(randomness: Random, groups: list[str], said: list[str], gap: str) -> str:
    """One group said wrong first and then right."""
    at = randomness.choice([index for index, group in enumerate(groups) if group.isdecimal()])
    wrong = _said(randomness, digits(randomness, len(groups[at])))
    told = [*said[:at], wrong + randomness.choice(_REPAIRS) + said[at], *said[at + 1 :]]
    return _joined(told, gap, spoken=True)


def _doubled(group: str) -> str:
    value, index = "", 0
    while index < len(group):
        twice = group[index : index + 2] == group[index] * 2
        value += ("쌍" if twice else "") + _READINGS[int(group[index])][0]
        index += 2 if twice else 1
    return value


def _said(randomness: Random, group: str, *, native: bool = False) -> str:
    zero = randomness.choice(_READINGS[0])
    return "".join(
        _NATIVE[int(digit)] if native and randomness.random() < 0.5 else zero if digit == "0" else _READINGS[int(digit)]
        for digit in group
    )


def _place_value(group: str) -> str | None:
    if not 2 <= len(group) <= 4 or group[0] == "0" or (len(group) == 4 and group[3] == "0"):
        return None
    units = ("천", "백", "십", "")[-len(group) :]
    return "".join(
        ("" if unit and digit == "1" else _READINGS[int(digit)]) + unit
        for digit, unit in zip(group, units, strict=True)
        if digit != "0"
    )
