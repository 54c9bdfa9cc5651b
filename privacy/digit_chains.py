"""Digit chains: written, full-width and spoken digit groups of a text, joined over separators and fillers.

``공일공에 1234 다시 오육칠팔`` is one chain whose ``canonical`` form is ``010-1234-5678``; recognizers match layouts on
that form and get back where each digit stood. What counts things (30명, 1,000원, 2025년, 제19234호) is no chain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from privacy.public_numbers import is_public_number, is_span_of_years
from privacy.spoken_digits import READING, SPOKEN_RUN, Cell, read_digits

_FILLER = (
    r"그\s?다음(?:에는|에|은|이|이요)?|다음(?:에는|에|은)?|그\s?(?:뒤|담)(?:에는|에|는|로|이)?|뒤(?:에|는)"
    r"|그리고(?:요|는)?|그러고|그러니까|그니까|그러면|이어서"
    r"|이고(?:요)?|이구(?:요)?|고요|고|구요|하고(?:요)?|이랑|에다가?|또|다시|띄우?고|쉬고|줄표|막대기?|쉼표|콤마"
    r"|잠깐만요|잠시만요|맞나|있잖아요"
    r"|하이픈|대시|다쉬|바|작대기|빼기|마이너스|짝대기|점|쩜|닷|국에|국의|국|번에|에|의|이요|요|네|예|어+|음+|으음"
    r"|아+|에+|그+|저기|저|뭐|이제"
    r"|아니(?:다|야|요|에요|고|라|구나)?|아차"
)
_GAP = re.compile(
    rf"(?:[\sㅡ\-–—‐‑‒−~∼〜·•.,/_()－．，／＿（）：＊\[\]:*#|+…\u200b-\u200f\u2060\ufeff\u00ad]"
    rf"|(?:{_FILLER})(?=[\s\-.,/~…]|[0-9０-９]|{READING.pattern}))*"
)
_LONGEST_GAP = 16
_GROUP = re.compile(rf"(?P<written>\d+)|(?P<spoken>{SPOKEN_RUN.pattern})")

# Ranges that hold digits but no identifier.
_NOT_A_CHAIN = re.compile(
    r"""https?://\S+ | www\.\S+
      | \d{1,3}(?:,\d{3})+(?!\d)                                  # 1,000
      | (?<![\d.\-])(?!0\d)\d{1,3}\.\d{4,8}(?![\d.\-])                # 37.5665
      | \d+\.\d+\s?(?:%|％|퍼센트|프로|제곱|㎡|m|km|kg|도|평|점|배|리터|L|톤|명)
      | \d{1,2}:\d{2}(?:\s?[~\-–∼〜]\s?\d{1,2}:\d{2})?               # 09:00~18:00
      | 제\s?\d+(?:[-–]\d+)*\s?(?:호|조|항|회|차|장|절|편|기|권|급|종|과|구역)
      | (?:법|법률|조례|규칙|훈령|예규|고시|공고|지침)\s제?\s?\d+(?:[-–]\d+)*\s?호
      | 별지\s?제?\s?\d+호(?:의\d+)?
    """,
    re.VERBOSE,
)
_DATE = re.compile(r"(?<![\d\-])((?:19|20)\d{2})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?!\d|\s?[-./]\s?\d)")
_COUNTED = (
    r"원|만|억|조|천|명|개월|개소|개|매|장|층|호선|호기|호|동|년|월|일|시간|시|분|초|세|살|％|%|퍼센트|프로|km|㎞"
    r"|㎡|m²|cm|mm|kg|m(?![a-z])"
    r"|평|제곱|평방|회|차|급|등|건|곳|점|번째|번길|가길|나길|다길|길|번지|자리|항|쪽|페이지|가구|세대|주일|주(?!세"
    r"|시|민|소)|학년|학기"
    r"|인(?!데|가|지|거)|배|리터|톤|종|대(?!시)|권|부|통|박|과목|칸|줄|주년|기|가지|번\s?버스|번\s?출구|편|도|단계"
    r"|여|구역|번\s?게이트"
)
_COUNTED_AFTER_SHORT = re.compile(rf"\s?(?:{_COUNTED})")
_COUNTED_AFTER_LONG = re.compile(r"\s?(?:원|억|명(?!의)|개|건|매|㎡|km|톤|자리)")
_LETTER_BEFORE = re.compile(r"([A-Za-z]+)\.?$")
_PHONE_LETTERS = frozenset({"t", "tel", "hp", "h", "p", "m", "mobile", "phone", "cp", "c", "fax", "f", "no", "o"})
_PARTICLE = re.compile(
    r"(?:이|가|은|는|을|를|에|의|로|으로|과|와|랑|이랑|도|만|요|이요|이에요|예요|에요|이예요|입니다|이고|고|이고요"
    r"|고요|이구요|구요|인데|인데요"
    r"|이라고|라고|이라|라|이며|이니까|니까|니|번|번호|번이|번으로|번이요|번이에요|국에|국의|다시|그리고|하고|이죠"
    r"|죠|맞|입|되|어|음|그|네|아니)"
    r"(?:요)?(?![가-힣])|다시|입니|이라|이에|이고|라고"
)
_AND = re.compile(r"(?:고|구)(?:요)?[\s,]")
_COPULA_AFTER = re.compile(
    r"(?:에요|예요|요(?![가-힣])|라고|라는|고요|고(?![가-힣])|니까|야(?![가-힣])|었|며(?![가-힣])|죠|지요|거든)"
)


@dataclass(frozen=True, slots=True, repr=False)
class DigitGroup:
    """Digits said or written in one breath; ``cells[i]`` is where digit i stood in the text."""

    digits: str
    cells: tuple[Cell, ...]
    spoken: bool

    @property
    def start(self) -> int:
        return self.cells[0][0]

    @property
    def end(self) -> int:
        return self.cells[-1][1]


@dataclass(frozen=True, slots=True, repr=False)
class DigitChain:
    """Groups that belong together. ``canonical`` joins them by ``-``, ``digits`` by nothing."""

    groups: tuple[DigitGroup, ...]
    canonical: str
    digits: str
    cells: tuple[Cell, ...]

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @property
    def spoken(self) -> bool:
        return any(group.spoken for group in self.groups)

    @property
    def is_public(self) -> bool:
        """Whether it is a public telephone number or a span of years."""
        return is_public_number(self.canonical) or is_span_of_years(self.canonical)

    def where_canonical(self, start: int, end: int) -> Cell:
        """Text offsets of ``canonical[start:end]``, which must begin and end with a digit."""
        first = start - self.canonical.count("-", 0, start)
        last = end - 1 - self.canonical.count("-", 0, end)
        return self.cells[first][0], self.cells[last][1]


def read_chains(text: str) -> tuple[DigitChain, ...]:
    """Every digit chain of an NFC text, in order; dates with separators (2024-12-31) and amounts left out."""
    blocked = [match.span() for match in _NOT_A_CHAIN.finditer(text)]
    blocked += [match.span() for match in _DATE.finditer(text) if _is_date(match)]
    chains: list[DigitChain] = []
    pending: list[DigitGroup] = []
    for group in _read_groups(text, blocked):
        if pending and not _joined(text, pending[-1].end, group.start, blocked):
            _close(text, pending, chains)
        pending.append(group)
    _close(text, pending, chains)
    return tuple(chains)


def _read_groups(text: str, blocked: list[Cell]) -> Iterator[DigitGroup]:
    previous_end, digits_before, position = -1, 0, 0
    while match := _GROUP.search(text, position):
        position = match.end()
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in blocked):
            continue
        group = (
            _written(text, start, end) if match["written"] else _spoken(text, start, end, previous_end, digits_before)
        )
        if group is None:
            continue
        continues = _only_gap(text, previous_end, group.start)
        digits_before = (digits_before if continues else 0) + len(group.digits)
        previous_end = group.end
        yield group


def _written(text: str, start: int, end: int) -> DigitGroup | None:
    digits = "".join(str(unicodedata.decimal(letter)) for letter in text[start:end])
    letters = _LETTER_BEFORE.search(text, max(0, start - 12), start)
    if letters and letters[1].lower() not in _PHONE_LETTERS and len(digits) < 9:
        return None
    if end < len(text) and text[end].isascii() and text[end].isalpha() and len(digits) < 9 and text[end] not in "xX":
        return None
    return DigitGroup(digits, tuple((index, index + 1) for index in range(start, end)), spoken=False)


def _spoken(text: str, start: int, end: int, previous_end: int, digits_before: int) -> DigitGroup | None:
    """The group of a spoken run; None for words that only look like digits (이사 갔어요, 오이, 367이고)."""
    if text[end - 1] == "이" and _AND.match(text, end):
        end -= 1
    if text[start:end] in {"이", "일"} and start > 0 and (text[start - 1].isdecimal() or text[start - 1] in ")'\"”"):
        return None
    read = read_digits(text[start:end], start) if start < end else None
    if read is None:
        return None
    digits, cells = read
    follows = _only_gap(text, previous_end, start)
    glued_before = start > 0 and _is_hangul(text[start - 1]) and not follows
    if glued_before and len(digits) < 6:
        return None
    glued_after = end < len(text) and _is_hangul(text[end])
    certain = len(digits) >= 3 or (follows and digits_before >= 5)
    if glued_after and not certain and not _PARTICLE.match(text, end):
        return None
    return DigitGroup(digits, cells, spoken=True)


def _only_gap(text: str, start: int, end: int) -> bool:
    return 0 <= start <= end and end - start <= _LONGEST_GAP and bool(_GAP.fullmatch(text, start, end))


def _joined(text: str, start: int, end: int, blocked: list[Cell]) -> bool:
    if any(start < stop and begin < end for begin, stop in blocked):
        return False
    return _only_gap(text, start, end)


def _close(text: str, pending: list[DigitGroup], chains: list[DigitChain]) -> None:
    """Turn the pending groups into chains, cutting out those that count something."""
    run: list[DigitGroup] = []
    for index, group in enumerate(pending):
        last = index + 1 == len(pending)
        run.append(group)
        next_start = len(text) if last else pending[index + 1].start
        if _counts_something(text, run, next_start):
            run.pop()
            _append(text, run, chains)
            run = []
        elif last:
            _append(text, run, chains)
    pending.clear()


def _append(text: str, run: list[DigitGroup], chains: list[DigitChain]) -> None:
    groups = _without_copula(text, run)
    if groups:
        chains.extend(_chain(part) for part in _public_parts(text, groups) or [groups])


def _chain(groups: list[DigitGroup]) -> DigitChain:
    return DigitChain(
        groups=tuple(groups),
        canonical="-".join(group.digits for group in groups),
        digits="".join(group.digits for group in groups),
        cells=tuple(cell for group in groups for cell in group.cells),
    )


def _public_parts(text: str, groups: list[DigitGroup]) -> list[list[DigitGroup]]:
    """The groups as public numbers (110, 120, 1588-2188), small ones after them allowed; empty if anything else."""
    parts: list[list[DigitGroup]] = []
    index = 0
    while index < len(groups):
        for size in (3, 2, 1):
            part = groups[index : index + size]
            if len(part) == size and is_public_number("-".join(group.digits for group in part)):
                parts.append(part)
                index += size
                break
        else:
            rest = groups[index:]
            if not parts or any(len(group.digits) > 2 for group in rest):
                return []
            parts.append(rest)
            break
    return [] if _evenly_spaced(text, parts) else parts


def _evenly_spaced(text: str, parts: list[list[DigitGroup]]) -> bool:
    """Whether the separator after a part of several groups is the one inside it (1721/6288/1567/9460)."""
    return any(
        len(part) > 1 and text[part[-1].end : after[0].start] == text[part[0].end : part[1].start]
        for part, after in pairwise(parts)
    )


def _counts_something(text: str, run: list[DigitGroup], next_start: int) -> bool:
    """Whether a unit follows the run's last group, and not the next group's first reading (일일 일이, 010 천이백)."""
    group = run[-1]
    total = sum(len(each.digits) for each in run)
    if total >= 7 and (len(run) == 1 or len(group.digits) >= 2):
        return bool(_COUNTED_AFTER_LONG.match(text, group.end)) and len(run) == 1
    if (
        group.spoken
        and len(group.digits) >= 3
        and not any(power in text[group.start : group.end] for power in "천백십")
    ):
        return False
    unit = _COUNTED_AFTER_SHORT.match(text, group.end)
    return unit is not None and unit.end() <= next_start


def _without_copula(text: str, groups: list[DigitGroup]) -> list[DigitGroup]:
    """Drop a last 이 (이에요, 사람이) or 이구 (이구요) that belongs to the sentence, unless the number needs it."""
    if not groups or not groups[-1].spoken:
        return groups
    digits = "".join(group.digits for group in groups)
    last = groups[-1]
    if len(last.digits) > 1 and last.cells[-1] == last.cells[-2]:
        return groups
    if text[last.end - 2 : last.end] == "이구" and text.startswith("요", last.end):
        extra, likely = 2, False
    elif text[last.cells[-1][0] : last.end] == "이":
        extra, likely = 1, bool(_COPULA_AFTER.match(text, last.end))
    else:
        return groups
    with_it, without = _is_whole(digits), _is_whole(digits[:-extra])
    if (with_it and not without) or (with_it == without and not likely):
        return groups
    kept = len(last.digits) - extra
    if kept <= 0:
        return groups[:-1]
    return [*groups[:-1], DigitGroup(last.digits[:kept], last.cells[:kept], spoken=True)]


def _is_whole(digits: str) -> bool:
    """Whether the digits make a whole mobile number, landline, registration number or card number."""
    if re.match("01[016-9]", digits):
        return len(digits) == 11
    if digits.startswith("0") and len(digits) in {9, 10, 11}:
        return True
    if len(digits) == 13:
        return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31
    return len(digits) == 16


def _is_date(match: re.Match[str]) -> bool:
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def _is_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣"


def is_gap(text: str) -> bool:
    """Whether a text holds nothing but separators and fillers between digits."""
    return bool(_GAP.fullmatch(text + " "))
