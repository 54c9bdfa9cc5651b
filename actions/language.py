"""In which language somebody asks."""

from __future__ import annotations

import re

from knowledge.entry import Locale

_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_ENGLISH_WORD = re.compile(r"[A-Za-z]{2,}")
_MANY_WORDS = 3


def language_of(text: str) -> Locale | None:
    """The language of a question; None where a lone word in Latin letters (PC, OK) or digits leave it open.

    A Korean name in an English sentence (How do I get a 등본?) doesn't make it Korean, nor CCTV a question English.
    """
    words = _ENGLISH_WORD.findall(text)
    hangul = len(_HANGUL.findall(text))
    if hangul:
        return "en" if len(words) >= _MANY_WORDS and sum(map(len, words)) > 2 * hangul else "ko"
    return "en" if len(words) > 1 else None
