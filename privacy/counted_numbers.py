"""Numbers that count or date something (30명, 1,000원, 2024-12-31, 제15조): never a part of an identifier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

_RANGES = re.compile(
    r"""https?://\S+ | www\.\S+
      | \d{1,3}(?:,\d{3})+(?!\d)                                  # 1,000
      | (?<![\d.\-])(?!0\d)\d{1,3}\.\d{4,8}(?![\d.\-])                # 37.5665
      | (?<!\d)\d{1,5}\.\d{1,3}\s?(?:%|％|퍼센트|프로|제곱|㎡|m|km|kg|도|평|점|배|리터|L|톤|명)
      | \d{1,2}:\d{2}(?:\s?[~\-–∼〜]\s?\d{1,2}:\d{2})?               # 09:00~18:00
      | 제\s?\d+(?:[-–]\d+)*\s?(?:호|조|항|회|차|장|절|편|기|권|급|종|과|구역)
      | (?:법|법률|조례|규칙|훈령|예규|고시|공고|지침)\s제?\s?\d+(?:[-–]\d+)*\s?호
      | 별지\s?제?\s?\d+호(?:의\d+)?
      | (?:\d{1,4}\s?[억만천백]\s?){1,4}(?:\d{1,4}\s?)?(?:원|명|대|개|건|세대|가구|평|톤)  # 7천5백원, 46만 2천 명
    """,
    re.VERBOSE,
)
_LIST = re.compile(r"(?<!\d)(?<!\d,)\d{1,3}(?:,\s?\d{1,3}){2,}(?!\d)")
_DATE = re.compile(r"(?<![\d\-])((?:19|20)\d{2})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?!\d|\s?[-./]\s?\d)")
_UNIT = (
    r"원|만|억|조|천|명|개월|개소|개|매|장|층|호선|호기|호|동|년|월|일|시간|시|분|초|세|살|％|%|퍼센트|프로|km|㎞"
    r"|㎡|m²|cm|mm|kg|m(?![a-z])"
    r"|평|제곱|평방|회|차|급|등|건|곳|점|번째|번길|가길|나길|다길|길|번지|자리|항|쪽|페이지|가구|세대|주일|주(?!세"
    r"|시|민|소)|학년|학기"
    r"|인(?!데|가|지|거)|배|리터|톤|종|대(?!시)|권|부|통|박|과목|칸|줄|주년|기|가지|번\s?버스|번\s?출구|편|도|단계"
    r"|여\s?(?:명|개|건|년|대|곳|가구|세대|회|일)|구역|번\s?게이트|면(?![가-힣]*허)|번\s?창구|킬로|미터|센티"
)
_SERVICE = re.compile(r"[ ]?번?[ ]?(?:버스|출구|창구|게이트)")
_UNIT_AFTER_SHORT = re.compile(rf"[^\S\n]?(?:{_UNIT})")
_UNIT_AFTER_LONG = re.compile(r"[^\S\n]?(?:동\s?\d|원|억|명(?!의)|개|건|매|㎡|km|톤|자리)")


def counting_ranges(text: str) -> list[tuple[int, int]]:
    """Where amounts, dates with separators, hours, laws and web addresses stand, in order."""
    spans = [match.span() for match in _RANGES.finditer(text)]
    return sorted([*spans, *_dates(text), *_rising_lists(text)])


def number_of_a_service(text: str, end: int) -> bool:
    """Whether a bus, an exit or a counter is told by the number that ends at ``end``: 칠공일칠번 버스."""
    return bool(_SERVICE.match(text, end))


def unit_follows(text: str, end: int, next_digits: int, *, long: bool) -> bool:
    """Whether a unit stands at ``end`` and isn't the first reading of what begins at ``next_digits`` (일일 일이).

    After a ``long`` number only few words are units.
    """
    unit = (_UNIT_AFTER_LONG if long else _UNIT_AFTER_SHORT).match(text, end)
    return unit is not None and unit.end() <= next_digits


def _dates(text: str) -> Iterator[tuple[int, int]]:
    for match in _DATE.finditer(text):
        try:
            date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
        yield match.span()


def _rising_lists(text: str) -> Iterator[tuple[int, int]]:
    """5, 10, 20, 50, 75: sizes or choices."""
    for match in _LIST.finditer(text):
        if all(int(low) < int(high) for low, high in pairwise(match.group().split(","))):
            yield match.span()
