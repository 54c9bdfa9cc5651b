"""What may stand between the digit groups of one number: separators, fillers, words of order and of repair."""

from __future__ import annotations

import re

LONGEST_GAP = 32
"""Characters; whoever says more in between has begun to talk of something else."""

_SEPARATOR = r"(?:[\sㅡ\-–—‐‑‒−~∼〜·•.,/()_－．，／＿（）：＊\[\]:*#|+…\u200b-\u200f\u2060\ufeff\u00ad]|[?!](?!\n))"
# 에, 이고, 다시: what is said where a hyphen is written.
_SAID_SEPARATORS = (
    "다시", "띄우고", "띄고", "쉬고", "줄표", "막대기", "막대", "쉼표", "콤마", "하이픈", "대시", "다쉬", "바",
    "작대기", "빼기", "마이너스", "짝대기", "언더바", "점", "쩜", "닷", "땡", "국에", "국의", "국", "번에", "에다가",
    "에다", "에", "의", "이고요", "이고", "고요", "구요", "고", "하고요", "하고", "이랑", "이요", "요",
    "까지는요", "까지요", "까지", "이며",
)  # fmt: skip
_ORDER = (
    r"그\s?다음(?:이요|에는|에는요|으로|에|엔|은|이|요)?", r"다음(?:에는|에|엔|은|이|으로)?",
    r"그\s?(?:뒤|담)(?:에는|에가|에|는|로|이|가)?", r"뒤(?:에는|에가|에|는|가|로)", "그리고(?:요|는)?", "그러고",
    "이어서",
    "나머지(?:는|가)?", r"끝(?:에|은|이|에는)", "마지막(?:은|이|에)?", r"가운데(?:는|가)?",
)  # fmt: skip
_FILLERS = (
    "그러니까요?", "그니까요?", "그러면", "어디 ?보자", "가만있자", "가만있어", "가만", r"뭐였더라", "뭐더라",
    "뭐드라",
    "뭐지", "뭐냐", "뭐고", "뭐시냐", "뭐시", "뭐", r"잠깐만요", "잠깐만", "잠깐", "잠시만요", "잠시만", "잠시",
    "하이고",
    "아이고", "에이", "저기요", "저기", "저", "있잖아요?", "있죠", "이제", "맞나요?", "맞죠", "맞다", "적었어요",
    "적으셨어요", "됐어요", "되셨어요", "그게", "이게", "거", "그+", "네+", "예", "어+", "음+", "으음", "아+",
    "에+", "엄",
    "흠", "또",
)  # fmt: skip
_NOT = r"아니(?:에요|예요|다|야|요|고요|고|구나|구요|구|면|라)?|아녜요|아뇨|말고요?"
_REPAIRS = (
    rf"(?:이|가)\s?(?:{_NOT})", _NOT, "아차", "앗", r"잘못\s?(?:말했(?:어요|네요|네|다)|했(?:어요|네요|네|다)|요)?",
    r"틀렸(?:어요|네요|네|다)", r"죄송(?:해요|합니다)?", r"미안(?:해요|합니다)?", r"헷갈렸?(?:네요|네|어요|다)",
    r"다시\s?(?:말)?할게요?", r"다시\s?말(?:씀)?\s?(?:드릴|할)게요?", r"다시\s?불러\s?드릴게요?",
    r"정정(?:할게요|이요)?",
)  # fmt: skip

REPAIR = re.compile("|".join(_REPAIRS))
"""Words with which people take back what they just said."""
# Possessive throughout: 4,000 times 어 must not be tried in 2^4000 ways.
_GAP = re.compile(
    rf"(?>{_SEPARATOR}++|(?>{'|'.join((*_REPAIRS, *_ORDER, *_FILLERS))})|(?>{'|'.join(_SAID_SEPARATORS)}))*+"
)


def is_gap(text: str) -> bool:
    """Whether a text holds nothing but separators, fillers and words of repair."""
    return bool(_GAP.fullmatch(text))


def only_gap_between(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a gap short enough to lie inside one number."""
    return 0 <= start <= end and end - start <= LONGEST_GAP and bool(_GAP.fullmatch(text, start, end))
