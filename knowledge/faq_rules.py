"""What every FAQ entry has to satisfy before it may be saved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from knowledge.entry import BASE_AGENCY, Entry

MAX_ANSWER_CHARS = 600
MAX_QUESTION_CHARS = 200
ENTRY_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_CATEGORY_CHARS = 80
MAX_AGENCY_CHARS = 40
_HTML_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_WEB_ADDRESS = re.compile(r"https?://\S+")
# Control characters, lone surrogates and non-characters: spreadsheets and databases can't hold them.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def problems_of(entry: Entry) -> list[str]:
    """Everything that is wrong with one entry, in Korean for its editor; empty when it may be saved."""
    found: list[str] = []
    if not ENTRY_ID.fullmatch(entry.entry_id) or len(entry.entry_id) > 80:
        found.append("entry_id는 영문 소문자, 숫자, 붙임표로 80자 이내여야 합니다")
    hides = entry.publication == "hidden"
    if not entry.question.strip() and not hides:
        found.append("question(질문)이 비어 있습니다")
    if len(entry.question) > MAX_QUESTION_CHARS:
        found.append(f"question(질문)이 {len(entry.question)}자입니다. {MAX_QUESTION_CHARS}자 이내로 줄여 주세요")
    if not entry.answer.strip() and not hides:
        found.append("answer(답변)가 비어 있습니다")
    if len(entry.answer) > MAX_ANSWER_CHARS:
        found.append(f"answer(답변)가 {len(entry.answer)}자입니다. {MAX_ANSWER_CHARS}자 이내로 줄여 주세요")
    if _HTML_TAG.search(entry.answer):
        found.append("answer(답변)에 HTML 태그를 쓸 수 없습니다. Markdown으로 써 주세요")
    if entry.audience not in ("citizen", "staff"):
        found.append(f"audience는 citizen 또는 staff여야 합니다: {entry.audience!r}")
    if entry.locale not in ("ko", "en"):
        found.append(f"locale은 ko 또는 en이어야 합니다: {entry.locale!r}")
    if entry.publication not in ("draft", "published", "retired", "hidden"):
        found.append(f"publication은 draft, published, retired, hidden 가운데 하나여야 합니다: {entry.publication!r}")
    if hides and entry.agency == BASE_AGENCY:
        found.append("publication의 hidden은 구의 항목에서 공통 항목을 가릴 때 씁니다. 내리려면 retired로 적어 주세요")
    if len(entry.category) > MAX_CATEGORY_CHARS:
        found.append(f"category(분류)를 {MAX_CATEGORY_CHARS}자 이내로 줄여 주세요")
    if len(entry.agency) > MAX_AGENCY_CHARS:
        found.append(f"agency(기관)를 {MAX_AGENCY_CHARS}자 이내로 줄여 주세요")
    if entry.source is not None and not _WEB_ADDRESS.fullmatch(entry.source):
        found.append(f"source(출처)는 http:// 또는 https://로 시작하는 주소여야 합니다: {entry.source!r}")
    found += [
        f"{name}에 보이지 않는 제어 문자가 있습니다. 지우고 다시 써 주세요"
        for name, text in _texts_of(entry)
        if _UNSTORABLE.search(text)
    ]
    if entry.valid_from and entry.valid_until and entry.valid_from > entry.valid_until:
        found.append("valid_from(시작일)이 valid_until(마감일)보다 늦습니다")
    return found


def _texts_of(entry: Entry) -> list[tuple[str, str]]:
    return [
        ("question(질문)", entry.question),
        ("variants(다르게 묻는 말)", "".join(entry.variants)),
        ("answer(답변)", entry.answer),
        ("category(분류)", entry.category),
        ("agency(기관)", entry.agency),
        ("speech(읽는 말)", entry.speech or ""),
        ("contact(연락처)", entry.contact or ""),
        ("source(출처)", entry.source or ""),
    ]


def problems_among(entries: Iterable[Entry]) -> list[str]:
    """What is wrong with entries taken together: keys that stand twice, or one question for two entries of a viewer."""
    entries = list(entries)
    keys = Counter((e.entry_id, e.agency, e.locale) for e in entries)
    found = [
        f"{entry_id} ({locale if agency == BASE_AGENCY else f'{agency}, {locale}'}): 같은 entry_id가 {count}번 있습니다"
        for (entry_id, agency, locale), count in keys.items()
        if count > 1
    ]
    asked: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in entries:
        for text in {entry.question, *entry.variants}:
            asked.setdefault((entry.locale, entry.audience, " ".join(text.lower().split())), []).append(entry)
    replaced = {(e.entry_id, e.agency) for e in entries if e.publication in ("published", "hidden")}
    found += [
        f"같은 질문이 여러 항목에 있습니다: “{text}” → {', '.join(ids)}"
        for (_locale, _audience, text), same in asked.items()
        if text and (ids := _seen_together(same, replaced))
    ]
    return found


def _seen_together(entries: list[Entry], replaced: set[tuple[str, str]]) -> list[str]:
    """The ids that one agency's people would see side by side; empty where they never see two of them."""
    seen: set[str] = set()
    for agency in {e.agency for e in entries}:
        ids = {
            e.entry_id
            for e in entries
            if e.agency == agency or (e.agency == BASE_AGENCY and (e.entry_id, agency) not in replaced)
        }
        seen |= ids if len(ids) > 1 else set()
    return sorted(seen)
