from __future__ import annotations

from privacy.session_number import session_number


def test_when_a_session_has_a_number_then_it_is_always_the_same_twelve_digits() -> None:
    assert session_number("A" * 32) == "7700-0709-0279"
    assert len({session_number(f"session-{n}") for n in range(10_000)}) == 10_000
