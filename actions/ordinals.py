"""Which of the offered suggestions is meant by 첫 번째, 두 번째 거요, 3번, the second one; or none of them."""

from __future__ import annotations

import re

_WORDS: tuple[tuple[re.Pattern[str], int], ...] = (
    (
        re.compile(
            r"첫|처음|맨\s*(위|앞)|제일\s*(위|앞)|(?<!\d)1\s*번|(?<!제)일\s*번|^하나(?!도|의)|한\s*번째|①|\bfirst\b|"
            r"(^|\b(number|option)\s+)one\b|\b1(st)?\b"
        ),
        0,
    ),
    (
        re.compile(
            r"두\s*번?\s*째|둘\s*째|(?<!\d)2\s*번|이\s*번(?!\s*(달|주|해|년|에|호|학기|여름|겨울|봄|가을|추석|설|연휴))|두\s*번|"
            r"가운데|중간|②|\bsecond\b|\btwo\b|\b2(nd)?\b"
        ),
        1,
    ),
    (re.compile(r"세\s*번?\s*째|셋\s*째|(?<!\d)3\s*번|삼\s*번|세\s*번|③|\bthird\b|\bthree\b|\b3(rd)?\b"), 2),
    (re.compile(r"마지막|맨\s*(아래|밑|끝)|제일\s*(아래|밑|끝)|\blast\b"), -1),
)


def ordinal_of(text: str, count: int) -> int | None:
    """Position (0-based) among ``count`` suggestions, or None where the words name none or one that isn't there."""
    if count == 0:
        return None
    lowered = text.lower().strip()
    named = {position for pattern, position in _WORDS if pattern.search(lowered)}
    if re.fullmatch(r"[1-9]", lowered):
        named = {int(lowered) - 1}
    if -1 in named:
        named = {count - 1}
    if len(named) != 1:
        return None
    position = named.pop()
    return position if position < count else None


_NONE_OF_THESE = re.compile(
    r"\s*(그\s*밖의?\s*(다른\s*)?질문|다른\s*질문|(이|그|여기)\s*(중|가운데|안)에(는|서는)?\s*없(어요?|네요?|습니다|는데요?)|"
    r"(다|둘\s*다|셋\s*다|모두)\s*아니(에요|야|요|네요|라고요)?|"
    r"something else|(another|other) question|none( of (these|them))?)(요|이요|이에요|입니다)?[\s.!]*",
    re.IGNORECASE,
)


def is_none_of_these(text: str) -> bool:
    """Whether these are the words of the last button, or say the same."""
    return _NONE_OF_THESE.fullmatch(text) is not None
