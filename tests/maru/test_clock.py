from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from maru import clock
from maru.clock import KOREA, SystemClock, new_identifier


def test_when_asked_then_the_moment_is_utc_and_monotonic_time_never_goes_back() -> None:
    system = SystemClock()
    assert system.now().utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - system.now()) < timedelta(seconds=5)
    seen = [system.monotonic() for _ in range(100)]
    assert seen == sorted(seen)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 11, 22, 14, 59, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 15, 0, tzinfo=UTC), date(2026, 11, 23)),  # midnight in Korea
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_when_it_is_evening_in_utc_then_it_is_tomorrow_in_korea(
    monkeypatch: pytest.MonkeyPatch, utc: datetime, day: date
) -> None:
    class Frozen(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return utc.astimezone(tz)  # type: ignore[arg-type]

    monkeypatch.setattr(clock, "datetime", Frozen)
    assert SystemClock().today() == day
    assert KOREA.utcoffset(None) == timedelta(hours=9)


def test_when_identifiers_are_made_then_they_are_long_safe_in_urls_and_all_different() -> None:
    made = [new_identifier() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", identifier) for identifier in made)
