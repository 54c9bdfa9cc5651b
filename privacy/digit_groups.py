"""Digits written, said or starred in one breath: ``1234``, ``１２３４``, ``공일공``, ``61**``, ``별표별표별표``."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from privacy.digit_gaps import only_gap_between
from privacy.spoken_digits import SPOKEN_RUN, Cell, read_digits

_STAR = "[*＊●○◯•]"
_SAID_STARS = r"(?:(?:별표|땡)[\s,]?){2,}"
# Stars hide digits when they stand in a row, or beside written digits of the same number.
_MASK = (
    rf"{_STAR}{{3,}}|(?<=\d){_STAR}{{2}}(?=[\s\-]?(?:{_STAR}|\d))|(?<=\d)(?:[xX]{{4,}}|[ㅇOo]{{4,}})|(?<=\d-)[xX]{{4,}}"
)
_GROUP = re.compile(rf"(?P<written>\d+)|(?P<mask>{_MASK}|{_SAID_STARS})|(?P<spoken>{SPOKEN_RUN.pattern})")
HIDDEN = "0"
"""What a star reads as: any digit would do for layouts."""

_LETTER_BEFORE = re.compile(r"([A-Za-z]+)\.?\Z")
_PHONE_LETTERS = frozenset({"t", "tel", "hp", "h", "p", "m", "mobile", "phone", "cp", "c", "fax", "f", "no", "o"})
_LONG_ENOUGH = 9
"""Digits that are an identifier even when glued to Latin letters."""

# What may be glued to one or two spoken digits: particles, copulas and their dialects, then the end of the word.
_PARTICLES = (
    r"(?:이|가|은|는|을|를|에|의|로|으로|과|와|랑|이랑|도|만|까지|부터|한테|밖에|뿐|쯤|에서|에게|께|처럼|보다|하고|번|번호|국|여"
    r"|이여|유|이유|다|이다|야|이야|지|이지|죠|이죠|니|이니|네|이네|고|이고|구|이구|라|이라|며|이며|요|이요|라예|이라예)"
    r"(?:는|은|도|만|가|이|의|에|으로|요|여|유)?"
)
_COPULAS = (
    r"이?(?:에요|예요|에여|여요|인데|은데|인디|거든|라고|라는|라니까|랑께|드래|니까|인가|던가|었|였|래|란|시|구먼|구만|걸)[가-힣]{0,4}"
    r"|일걸요|입니다|입니까|임다|마씸|번이[에여]?요?|번으로|이에|이예"
)
_PARTICLE = re.compile(
    rf"(?:{_PARTICLES}|{_COPULAS})(?![가-힣])|다시|별표|입니|그\s?다음|맞[는아나죠지]|[어음](?=[\s.…])"
)
_AND = re.compile(r"(?:고|구)(?:요)?[\s,]")


@dataclass(frozen=True, slots=True, repr=False)
class DigitGroup:
    """Digits of one breath; ``cells[i]`` is where digit i stood in the text. Hidden digits (stars) read as 0."""

    digits: str
    cells: tuple[Cell, ...]
    spoken: bool

    @property
    def start(self) -> int:
        return self.cells[0][0]

    @property
    def end(self) -> int:
        return self.cells[-1][1]

    @property
    def by_place_value(self) -> bool:
        """Whether it was said as a quantity is (이백, 천이백삼십사)."""
        return self.spoken and len(self.cells) > 1 and self.cells[0] == self.cells[-1]


def read_groups(text: str, blocked: list[Cell]) -> Iterator[DigitGroup]:
    """Groups of an NFC text in order, none inside a blocked range; ``blocked`` is sorted."""
    starts = [begin for begin, _ in blocked]
    previous_end, digits_before, position = -1, 0, 0
    while match := _GROUP.search(text, position):
        position = match.end()
        start, end = match.span()
        at = bisect_right(starts, end - 1) - 1
        if at >= 0 and start < blocked[at][1]:
            continue
        if match["written"]:
            group = _written(text, start, end)
        elif match["mask"]:
            group = _masked(text, start, end)
        else:
            group = _spoken(text, start, end, previous_end, digits_before)
        if group is None:
            continue
        continues = only_gap_between(text, previous_end, group.start)
        digits_before = (digits_before if continues else 0) + len(group.digits)
        previous_end = group.end
        yield group


def _written(text: str, start: int, end: int) -> DigitGroup | None:
    digits = "".join(str(unicodedata.decimal(letter)) for letter in text[start:end])
    letters = _LETTER_BEFORE.search(text, max(0, start - 12), start)
    if letters and letters[1].lower() not in _PHONE_LETTERS and len(digits) < _LONG_ENOUGH:
        return None
    glued = end < len(text) and text[end].isascii() and text[end].isalpha() and text[end] not in "xXOo"
    if glued and len(digits) < _LONG_ENOUGH:
        return None
    return DigitGroup(digits, tuple((index, index + 1) for index in range(start, end)), spoken=False)


def _masked(text: str, start: int, end: int) -> DigitGroup:
    """One hidden digit a star; a star said takes two letters."""
    if text[start] in "별땡":
        cells = tuple((start + each.start(), start + each.end()) for each in re.finditer("별표|땡", text[start:end]))
    else:
        cells = tuple((index, index + 1) for index in range(start, end))
    return DigitGroup(HIDDEN * len(cells), cells, spoken=False)


def _spoken(text: str, start: int, end: int, previous_end: int, digits_before: int) -> DigitGroup | None:
    """The group of a spoken run; None for words that only look like digits (이사 갔어요, 오이, 367이고)."""
    if text[end - 1] == "이" and _AND.match(text, end):
        end -= 1
    if (
        text[start:end] in {"이", "일"}
        and start > 0
        and (
            text[start - 1].isdecimal()
            or (text[start - 1].isascii() and text[start - 1].isalpha())
            or text[start - 1] in ")'\"”"
        )
    ):
        return None
    read = read_digits(text[start:end], start) if start < end else None
    if read is None:
        return None
    digits, cells = read
    follows = only_gap_between(text, previous_end, start)
    glued_before = start > 0 and is_hangul(text[start - 1]) and not follows
    if glued_before and len(digits) < 6:
        return None
    glued_after = end < len(text) and is_hangul(text[end]) and not SPOKEN_RUN.match(text, end)
    certain = len(digits) >= 3 or (follows and digits_before >= 5)
    if glued_after and (not certain or len(digits) < 3) and not _PARTICLE.match(text, end):
        return None
    return DigitGroup(digits, cells, spoken=True)


def is_hangul(letter: str) -> bool:
    """Whether a letter is a composed Hangul syllable."""
    return "가" <= letter <= "힣"
