"""Korean readings of digits: 공일공, 제로일제로, 하나둘셋, 제로 원 투, 쌍칠, 천이백삼십사."""

from __future__ import annotations

import re

_READINGS = {
    "공": "0", "영": "0", "제로": "0",
    "일": "1", "하나": "1",
    "이": "2", "둘": "2",
    "삼": "3", "셋": "3",
    "사": "4", "넷": "4",
    "오": "5", "다섯": "5",
    "육": "6", "륙": "6", "여섯": "6",
    "칠": "7", "일곱": "7",
    "팔": "8", "여덟": "8", "여덜": "8",
    "구": "9", "아홉": "9",
}  # fmt: skip
_ENGLISH = {
    "제로": "0", "원": "1", "투": "2", "쓰리": "3", "포": "4", "파이브": "5", "식스": "6", "세븐": "7", "에잇": "8",
    "에이트": "8", "나인": "9",
}  # fmt: skip
# 원, 투 and 포 are ordinary syllables: they count only beside one of these.
_SURE_ENGLISH = "제로|쓰리|파이브|식스|세븐|에잇|에이트|나인"
_POWERS = {"천": 1000, "백": 100, "십": 10}
_ONE = "|".join(sorted(_READINGS, key=len, reverse=True))
_ANY_ENGLISH = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_FACTOR = "[일이삼사오육칠팔구]?"

READING = re.compile(_ONE)
"""One digit said the Korean way."""
_TWICE = rf"(?:쌍|더블\s?)(?:{_ONE}|{_ANY_ENGLISH})"
_WEAK = rf"(?:원|투|포)(?=$|[^가-힣]|{_ANY_ENGLISH}|[이입예요로에인거라여])"
_ENGLISH_DIGIT = rf"(?:{_SURE_ENGLISH}|{_WEAK}|더블\s?(?:{_ANY_ENGLISH}))"
_SURELY_ENGLISH = (
    rf"(?=(?:제로\s?)*(?:쓰리|파이브|식스|세븐|에잇|에이트|나인|더블|(?:원|투|포)\s?(?:{_SURE_ENGLISH}|원|투|포)))"
)
_ENGLISH_RUN = rf"{_SURELY_ENGLISH}{_ENGLISH_DIGIT}(?:\s?{_ENGLISH_DIGIT})+"
SPOKEN_RUN = re.compile(rf"{_ENGLISH_RUN}|(?:{_ONE}|[천백십]|쌍(?:{_ONE}))+|{_TWICE}|{_SURE_ENGLISH}")
"""Digits said in one breath, in either language."""
ANY_DIGIT = rf"(?:{_ONE}|{_ANY_ENGLISH}|\d|[*＊●○])"
"""One digit in any form, also hidden. For patterns whose other parts leave no doubt."""
_TWICE_ANY = rf"(?:쌍|더블\s?)(?:{_ONE}|{_ANY_ENGLISH})"
_TOKEN = re.compile(rf"(?P<twice>쌍|더블\s?)?(?P<one>{_ONE}|{_ANY_ENGLISH})|\s+")
_PLACE_VALUE = re.compile(f"(?:({_FACTOR})천)?(?:({_FACTOR})백)?(?:({_FACTOR})십)?([일이삼사오육칠팔구])?")

Cell = tuple[int, int]
"""Start and end offset in the text of what one digit was read from."""


def read_digits(run: str, offset: int) -> tuple[str, tuple[Cell, ...]] | None:
    """Digits of a spoken run and the cell of each; None when the run reads as no number (십백, 백백이).

    A run with 천, 백 or 십 is read by place value (천이백 → 1200, every digit on the whole run), any other one digit at
    a time; 쌍칠 and 더블 세븐 are two digits on one cell.
    """
    if any(power in run for power in _POWERS):
        for said in (run, run.removesuffix("이"), run.removesuffix("구"), run.removesuffix("이구")):
            if (value := place_value(said)) is not None:
                return str(value), ((offset, offset + len(said)),) * len(str(value))
        return None
    digits: list[str] = []
    cells: list[Cell] = []
    for match in _TOKEN.finditer(run):
        if match["one"] is None:
            continue
        times = 2 if match["twice"] else 1
        digits += [_READINGS.get(match["one"]) or _ENGLISH[match["one"]]] * times
        cells += [(offset + match.start(), offset + match.end())] * times
    return "".join(digits), tuple(cells)


def exactly(count: int) -> str:
    """A pattern for so many digits of any form, apart or not; 쌍칠 makes two."""
    ways = [[1] * count]
    for way in ways:
        ways += [
            joined
            for at in range(len(way) - 1)
            if way[at : at + 2] == [1, 1]
            if (joined := [*way[:at], 2, *way[at + 2 :]]) not in ways
        ]
    return (
        "(?:" + "|".join(r"[\s,]?".join(_TWICE_ANY if size == 2 else ANY_DIGIT for size in way) for way in ways) + ")"
    )


def count_digits(said: str) -> int:
    """How many digits a text stands for that holds only digits of any form and separators."""
    twice = len(re.findall(_TWICE_ANY, said))
    return len(re.findall(ANY_DIGIT, said)) + twice


def place_value(run: str) -> int | None:
    """The number under 10,000 that ``run`` says (삼십사 → 34); None when it says none."""
    match = _PLACE_VALUE.fullmatch(run)
    if not match or not run:
        return None
    total = int(_READINGS[match[4]]) if match[4] else 0
    for factor, power in zip(match.group(1, 2, 3), _POWERS.values(), strict=True):
        if factor is not None:
            total += power * (int(_READINGS[factor]) if factor else 1)
    return total
