"""Answers of a dialogue side by side: ``48나요`` / ``네, 뒤에는요?`` / ``7162`` read as ``48나 7162``.

Between the pieces of one identifier stand the turns of whoever writes it down. Without them, and without what people
say around a piece (네, …까지요), every recognizer can read the whole, without knowing that dialogues exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from privacy.number_topics import kind_named
from privacy.recognizers.case_said import COURT_WORD
from privacy.recognizers.said_letters import LETTER
from privacy.said_endings import without_ending, without_lead

_LONGEST_PROMPT = 34
_MOST_PROMPTS = 2
_SINO = "[공영일이삼사오육륙칠팔구십백천]"
_GOES_ON = re.compile(
    r"\A\s*(?:(?:네+|넵|예|응|음|어|아|자)[\s.,!~…]*)*\Z|다음|이어서|계속|나머지|[뒤앞]|아래|끝|더\s?(?:있|불러|주)"
    r"|남았|말씀|불러"
    r"|듣고|적(?:었|을|고|어)|자리|숫자|한글|글자|천천히|확인|그리고|또요|번지|몇\s?(?:동|호|층|일|월)|호수|건물|상세"
    r"|며칠|월일|날짜"
    r"|골뱅이|도메인|어디\s?(?:메일|꺼)|맞(?:나|으|습|아)"
)
_HAS_DATA = re.compile(rf"\d(?!\s?(?:자리|개|글자))|[A-Za-z@]|{_SINO}{{3}}")
_ASKS_ELSE = re.compile(r"얼마|몇\s?(?:시|명|통|살|세|개|번|분)|언제|나이|성함|용건|민원\s?내용|연락처")
_UNIT = rf"(?:\d{{1,4}}|{_SINO}{{1,8}})\s?(?:동|호|층|번지)"
_ENDS = re.compile(
    rf"(?:[\dA-Za-z_@]|{_SINO}|골뱅이|(?<=\s)[점쩜]|[년월일동로길구군읍면리가호층시]|(?:\d|{_SINO})\s?[가-힣]"
    rf"|(?<![가-힣]){LETTER}{{1,8}}|{COURT_WORD})\Z"
)
_BEGINS = re.compile(
    rf"[\dA-Za-z@_]|{_SINO}|골뱅이|(?:[가-힣]{{1,9}}\s){{0,2}}[가-힣]{{0,9}}(?:\d|{_SINO}{{2}})|지하|지층|반지하"
    rf"|네이버|지메일|한메일"
    rf"|다음\s?(?:점|닷|쩜)|네이트|카카오|{LETTER}{{2,8}}(?![가-힣]{{3}})|{COURT_WORD}(?![가-힣]{{2}})"
)
_BEGINS_WITH_UNIT = re.compile(_UNIT)


@dataclass(frozen=True, slots=True, repr=False)
class StitchedTurns:
    """``text`` holds the joined answers; ``origin[i]`` is where its letter i stood, -1 for what joins them."""

    text: str
    origin: tuple[int, ...]

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where ``text[start:end]`` stood, if it spans several turns; a find within one is none of ours."""
        pieces: list[tuple[int, int]] = []
        for at in self.origin[start:end]:
            if at < 0:
                continue
            if pieces and pieces[-1][1] == at:
                pieces[-1] = (pieces[-1][0], at + 1)
            else:
                pieces.append((at, at + 1))
        return pieces if "\n" not in self.text[start:end] and -1 in self.origin[start:end] else []


def stitch(text: str) -> StitchedTurns | None:
    """The answers of a dialogue (turns are lines) that may belong together; None where no two do."""
    letters: list[str] = []
    origin: list[int] = []
    for questions, answers in _runs(text):
        for at, (start, end) in enumerate((*questions, *answers)):
            letters += ["\n" if at in {0, len(questions)} else " ", text[start:end]]
            origin += [-1, *range(start, end)]
    return StitchedTurns("".join(letters), tuple(origin)) if letters else None


_Line = tuple[int, int]


def _runs(text: str) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """What was asked (the turn before and the prompts), and the answers without what is said around them."""
    lines = list(_lines(text))
    at = 0
    while at < len(lines):
        run, asked, following = [lines[at]], lines[at - 1 : at] if at else [], at + 1
        while (after := _continued_at(text, run[-1], lines, following)) is not None:
            start, end = lines[after]
            asked += lines[following:after]
            run[-1] = (run[-1][0], without_ending(text, *run[-1]))
            run.append((without_lead(text, start, end), end))
            following = after + 1
        if len(run) > 1:
            yield asked, run
        at = following


def _continued_at(text: str, last: _Line, lines: list[_Line], following: int) -> int | None:
    """The turn that goes on with ``last``, behind at most a few prompts."""
    if text.startswith("?", last[1] - 1):
        return None
    ends = bool(_ENDS.search(text[last[0] : without_ending(text, *last)]))
    for at in range(following, min(following + _MOST_PROMPTS + 1, len(lines))):
        start, end = lines[at]
        if not _is_prompt(text[start:end]):
            begins = (_BEGINS if ends else _BEGINS_WITH_UNIT).match(text, without_lead(text, start, end), end)
            return at if begins else None
    return None


def _is_prompt(line: str) -> bool:
    if len(line) > _LONGEST_PROMPT or _HAS_DATA.search(line) or _ASKS_ELSE.search(line):
        return False
    asks = line.rstrip().endswith("?")
    return bool(_GOES_ON.search(line)) and (asks or (kind_named(line) is None and not line.startswith("골뱅이")))


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1
