"""Korean readings of numbers: Sino-Korean (이십오), native before a counter (스물다섯), digit by digit (이공)."""

from __future__ import annotations

import re

_DIGITS = "영일이삼사오육칠팔구"
_TELEPHONE = "공일이삼사오육칠팔구"
_SMALL = ("", "십", "백", "천")
_GREAT = ("", "만", "억", "조")
_GREATEST = 10**16
_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_ORDINALS = ("첫째", "둘째", "셋째", "넷째", "다섯째", "여섯째", "일곱째", "여덟째", "아홉째", "열째")
_SCALE = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}
_PART = re.compile(r"([\d.,]+)\s?([십백천만억조]*)")


def digits(number: str) -> str:
    """Each digit of ``number`` on its own, nought as 공; everything else in it is left out."""
    return "".join(_TELEPHONE[int(char)] for char in number if char.isdecimal())


def sino(number: int) -> str:
    """A whole number from 0 as one reads it, with a space after each 만, 억, 조; digit by digit from 10^16 on."""
    if number >= _GREATEST:
        return digits(str(number))
    groups: list[str] = []
    rest, place = number, 0
    while rest:
        rest, four = divmod(rest, 10**4)
        if four:
            # 만 오천, but 일억: only the first of the great ones is said without its one.
            groups.append(("" if place == 1 and four == 1 and not rest else _four(four)) + _GREAT[place])
        place += 1
    return " ".join(reversed(groups)) or _DIGITS[0]


def native(number: int) -> str:
    """A whole number from 1 to 99 as it stands before a counter; raises ValueError for any other."""
    if not 1 <= number <= 99:
        raise ValueError(f"{number} has no native reading")
    if number == 20:
        return "스무"
    return _TENS[number // 10] + _ONES[number % 10]


def ordinal(number: int) -> str:
    """첫째, 둘째 … 열째, then 십일 번."""
    return _ORDINALS[number - 1] if 1 <= number <= len(_ORDINALS) else f"{sino(number)} 번"


def value(written: str) -> int | None:
    """The whole number that digits with great units write ("15,000", "2천만", "3만 5천"); None for a decimal."""
    total, section = 0, 0
    for number, units in _PART.findall(written):
        plain = number.replace(",", "")
        if not plain.isdecimal():
            return None
        part = int(plain)
        for unit in units:
            if _SCALE[unit] < 10**4:
                part *= _SCALE[unit]
            else:
                total += (section + part) * _SCALE[unit]
                section, part = 0, 0
        section += part
    return total + section


def reading(written: str) -> str:
    """Any number as one reads it: "3.5" as 삼 점 오, "007" digit by digit, everything else Sino-Korean."""
    plain = written.replace(",", "").replace(" ", "")
    whole, _, rest = plain.partition(".")
    if rest and (decimals := re.match(r"\d+", rest)):
        after = "".join(_DIGITS[int(char)] for char in decimals[0])
        return f"{sino(int(whole))} 점 {after}{rest[decimals.end() :]}"
    if plain.isdecimal() and len(plain) > 1 and plain.startswith("0"):
        return digits(plain)
    return sino(value(written) or 0)


def _four(number: int) -> str:
    out = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            out += ("" if digit == 1 and place else _DIGITS[digit]) + _SMALL[place]
    return out
