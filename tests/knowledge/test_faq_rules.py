from __future__ import annotations

from typing import Any

import pytest

from knowledge.entry import Entry
from knowledge.faq_rules import MAX_ANSWER_CHARS, MAX_QUESTION_CHARS, problems_among, problems_of
from tests.knowledge.entries import TODAY, YESTERDAY, an_entry


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"entry_id": "a"},
        {"entry_id": "a-1-b2"},
        {"entry_id": "x" * 80},
        {"question": "가" * MAX_QUESTION_CHARS},
        {"answer": "가" * MAX_ANSWER_CHARS},
        {"answer": "1 < 2 이고 3 > 2 입니다"},
        {"answer": "첫째 줄\n\n- 둘째\t줄"},
        {"audience": "staff", "locale": "en", "publication": "draft"},
        {"valid_from": TODAY, "valid_until": TODAY},
        {"source": "https://www.gov.kr"},
        {"source": "http://example.org/길?a=1"},
        {"variants": ()},
        {"agency": "mapo", "publication": "hidden"},
        {"agency": "mapo", "publication": "hidden", "question": "", "answer": ""},
    ],
)
def test_when_an_entry_is_right_then_nothing_is_said(changes: dict[str, Any]) -> None:
    assert problems_of(an_entry(**changes)) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"entry_id": ""}, "entry_id"),
        ({"entry_id": "Move-In"}, "entry_id"),
        ({"entry_id": "전입신고"}, "entry_id"),
        ({"entry_id": "a--b"}, "entry_id"),
        ({"entry_id": "-a"}, "entry_id"),
        ({"entry_id": "a b"}, "entry_id"),
        ({"entry_id": "a\n"}, "entry_id"),
        ({"entry_id": "x" * 81}, "entry_id"),
        ({"question": " \n"}, "question"),
        ({"question": "가" * (MAX_QUESTION_CHARS + 1)}, "201자"),
        ({"answer": ""}, "answer"),
        ({"answer": "가" * (MAX_ANSWER_CHARS + 1)}, "601자"),
        ({"answer": "<b>굵게</b>"}, "HTML"),
        ({"answer": "끝 </div>"}, "HTML"),
        ({"answer": "<script src=x>"}, "HTML"),
        ({"audience": "everyone"}, "everyone"),
        ({"locale": "zh"}, "zh"),
        ({"publication": "live"}, "live"),
        ({"publication": "hidden"}, "retired"),
        ({"valid_from": TODAY, "valid_until": YESTERDAY}, "valid_from"),
        ({"source": "javascript:alert(1)"}, "source"),
        ({"source": "www.gov.kr"}, "source"),
        ({"category": "가" * 81}, "category"),
        ({"agency": "a" * 41}, "agency"),
        ({"question": "벨\x07소리"}, "question"),
        ({"answer": "널\x00문자"}, "answer"),
        ({"answer": "짝 없는 \ud800"}, "answer"),
        ({"speech": "\x1b[31m빨강"}, "speech"),
        ({"contact": "\uffff"}, "contact"),
        ({"category": "\x0b"}, "category"),
        ({"agency": "\x01"}, "agency"),
        ({"variants": ("괜찮은 말", "안 괜찮은\x08 말")}, "variants"),
    ],
)
def test_when_something_is_wrong_then_it_is_named_in_korean(changes: dict[str, Any], named: str) -> None:
    problems = problems_of(an_entry(**changes))
    assert len(problems) == 1
    assert named in problems[0]
    assert any("가" <= letter <= "힣" for letter in problems[0])


def test_when_several_things_are_wrong_then_each_is_named() -> None:
    broken = an_entry(entry_id="BAD", question="", answer="", audience="x", locale="x", publication="x")
    assert len(problems_of(broken)) == 6


@pytest.mark.parametrize(
    ("entries", "named"),
    [
        ([], None),
        ([an_entry("a"), an_entry("b")], None),
        ([an_entry("a", question="같은 말"), an_entry("a", question="같은 말", locale="en")], None),
        ([an_entry("a", question="같은 말"), an_entry("b", question="같은 말", audience="staff")], None),
        ([an_entry("a", question="같은 말", variants=("같은 말",))], None),
        ([an_entry("a"), an_entry("a", agency="mapo"), an_entry("a", agency="gangnam")], None),
        ([an_entry("a", agency="mapo"), an_entry("a", agency="mapo", answer="다른 답")], "a (mapo, ko)"),
        ([an_entry("a"), an_entry("a", answer="다른 답")], "a (ko)"),
        # Two districts never see each other's; a district sees the common ones that it has none of its own for.
        ([an_entry("a", agency="mapo", question="같은 말"), an_entry("b", agency="jongno", question="같은 말")], None),
        ([an_entry("a", agency="mapo", question="같은 말"), an_entry("b", question="같은 말")], "a, b"),
        (
            [
                an_entry("a", agency="mapo", question="같은 말"),
                an_entry("b", question="같은 말"),
                an_entry("b", agency="mapo", question="", variants=(), publication="hidden"),
            ],
            None,
        ),
        (
            [
                an_entry("a", agency="mapo", question="같은 말"),
                an_entry("b", question="같은 말"),
                an_entry("b", agency="mapo", question="", variants=(), publication="retired"),
            ],
            "a, b",
        ),
        ([an_entry("a", question="같은 말"), an_entry("b", question="같은  말 ")], "a, b"),
        ([an_entry("a", question="PC 고장"), an_entry("b", variants=("pc 고장",))], "a, b"),
        ([an_entry("a", variants=("겹침",)), an_entry("b", variants=("겹침",))], "겹침"),
    ],
)
def test_when_entries_stand_together_then_doubles_are_named(entries: list[Entry], named: str | None) -> None:
    problems = problems_among(entries)
    if named is None:
        assert problems == []
    else:
        assert len(problems) == 1
        assert named in problems[0]
