"""FAQ entries for tests, and what an editor's file may hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from knowledge.entry import Entry

TODAY = date(2026, 11, 22)
TOMORROW = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 21)


def an_entry(entry_id: str = "resident-move-in", **changes: Any) -> Entry:
    """A valid entry; name what matters."""
    plain: dict[str, Any] = {
        "question": f"전입신고는 어떻게 하나요? ({entry_id})",
        "answer": "**이사한 날부터 14일 안에** 동주민센터나 정부24에서 신고합니다.",
        "category": "주민등록·증명",
        "variants": (f"이사 왔는데 주소 바꾸려면요 {entry_id}", f"전입신고 인터넷 {entry_id}"),
    }
    return Entry(entry_id=entry_id, **(plain | changes))


# What breaks file formats: separators, quotes, formulas, line ends of every kind, invisible and unstorable characters.
AWKWARD = (
    *('"', "'", ",", ";", "\t", "\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029", "\x00"),
    *(
        "=1+1",
        "=SUM(A1:A9)",
        "+82",
        "-5",
        "@cmd",
        "#N/A",
        "_x000D_",
        "<b>",
        "&amp;",
        "]]>",
        "\\n",
        "\\",
        "null",
        "None",
    ),
    *(
        "\ud800",
        "\ufffe",
        "\uffff",
        "\ufeff",
        "\u200b",
        "\u3000",
        "\u1100\u1161",
        "가",
        "①",
        "😀",
        "👨‍👩‍👧",
        "é",
        "1",
        "2026-01-31",
        "true",
    ),
)
texts = st.lists(st.sampled_from(AWKWARD) | st.text(max_size=8), min_size=1, max_size=6).map("".join)
days = st.dates()
entry_ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)


def rows() -> st.SearchStrategy[dict[str, Any]]:
    """A row as an editor's file may hold it, right or wrong."""
    return st.fixed_dictionaries(
        {"entry_id": entry_ids, "question": texts, "answer": texts},
        optional={
            "audience": st.sampled_from(["citizen", "staff"]),
            "category": texts,
            "variants": st.lists(texts, max_size=4),
            "locale": st.sampled_from(["ko", "en"]),
            "agency": texts,
            "speech": texts,
            "contact": texts,
            "source": st.sampled_from(["https://www.gov.kr", "http://example.org/가?a=1&b=2"]),
            "checked": days.map(date.isoformat),
            "valid_from": days.map(date.isoformat),
            "valid_until": days.map(date.isoformat),
            "publication": st.sampled_from(["draft", "published", "retired", "hidden"]),
        },
    )
