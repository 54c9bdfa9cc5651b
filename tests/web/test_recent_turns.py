from __future__ import annotations

from typing import Any, cast

import pytest

from privacy import Scrubber
from web.recent_turns import RecentTurns


@pytest.fixture(scope="module")
def scrubber() -> Scrubber:
    return Scrubber()


def test_when_turns_come_then_the_last_ones_of_that_session_are_known(scrubber: Scrubber) -> None:
    recent = RecentTurns(turns=2, max_sessions=2)
    for text in ("하나요", "둘이요", "제 번호는 010-1234-5678이요"):
        recent.add("a", scrubber.scrub(text, "a"))
    assert recent.of("a") == ["둘이요", "제 번호는 <전화번호_1>이요"]
    assert recent.of("b") == []
    recent.forget("a")
    assert recent.of("a") == []


def test_when_there_are_too_many_sessions_then_the_oldest_is_forgotten(scrubber: Scrubber) -> None:
    recent = RecentTurns(max_sessions=2)
    for session in "abc":
        recent.add(session, scrubber.scrub("안녕하세요", session))
    assert recent.of("a") == []
    assert recent.of("c") == ["안녕하세요"]


def test_when_a_plain_string_is_added_then_it_is_refused() -> None:
    with pytest.raises(TypeError):
        RecentTurns().add("a", cast("Any", "raw"))
