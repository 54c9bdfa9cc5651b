"""Readings of dates, days of the week and times of day: what is found where, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Callable

from actions.spoken_numbers import native, sino

Reading = str | Callable[[re.Match[str]], str]
"""What a pattern is replaced by, as ``re.sub`` takes it."""

TO = r"\s*[~∼〜～–—]\s*"
_TO_OR_HYPHEN = r"\s*[~∼〜～–—-]\s*"
_WEEKDAY = r"(?:\s*\(([월화수목금토일])\))?"

_FULL_DATE = rf"(?<![\d.])(?:\d{{4}}|['’]\d{{2}})\s?[./-]\s?\d{{1,2}}\s?[./-]\s?\d{{1,2}}(?!\d)\.?{_WEEKDAY}"
_SHORT_DATE = rf"(?<![\d.,])\d{{1,2}}\.\s?\d{{1,2}}\.(?!\d){_WEEKDAY}"
_MONTH_DAY = rf"\d{{1,2}}월(?:\s?\d{{1,2}}일{_WEEKDAY})?"
_HALF = "오전|오후|낮|밤|새벽|아침|저녁"
_CLOCK = rf"(?:(?:{_HALF})\s*)?\d{{1,2}}:\d{{2}}(?!\d)"
_OCLOCK = rf"(?:(?:{_HALF})\s*)?\d{{1,2}}시(?!간|각|군|·)(?:\s?\d{{1,2}}분)?"
_YEARS = r"\d{4}년(?:\s?\d{1,2}월(?:\s?\d{1,2}일)?)?"


def _moment(text: str, *, ends: bool = False) -> str:
    """A date or a time of day in words."""
    text = text.strip()
    if ":" in text or re.search(r"\d시", text):
        return _time(text, ends=ends)
    weekday = re.search(r"\(([월화수목금토일])\)", text)
    numbers = re.findall(r"\d+", text)
    out = []
    if len(numbers) == 3 or re.match(r"\d{4}", text):
        year = int(numbers.pop(0))
        out.append(f"{sino(2000 + year if year < 100 else year)} 년")
    if numbers and ("월" in text or len(numbers) > 1 or "일" not in text):
        out.append(_month(int(numbers.pop(0))))
    if numbers:
        out.append(f"{sino(int(numbers.pop(0)))}일")
    if weekday:
        out.append(f"{weekday[1]}요일")
    return " ".join(out)


def _month(month: int) -> str:
    return {6: "유", 10: "시"}.get(month, sino(month)) + "월"


def _time(text: str, *, ends: bool) -> str:
    half = re.match(_HALF, text)
    hour, minute = [*map(int, re.findall(r"\d+", text)), 0][:2]
    colon = ":" in text
    if half:
        name, hour = f"{half[0]} ", hour - 12 if hour > 12 else hour
    elif hour > 24:
        name = ""
    elif (hour == 24 and (ends or colon)) or (hour == 0 and colon):
        name, hour = "밤 ", 12
    elif 12 < hour < 24:
        name, hour = "오후 ", hour - 12
    elif colon:
        name = "낮 " if hour == 12 else "오전 "
    else:
        name = ""
    said = native(hour) if 1 <= hour <= 12 else sino(hour)
    return f"{name}{said} 시" + (f" {sino(minute)} 분" if minute else "")


def _from_to(match: re.Match[str]) -> str:
    first, last, after = match["first"], match["last"], match["after"] or ""
    if re.fullmatch(r"\s*\d{1,2}\.?\s*", last):  # only the day: 11.22.~30.
        until = f"{sino(int(re.sub(r'[^0-9]', '', last)))}일"
    elif re.fullmatch(r"\d{1,2}일", last):
        until = f"{sino(int(last[:-1]))}일"
    else:
        until = _moment(last, ends=True)
    closing = " 사이" if after == "에" else "까지"
    return f"{_moment(first)}부터 {until}{closing}" + ("" if after == "까지" else after)


def _valid_date(match: re.Match[str]) -> str:
    numbers = [int(number) for number in re.findall(r"\d+", match[0])]
    month, day = numbers[-2:]
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return match[0]
    return _moment(match[0]) + _full_stop(match)


def _full_stop(match: re.Match[str]) -> str:
    """The point after a date ends the sentence too, where nothing follows."""
    return "." if match[0].endswith(".") and not match.string[match.end() :].strip() else ""


_DATE_OR_TIME = rf"{_FULL_DATE}|{_SHORT_DATE}|{_YEARS}|{_MONTH_DAY}|{_CLOCK}|{_OCLOCK}".replace(
    "([월화수목금토일])", "[월화수목금토일]"
)
_LAST = rf"{_DATE_OR_TIME}|\d{{1,2}}\.(?!\d)|\d{{1,2}}일"

MOMENTS: tuple[tuple[str, Reading], ...] = (
    (rf"(?P<first>{_DATE_OR_TIME}){_TO_OR_HYPHEN}(?P<last>{_LAST})(?P<after>까지|에(?![가-힣]))?", _from_to),
    (rf"(?P<first>{_DATE_OR_TIME})\s*[~∼〜～](?=\s|$|[,)])", lambda m: f"{_moment(m['first'])}부터"),
    (
        rf"(?:(?<=^)|(?<=[\s(:,]))[~∼〜～]\s*(?P<last>{_DATE_OR_TIME})(?:까지)?",
        lambda m: f"{_moment(m['last'], ends=True)}까지",
    ),
    (_FULL_DATE, _valid_date),
    (_SHORT_DATE, _valid_date),
    (r"(?<![\d.])(\d{4})\.\s?(\d{1,2})\.(?!\s?\d)", lambda m: f"{sino(int(m[1]))} 년 {_month(int(m[2]))}"),
    (_MONTH_DAY, lambda m: _moment(m[0])),
    (_CLOCK, lambda m: _moment(m[0])),
    (_OCLOCK, lambda m: _moment(m[0], ends=m.string[m.end() :].startswith("까지"))),
    (r"([월화수목금토일]요일)\s*[~∼〜～]\s*([월화수목금토일]요일)(?!까지)", r"\1부터 \2까지"),
    (r"([월화수목금토일])\s*[~∼〜～]\s*([월화수목금토일])(?![가-힣])", r"\1요일부터 \2요일까지"),
    (r"\(([월화수목금토일])\)", r" \1요일"),
)
"""Patterns and readings, to be tried in this order."""
