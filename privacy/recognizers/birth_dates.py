"""How people write and say dates: 1972.08.12, 천구백 음 육십 구년 사월 칠일, 삼십팔년 동짓달 열이레, 칠삼 공팔 공이."""

from __future__ import annotations

import re

from privacy.spoken_digits import read_digits

_SINO = "[영공일이삼사오육륙칠팔구십백천]"
_FILLED = r"(?:[ ](?:어+|음+|그|저)[ ]|[ ])"
_SAID_YEAR = (
    rf"(?:(?:천구백|이천){_FILLED}?{_SINO}{{0,4}}(?:[ ]{_SINO}{{1,2}})?|{_SINO}{{2,4}}(?:[ ][일이삼사오육칠팔구])?)"
)
YEAR = rf"(?:(?:(?:19|20)\d{{2}}|['’]?\d{{2}}|{_SAID_YEAR})[ ]?년(?:도)?)"
MONTH = r"(?:(?:1[0-2]|0?[1-9]|십일|십이|일|이|삼|사|오|육|유|칠|팔|구|십|시)[ ]?월|정월|동짓달|섣달|윤달)"
_MOON_DAY = (
    r"(?:초(?:하루|하룻날|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘)|열(?:하루|이틀|사흘|나흘|닷새|엿새"
    r"|이레|여드레|아흐레)"
    r"|스무(?:날|하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레)|보름|그믐|칠석|한가위|열흘)(?:날)?"
)
DAY = (
    rf"(?:(?:3[01]|[12]\d|0?[1-9]|(?:이십|삼십|십)[ ]?[일이삼사오육칠팔구]?"
    rf"|[일이삼사오육칠팔구])[ ]?일(?![가-힣]*[ ]?(?:동안|간\s))|{_MOON_DAY})"
)
_CALENDAR = r"(?:\(?(?:음력|양력|음|양|윤)\)?[ ]?)"
MEND = rf"(?:[ ]?(?:아니(?:다|야|요|고)?|아차)[ ](?:{YEAR}[ ]?)?(?:{MONTH}[ ]?)?)"
FULL = re.compile(
    rf"(?<![\d.\-])(?:(?=\d)|(?<![가-힣])){YEAR}{_FILLED}?{MEND}?{_CALENDAR}?(?:\(\S{{2,4}}\)[ ]?)?{MONTH}"
    rf"(?:{_FILLED}?{MEND}?(?:{DAY}))?"
)
"""Year and month, perhaps day."""
RELATIVE = re.compile(rf"(?<![가-힣])(?:올해|작년|재작년|지난해)[ ]{MONTH}(?:{_FILLED}?{DAY})?")
MONTH_DAY = re.compile(rf"(?<![\d가-힣.\-/]){_CALENDAR}?{MONTH}[ ]?{DAY}")
SEPARATED = re.compile(
    r"(?<![\d\-./])(?:19|20)?\d{2}[ ]?(?P<sep>[./\-]|[ ])[ ]?(?:1[0-2]|0?[1-9])[ ]?(?P=sep)[ ]?(?:3[01]|[12]\d"
    r"|0?[1-9])\.?(?![\d\-/])(?<!\.\.)"
)
MONTH_SLASH_DAY = re.compile(r"(?<![\d/])(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\d/])")
BACKWARDS = re.compile(
    r"(?<![\d\-./])(?:3[01]|[12]\d|0?[1-9])[ ]?[./\-][ ]?(?:1[0-2]|0?[1-9])[ ]?[./\-][ ]?(?:19|20)\d{2}(?![\d\-/])"
)
YEAR_ALONE = re.compile(rf"(?<![\d가-힣.\-/]){YEAR}")
MONTH_ALONE = re.compile(rf"(?<![\d가-힣.\-/]){_CALENDAR}?{MONTH}")
DAY_ALONE = re.compile(rf"(?<![\d가-힣.\-/]){DAY}")

_ONE = r"(?:\d|[공영일이삼사오육륙칠팔구])"
_RUN = re.compile(rf"(?<![가-힣\d.\-/])(?:{_ONE}{{2}}[ ,]{{0,2}}){{2,3}}{_ONE}{{2}}(?!\d|[ ]?[원년개명]|-)")


def digit_dates(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Where six or eight written or said digits read as a date (칠삼 공팔 공이, 880917, 1999 12 25)."""
    found = []
    for match in _RUN.finditer(text, start, len(text) if end is None else end):
        digits = "".join(_digit(letter) for letter in match.group() if letter not in " ,")
        if _is_date(digits):
            found.append(match.span())
        elif _is_date(digits[:6]) and not digits[6:].isdecimal():
            found.append((match.start(), match.start() + 6))
    return found


def _digit(letter: str) -> str:
    if letter.isdecimal():
        return letter
    read = read_digits(letter, 0)
    return read[0] if read else ""


def _is_date(digits: str) -> bool:
    if len(digits) == 8 and digits[:2] not in {"19", "20"}:
        return False
    month_day = digits[-4:]
    return len(digits) in (6, 8) and 1 <= int(month_day[:2]) <= 12 and 1 <= int(month_day[2:]) <= 31
