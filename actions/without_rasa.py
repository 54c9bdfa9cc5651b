"""Which action a turn needs when Rasa can't be asked: exact words only, everything else is a question."""

from __future__ import annotations

import re

from actions.ordinals import ordinal_of

_WITH = r"(이?랑|하고|과|와|을|를)?"
_PLEASE = r"(\s*(말해|들려|얘기해)\s*(줘|주세요))?"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "action_request_human",
        _words(rf"(상담원|상담사|담당자|직원|사람){_WITH}\s*(연결|통화|바꿔|이야기|얘기|말하)|talk to (a|some)"),
    ),
    ("action_cancel", _words(r"\s*(취소|그만|그만\s*할래요?|됐어요?|cancel|stop)[\s.!]*")),
    ("action_repeat", _words(rf"\s*(다시{_PLEASE}|한\s*번\s*더|again|repeat)[\s.!]*")),
    ("action_greet", _words(r"\s*(안녕(하세요|하십니까)?|hello|hi)[\s.!]*")),
    ("action_thanks", _words(r"\s*(고마워요?|고맙습니다|감사(해요|합니다)|thank(s| you).*)[\s.!]*")),
)


def action_for(text: str, suggestions: int = 0) -> str:
    """The name of the action; ``action_answer`` for anything that isn't plainly something else."""
    for action, pattern in _WORDS:
        found = pattern.search(text) if action == "action_request_human" else pattern.fullmatch(text)
        if found:
            return action
    if len(text) <= 12 and ordinal_of(text, suggestions) is not None:
        return "action_choose_suggestion"
    return "action_answer"
