from __future__ import annotations

import pytest

from maru.supervisor.restart_policy import RestartPolicy


@pytest.mark.parametrize(
    ("deaths", "delays"),
    [
        ([0.0], [1.0]),
        ([0, 1, 3, 7, 15], [1.0, 2.0, 4.0, 8.0, None]),
        ([0, 100, 200, 300, 400, 500], [1.0] * 6),
        ([0, 1, 2, 3, 62], [1.0, 2.0, 4.0, 8.0, 4.0]),
    ],
    ids=["once", "five in a minute", "now and then", "a pause forgives"],
)
def test_when_deaths_come_then_delays_grow_until_it_gives_up(deaths: list[float], delays: list[float | None]) -> None:
    policy = RestartPolicy()
    assert [policy.after_death(moment) for moment in deaths] == delays
