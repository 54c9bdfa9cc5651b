from __future__ import annotations

import pytest

from actions.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("전입신고는 어떻게 하나요?", "ko"),
        ("여권", "ko"),
        ("CCTV 설치", "ko"),
        ("PC 고장", "ko"),
        ("ㅠㅠ", "ko"),
        ("USIM 바꾸면 PASS 앱으로 로그인 되나요", "ko"),
        ("How do I renew a passport?", "en"),
        ("lost passport", "en"),
        ("How do I get a 등본 for my child?", "en"),
        ("I'm moving to 마포구, what should I report?", "en"),
        ("PC", None),
        ("OK", None),
        ("again", None),
        ("2", None),
        ("", None),
        ("?!", None),
        ("我要延长签证", None),
    ],
)
def test_when_a_question_is_asked_then_its_language_is_seen_where_it_is_clear(text: str, language: str | None) -> None:
    assert language_of(text) == language
