"""What every FAQ entry has to satisfy before it may be saved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from knowledge.entry import Entry

MAX_ANSWER_CHARS = 600
MAX_QUESTION_CHARS = 200
ENTRY_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HTML_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def problems_of(entry: Entry) -> list[str]:
    """Everything that is wrong with one entry, in Korean for its editor; empty when it may be saved."""
    found: list[str] = []
    if not ENTRY_ID.fullmatch(entry.entry_id) or len(entry.entry_id) > 80:
        found.append("entry_id는 영문 소문자, 숫자, 붙임표로 80자 이내여야 합니다")
    if not entry.question.strip():
        found.append("question(질문)이 비어 있습니다")
    if len(entry.question) > MAX_QUESTION_CHARS:
        found.append(f"question(질문)이 {len(entry.question)}자입니다. {MAX_QUESTION_CHARS}자 이내로 줄여 주세요")
    if not entry.answer.strip():
        found.append("answer(답변)가 비어 있습니다")
    if len(entry.answer) > MAX_ANSWER_CHARS:
        found.append(f"answer(답변)가 {len(entry.answer)}자입니다. {MAX_ANSWER_CHARS}자 이내로 줄여 주세요")
    if _HTML_TAG.search(entry.answer):
        found.append("answer(답변)에 HTML 태그를 쓸 수 없습니다. Markdown으로 써 주세요")
    if entry.audience not in ("citizen", "staff"):
        found.append(f"audience는 citizen 또는 staff여야 합니다: {entry.audience!r}")
    if entry.locale not in ("ko", "en"):
        found.append(f"locale은 ko 또는 en이어야 합니다: {entry.locale!r}")
    if entry.publication not in ("draft", "published", "retired"):
        found.append(f"publication은 draft, published, retired 가운데 하나여야 합니다: {entry.publication!r}")
    if entry.valid_from and entry.valid_until and entry.valid_from > entry.valid_until:
        found.append("valid_from(시작일)이 valid_until(마감일)보다 늦습니다")
    return found


def problems_among(entries: Iterable[Entry]) -> list[str]:
    """What is wrong with entries taken together: keys that stand twice, or one question for two entries."""
    entries = list(entries)
    keys = Counter((e.entry_id, e.locale) for e in entries)
    found = [
        f"{entry_id} ({locale}): 같은 entry_id가 {count}번 있습니다"
        for (entry_id, locale), count in keys.items()
        if count > 1
    ]
    asked: dict[tuple[str, str, str], set[str]] = {}
    for entry in entries:
        for text in {entry.question, *entry.variants}:
            asked.setdefault((entry.locale, entry.audience, " ".join(text.lower().split())), set()).add(entry.entry_id)
    found += [
        f"같은 질문이 여러 항목에 있습니다: “{text}” → {', '.join(sorted(ids))}"
        for (_locale, _audience, text), ids in asked.items()
        if len(ids) > 1
    ]
    return found
