"""Personal data that shows by its own form: mobile numbers, registration numbers, cards, e-mail addresses, plates.

Made for logs and databases: random digits, hex, UUIDs, floats and times must not count, so a number has to stand alone,
begin as real ones do and pass its checksum where it has one. What needs a label or a dialogue is the scrubber's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from privacy.digit_chains import read_chains
from privacy.kinds import PersonalKind

# Cheap ways to see where it is worth to look closely; what follows then sees so many letters around.
_MANY_DIGITS = re.compile(r"[0-9](?:[^0-9A-Za-z]{0,4}[0-9]){8,}")
_PREFIX, _SUFFIX = 8, 16
_ALONE = r"(?<![0-9A-Za-z])(?<![0-9][-.,])"
_ENDS = r"(?![0-9A-Za-z])(?![-.]\d)"
_MOBILE = re.compile(
    rf"{_ALONE}01[016789](?:(?P<s>[-–.·/]|\) ?| - )\d{{3,4}}(?:[-–.·/]| - )\d{{4}}"
    rf"|(?<![0-9] 01[016789]) \d{{3,4}} \d{{4}}(?! \d)){_ENDS}"
    rf"|{_ALONE}010\d{{8}}{_ENDS}"
    rf"|(?:\+82[-. ]?(?:\(0\))?0?|(?<![0-9A-Za-z])82[-. ])1[016789][-. ]?\d{{3,4}}[-. ]?\d{{4}}{_ENDS}"
)
_RRN = re.compile(rf"{_ALONE}(\d{{6}})(\s?[-–]\s?|\s|)([1-8]\d{{6}}){_ENDS}(?! \d)")
_RRN_LABEL = re.compile(r"주민|외국인|등록\s?번호|rrn|jumin|resident|ssn", re.IGNORECASE)
_LABEL_REACH = 40
_RRN_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_LOOKS_LIKE_MILLISECONDS = re.compile("1[0-9]")
_CARD = re.compile(
    rf"{_ALONE}(?:\d{{4}}(?P<s>[- ])\d{{4}}(?P=s)\d{{4}}(?P=s)\d{{4}}|\d{{16}}"
    rf"|3[47]\d{{2}}[- ]\d{{6}}[- ]\d{{5}}|3[47]\d{{13}}){_ENDS}(?! \d)"
)
# Issuers' first digits (ISO/IEC 7812): Visa, Mastercard, JCB, UnionPay, Diners, Korean cards, American Express.
_ISSUER = re.compile(r"4|5[1-5]|2[2-7]|35|6[0-5]|3[0689]|9[0-9]|3[47]")
_FEWEST_DIFFERENT = 4
_MAILBOX = re.compile(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\Z")
_LONGEST_MAILBOX = 64
_AT_HOST = re.compile(r"@((?:[A-Za-z0-9\-]{1,40}\.){1,4}([A-Za-z]{2,6}))(?![A-Za-z0-9\-]|\.[A-Za-z])")
_TOPS = re.compile(
    "com|net|org|kr|io|me|edu|gov|mil|info|biz|co|dev|app|ai|jp|cn|us|uk|de|fr|eu|ca|au|in|ru|tv|cc|to|xyz|site|online",
    re.IGNORECASE,
)
# RFC 2606 keeps these for examples; offices of the state publish theirs.
_NOBODYS_HOST = re.compile(
    r"(?:.+\.)?(?:example(?:\.(?:com|net|org|kr|co\.kr))?|test|invalid|localhost|go\.kr)", re.IGNORECASE
)
_NOBODYS_MAILBOX = re.compile("no-?reply|do-?not-?reply|git|postmaster", re.IGNORECASE)
_SPOKEN_START = re.compile(
    r"(?:공|영|제로|빵)[ ,]{0,2}(?:일|하나)[ ,]{0,2}(?:공|영|제로|빵|육|칠|팔|구)"
    r"|(?<![0-9A-Za-z])01[016789](?=[-\s,.에]{0,3}[공영일이삼사오육칠팔구하둘셋넷다여아제])"
)
_SPOKEN_REACH = 120
_MOBILE_DIGITS = 11
_SPOKEN_MOBILE = re.compile(r"01[016789]\d{7,8}")
_REGION = "(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)"
_USE = "[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주하허호배바사아자]"
_PLATE_MIDDLE = re.compile(rf"[0-9] ?{_USE} ?[0-9]{{4}}")
_PLATE = re.compile(
    rf"(?<![0-9A-Za-z.,\-])(?<!제)(?:{_REGION} ?\d{{1,2}} ?{_USE} ?|\d{{2,3}}{_USE} ?)\d{{4}}"
    r"(?![0-9A-Za-z.,\-]*[0-9A-Za-z])(?! ?(?:원|만|억|천|명|년|개|건|호|동|번길|번|층|월|일|시|㎡|회|매|대))"
)
_YEAR_AFTER_SPACE = re.compile(r" (?:19|20)\d\d$")


class Hit(NamedTuple):
    """Where in a text a value stands, and what it is."""

    kind: PersonalKind
    start: int
    end: int


def find_personal(text: str) -> Iterator[Hit]:
    """Every value in a text, kind by kind."""
    for digits in _MANY_DIGITS.finditer(text):
        yield from _numbers(text, max(0, digits.start() - _PREFIX), digits.end() + _SUFFIX)
    yield from _emails(text)
    if text.isascii():
        return
    for start in _SPOKEN_START.finditer(text):
        yield from _spoken(text, start.start())
    for middle in _PLATE_MIDDLE.finditer(text):
        yield from _plates(text, max(0, middle.start() - _PREFIX), middle.end() + _SUFFIX)


def _numbers(text: str, first: int, last: int) -> Iterator[Hit]:
    for match in _MOBILE.finditer(text, first, last):
        yield Hit(PersonalKind.PHONE, *match.span())
    for match in _RRN.finditer(text, first, last):
        if _is_rrn(text, match):
            yield Hit(PersonalKind.FOREIGNER if match[3][0] in "5678" else PersonalKind.RRN, *match.span())
    for match in _CARD.finditer(text, first, last):
        if _is_card(match.group()):
            yield Hit(PersonalKind.CARD, *match.span())


def _plates(text: str, first: int, last: int) -> Iterator[Hit]:
    for match in _PLATE.finditer(text, first, last):
        if not _YEAR_AFTER_SPACE.search(match.group()):
            yield Hit(PersonalKind.PLATE, *match.span())


def _is_rrn(text: str, match: re.Match[str]) -> bool:
    born, separator, rest = match.groups()
    if not _is_birth(born, rest[0]):
        return False
    if separator.strip() or _RRN_LABEL.search(text, max(0, match.start() - _LABEL_REACH), match.start()):
        return True
    # Thirteen digits may be a time in milliseconds (17…), and any two numbers may stand side by side.
    if not separator and _LOOKS_LIKE_MILLISECONDS.match(born):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(born + rest, _RRN_WEIGHTS, strict=False))
    return (11 - total % 11) % 10 == int(rest[-1])


def _is_birth(born: str, century: str) -> bool:
    year = (1900 if century in "1256" else 2000) + int(born[:2])
    try:
        return date(year, int(born[2:4]), int(born[4:6])).year <= date.today().year  # noqa: DTZ011 - a year is enough
    except ValueError:
        return False


def _is_card(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if not _ISSUER.match(digits) or len(set(digits)) < _FEWEST_DIFFERENT:
        return False
    doubled = [int(digit) * (2 if index % 2 else 1) for index, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _emails(text: str) -> Iterator[Hit]:
    for match in _AT_HOST.finditer(text):
        first = max(0, match.start() - _LONGEST_MAILBOX - 1)
        mailbox = _MAILBOX.search(text[first : match.start()])
        somebodys = mailbox and not _NOBODYS_MAILBOX.fullmatch(mailbox.group())
        if mailbox and somebodys and _TOPS.fullmatch(match[2]) and not _NOBODYS_HOST.fullmatch(match[1]):
            yield Hit(PersonalKind.EMAIL, first + mailbox.start(), match.end())


def _spoken(text: str, start: int) -> Iterator[Hit]:
    said = text[start : start + _SPOKEN_REACH].partition("\n")[0]
    for chain in read_chains(said)[:1]:
        if chain.spoken and chain.start == 0 and _SPOKEN_MOBILE.match(chain.digits):
            last = chain.cells[min(_MOBILE_DIGITS, len(chain.digits)) - 1][1]
            yield Hit(PersonalKind.PHONE, start, start + last)
