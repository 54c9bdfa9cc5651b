"""Numbers under 10,000 as people write and say them: 1203, 천이백삼, 일공삼, 오십 팔. For house numbers and dates."""

from __future__ import annotations

import re

from privacy.spoken_digits import place_value

SINO = "[영공일이삼사오육륙칠팔구십백천]"
# A space after 십, 백 or 천 (오십 팔) belongs to the number when a particle, a unit or the end follows.
_ENDS = r"(?=[\s,.)]|$|이?에요|예요|이?요|입니|인데|인가|이고|이라|라고|로|에|동|호|층|번|다시|년|월|일|거든|이?야)"
NUMBER = rf"(?:\d{{1,4}}(?!\d)|(?:{SINO}{{0,5}}[십백천][ ](?={SINO}){SINO}{{1,4}}{_ENDS}|{SINO}{{1,8}}))"

# Said numbers that are rather a word: 이사, 공사, 일이 있어서.
_WORDS = frozenset(
    ["이사", "공사", "일이", "오이", "사이", "구이", "이이", "일일", "이일", "오일", "구일", "천사", "공구", "사일",
     "이구", "사공", "공이", "이상", "백일", "이천", "구천", "천일", "사천"]
)  # fmt: skip
_LAST_RUN = re.compile(r"[영공일이삼사오육륙칠팔구십백천만]+\Z")
_PLACE_VALUE = re.compile("[십백천]")


def is_rather_a_word(number: str) -> bool:
    """Whether a said number standing alone may as well be an ordinary word (a single syllable, 이사, 공사)."""
    return not any(letter.isdecimal() for letter in number) and (len(number.strip()) < 2 or number.strip() in _WORDS)


def without_copula(text: str, start: int, end: int) -> int:
    """``end`` less a last 이 that no number can end in (이백십칠이 본적이에요)."""
    run = _LAST_RUN.search(text, start, end)
    if run is None or not is_place_value(run.group()) or run.group()[-1] != "이":
        return end
    said = run.group().rpartition("만")[2]
    return end - 1 if place_value(said) is None and place_value(said[:-1]) is not None else end


def is_place_value(number: str) -> bool:
    """Whether a number is said with 십, 백 or 천."""
    return bool(_PLACE_VALUE.search(number))
