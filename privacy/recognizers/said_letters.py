"""Latin letters, digits and signs as people say them when they spell: 에이치 오 언더바 팔팔 점 케이알."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.spoken_digits import READING

LETTER = (
    r"(?:에이치|에이취|에이|더블유|더블류|떠블유|브이|에프|에스|에쓰|제이|케이|와이|제트|엑스|아이|비|씨|시|디|이"
    r"|지|엘|엠|엔|오|피|큐|알|아르|티|유)"
)
LETTERS = re.compile(rf"{LETTER}{{1,8}}")
"""A word of letters, said one after the other: 에스유비."""
SIGN = r"(?:언더바|언더\s?스코어|밑줄|하이픈|대시|다시|점|쩜|닷|도트|플러스|마침표)"
_COUNTS = frozenset(["하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"])
SIGN_WORD = re.compile(SIGN.replace(r"\s?", ""))
DIGITS_SAID = re.compile(rf"(?:{READING.pattern}|[십백천]){{1,12}}")


def is_spelled(word: str) -> bool:
    """Whether a word is letters, digits or a sign, said or written, and no other Korean word."""
    return bool(
        re.fullmatch(r"[A-Za-z0-9._+\-]+", word)
        or LETTERS.fullmatch(word)
        or is_said_number(word)
        or SIGN_WORD.fullmatch(word)
    )


def is_said_number(word: str) -> bool:
    """Whether a word is said digits; 하나, 둘 … 아홉 alone count things."""
    return bool(DIGITS_SAID.fullmatch(word)) and word not in _COUNTS


_WORD = re.compile(r"[^\s,]+")
_COPULA = re.compile(
    r"(?<=.)(?:이?요|입니다|이고요?|이?에요|예요|인데요?|이랑|으?로|[은는이가]|이?라고|이야|야|에)?[.,!?]*\Z"
)


def spelled_runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of two words and more between ``start`` and ``end`` that spell something."""
    first = last = -1
    count = 0
    for word in _WORD.finditer(text, start, end):
        said = word.group()
        bare = said if is_spelled(said) else _COPULA.sub("", said, count=1)
        if is_spelled(bare):
            first, count = (word.start(), 1) if count == 0 else (first, count + 1)
            last = word.start() + len(bare)
        if not is_spelled(said):
            if count > 1:
                yield first, last
            count = 0
    if count > 1:
        yield first, last
