from __future__ import annotations

from web.bounded_sessions import BoundedSessions


def test_when_a_value_is_changed_then_only_that_session_has_the_new_one() -> None:
    counts = BoundedSessions(0)
    counts.change("a", lambda count: count + 1)
    counts.change("a", lambda count: count + 1)
    assert (counts.of("a"), counts.of("b")) == (2, 0)
    counts.forget("a")
    assert counts.of("a") == 0


def test_when_there_are_too_many_sessions_then_the_one_unused_for_longest_is_forgotten() -> None:
    counts = BoundedSessions(0, max_sessions=2)
    for session in ("a", "b", "a", "c"):
        counts.change(session, lambda count: count + 1)
    assert [counts.of(session) for session in "abc"] == [2, 0, 1]
