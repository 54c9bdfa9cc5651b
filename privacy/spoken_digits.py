"""Korean readings of digits: 공일공, 제로일제로, 하나둘셋, 천이백삼십사."""

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
_POWERS = {"천": 1000, "백": 100, "십": 10}
_ONE = "|".join(sorted(_READINGS, key=len, reverse=True))
_FACTOR = "[일이삼사오육칠팔구]?"

READING = re.compile(_ONE)
SPOKEN_RUN = re.compile(f"(?:{_ONE}|[천백십])+")
_PLACE_VALUE = re.compile(f"(?:({_FACTOR})천)?(?:({_FACTOR})백)?(?:({_FACTOR})십)?([일이삼사오육칠팔구])?")

Cell = tuple[int, int]
"""Start and end offset in the text of what one digit was read from."""


def read_digits(run: str, offset: int) -> tuple[str, tuple[Cell, ...]] | None:
    """Digits of a spoken run and the cell of each; None when the run reads as no number (십백, 백백이).

    A run with 천, 백 or 십 is read by place value (천이백 → 1200, every digit on the whole run), any other one digit at
    a time.
    """
    if any(power in run for power in _POWERS):
        for said in (run, run.removesuffix("이"), run.removesuffix("구"), run.removesuffix("이구")):
            if (value := place_value(said)) is not None:
                return str(value), ((offset, offset + len(said)),) * len(str(value))
        return None
    matches = list(READING.finditer(run))
    return (
        "".join(_READINGS[match.group()] for match in matches),
        tuple((offset + match.start(), offset + match.end()) for match in matches),
    )


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
