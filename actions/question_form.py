"""An entry's title as a question: many foreign bases head their entries with a noun phrase (경로당 난방비)."""

from __future__ import annotations

import re

from actions.wording import catalogue
from knowledge.entry import Locale

_QUESTION = re.compile(
    r"[?？]$|(나요|까요|가요|어요|아요|해요|예요|에요|세요|네요|데요|래요|려면|는지|은지|인지|니까|니다|니|나|죠|지요|싶다|주오|는가|은가|인가)[.!…~]*$|"
    r"^(how|what|where|when|who|which|why|can|do|does|is|are|may|must|should|i|my)\b",
    re.IGNORECASE,
)


def is_question(title: str) -> bool:
    """Whether a title asks or tells something itself."""
    return _QUESTION.search(title.strip()) is not None


def in_question_form(title: str, locale: Locale) -> str:
    """The title itself where it asks, or else a question whether it is meant."""
    return title if is_question(title) else catalogue(locale)["did_you_mean_about"].replace("{title}", title.strip())
