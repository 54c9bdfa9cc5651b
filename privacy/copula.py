"""이 and 구 after a spoken number: its last digit, or the sentence's (이에요, 이구요)?"""

from __future__ import annotations

import re

from privacy.digit_groups import DigitGroup

_AFTER = re.compile(
    r"에요|에여|여요?(?![가-힣])|요(?![가-힣])|라고|라는|라예|라니|라(?![가-힣])|고요|고(?![가-힣])|니까|야(?![가-힣])"
    r"|었|였|며(?![가-힣])|죠|지요|거든|네(?![가-힣])|네요|던가|드래|랑께|(?=\s(?:아니|맞))"
)
_FEW_ALIKE = 2
_WHOLE_LAYOUTS = frozenset({(2, 6, 2), (2, 2, 6, 2), (3, 2, 5)})  # licences, business numbers


def without_copula(text: str, groups: list[DigitGroup]) -> list[DigitGroup]:
    """The groups less a last 이 (이에요, 사람이) or 이구 (이구요) of the sentence, unless the number needs it."""
    if not groups or not groups[-1].spoken or groups[-1].by_place_value:
        return groups
    last = groups[-1]
    if text[last.end - 2 : last.end] == "이구" and text.startswith("요", last.end):
        extra, likely = 2, False
    elif text[last.cells[-1][0] : last.end] == "이":
        extra, likely = 1, bool(_AFTER.match(text, last.end))
    else:
        return groups
    if len(groups) > _FEW_ALIKE and {len(group.digits) for group in groups} == {len(last.digits)}:
        return groups
    with_it, without = _wholeness(groups, 0), _wholeness(groups, extra)
    if with_it > without or (not likely and (with_it == without or without < 2)):
        return groups
    kept = len(last.digits) - extra
    if kept <= 0:
        return groups[:-1]
    return [*groups[:-1], DigitGroup(last.digits[:kept], last.cells[:kept], spoken=True)]


def _wholeness(groups: list[DigitGroup], less: int) -> int:
    """How whole the digits are less the last few: 3 a number that ends in four, 2 another, 1 a part, 0 nothing."""
    digits = "".join(group.digits for group in groups)
    digits = digits[: len(digits) - less]
    last = len(groups[-1].digits) - less
    if (*(len(group.digits) for group in groups[:-1]), last) in _WHOLE_LAYOUTS:
        return 1
    if _is_whole(digits):
        return 3 if last == 4 else 2
    if re.fullmatch("01[016-9]|0[2-6]\\d?", digits):
        return 1
    born = re.fullmatch(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", digits)
    if born or last == 4 or (not digits and less):
        return 1
    return int(last == 7 and groups[-1].digits[0] in "12345678")


def _is_whole(digits: str) -> bool:
    """Whether the digits make a whole mobile number, landline, registration number or card number."""
    if len(digits) == 13:
        return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31
    if re.match("01[016-9]", digits):
        return len(digits) == 11
    for prefix, lengths in (("02", (9, 10)), ("050", (11, 12)), ("0", (10, 11))):
        if digits.startswith(prefix):
            return len(digits) in lengths
    return len(digits) == 16
