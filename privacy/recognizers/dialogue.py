"""Which turns of a dialogue answer a question of some kind. Turns are the lines of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_NOD = re.compile(
    r"\s*(?:(?:네|넵|넹|예|응|음|아|어|자|그리고|그다음(?:은|에)?|다음(?:은|에)?|계속|이어서|말씀|하세요"
    r"|해\s?주세요|불러\s?주세요"
    r"|잠시만|잠깐만|확인|맞아|맞습니다|적었|받았|습니다|어요)(?:요|는요)?[\s.,!?~…]*){1,4}"
)
_MEMORY = 4
"""Turns after which a topic that nobody takes up again is closed."""


class OpenTopic:
    """Whether the next turn may tell a piece of something, and whether the turn before asked for it.

    What was asked for, begun or told stays open for a few turns, or until somebody speaks of something else; a nod
    changes nothing.
    """

    def __init__(self, memory: int = _MEMORY) -> None:
        self._memory = memory
        self._left = 0
        self._told = False
        self.asked = False

    def __bool__(self) -> bool:
        return self._left > 0

    def hear(self, line: str, *, asks: bool, goes_on: bool, told: bool, closes: bool) -> None:
        """Take in a turn. ``goes_on`` only counts while the topic is open, ``closes`` if the turn does nothing else."""
        nod = is_nod(line)
        goes_on = goes_on and bool(self)
        if asks or goes_on or told:
            self._left = self._memory
        elif closes:
            self._left = 0
        elif not nod:
            self._left = max(0, self._left - 1)
        self.asked = asks or goes_on or (nod and bool(self) and (self.asked or self._told))
        self._told = told


Says = Callable[[str], object]
"""Says of a line (truthy or falsy) whether it asks for the thing."""


def is_nod(line: str) -> bool:
    """Whether a turn only says that it heard, or that the other may go on."""
    return bool(_NOD.fullmatch(line))


def answer_lines(text: str, opens: Says, goes_on: Says | None = None) -> Iterator[tuple[int, int]]:
    """Start and end of every line that answers a question for which ``opens`` is true.

    Lines that only nod (네, 그리고요) pass the question on. ``goes_on`` tells a question that asks for the next piece,
    but only while the topic is open (며칠이세요? after 생년월일).
    """
    asked, age, start = False, _MEMORY + 1, 0
    for line in text.split("\n"):
        end = start + len(line)
        nod = is_nod(line)
        if asked and not nod:
            yield start, end
        age += 1
        if opens(line) or (age <= _MEMORY and goes_on is not None and goes_on(line)):
            asked, age = True, 0
        elif nod:
            asked = age <= _MEMORY
        else:
            asked = False
        start = end + 1
