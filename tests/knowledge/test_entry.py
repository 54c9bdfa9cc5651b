from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from knowledge.entry import Entry, Viewer
from tests.knowledge.entries import TODAY, TOMORROW, YESTERDAY, an_entry


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "valid"),
    [
        (None, None, True),
        (TODAY, None, True),
        (None, TODAY, True),
        (TODAY, TODAY, True),
        (YESTERDAY, TOMORROW, True),
        (TOMORROW, None, False),
        (None, YESTERDAY, False),
        (TOMORROW, YESTERDAY, False),
    ],
)
def test_when_days_are_given_then_both_are_inclusive(
    valid_from: date | None, valid_until: date | None, valid: bool
) -> None:
    assert an_entry(valid_from=valid_from, valid_until=valid_until).is_valid_on(TODAY) is valid


def test_when_nothing_differs_then_the_digest_is_the_same() -> None:
    assert an_entry().content_digest() == an_entry().content_digest()


@pytest.mark.parametrize(
    "change",
    [
        {"entry_id": "other"},
        {"question": "다른 질문"},
        {"answer": "다른 답"},
        {"locale": "en"},
        {"audience": "staff"},
        {"agency": "gangnam"},
        {"category": "세금"},
        {"variants": ()},
        {"variants": ("전입신고 인터넷", "이사 왔는데")},
        {"speech": "십사 일 안에"},
        {"contact": "110"},
        {"source": "https://www.gov.kr"},
        {"checked": TODAY},
        {"valid_from": TODAY},
        {"valid_until": TODAY},
        {"publication": "retired"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_when_any_field_differs_then_the_digest_differs(change: dict[str, object]) -> None:
    before = an_entry(variants=("이사 왔는데", "전입신고 인터넷"))
    assert replace(before, **change).content_digest() != before.content_digest()  # type: ignore[arg-type]


def test_when_written_to_then_an_entry_refuses() -> None:
    with pytest.raises(FrozenInstanceError):
        an_entry().answer = "고침"  # type: ignore[misc]


def test_when_nothing_is_said_then_it_is_for_citizens_of_the_base_in_korean() -> None:
    entry = Entry(entry_id="a", question="q", answer="a")
    assert (entry.audience, entry.agency, entry.locale, entry.publication) == ("citizen", "city", "ko", "published")
    assert Viewer() == Viewer("citizen", "city", "ko")
