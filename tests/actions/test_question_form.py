from __future__ import annotations

import pytest

from actions.question_form import in_question_form, is_question
from knowledge.files.seeds import read_seeds
from maru.settings import ROOT


@pytest.mark.parametrize(
    ("title", "asks"),
    [
        ("전입신고는 어떻게 하나요?", True),
        ("여권을 잃어버렸어요", True),
        ("주차장이 어디인가요", True),
        ("How do I renew a passport", True),
        ("경로당 난방비", False),
        ("불법 주차 신고 방법", False),
        ("청년 월세 지원 안내", False),
        ("Bulky waste", False),
    ],
)
def test_when_a_title_asks_then_it_stands_as_it_is_or_else_it_is_asked_about(title: str, asks: bool) -> None:
    assert is_question(title) == asks
    if asks:
        assert in_question_form(title, "ko") == title
    else:
        assert in_question_form(title, "ko") == f"{title}에 대해 물어보신 건가요?"
        assert in_question_form(title, "en") == f"Did you mean to ask about “{title}”?"


def test_when_the_seeds_are_headed_then_every_title_asks() -> None:
    assert [e.question for e in read_seeds(ROOT / "data" / "faq") if not is_question(e.question)] == []
