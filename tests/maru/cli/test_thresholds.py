from __future__ import annotations

import json

import pytest

from knowledge.decision import COSTS
from maru.settings import get_settings
from tests.maru.cli.conftest import Maru


def test_when_asked_then_every_cost_stands_with_its_threshold_and_the_one_in_use_is_marked(
    maru: Maru, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARU_WRONG_ANSWER_COST", "8")
    get_settings.cache_clear()
    told = json.loads(maru("thresholds", "--json").stdout)
    assert (told["cost"], told["answer"], told["clarify"]) == (8.0, 0.875, 0.2)
    assert [row["cost"] for row in told["costs"]] == sorted({*COSTS, 8.0})
    shown = maru("thresholds").stdout.splitlines()
    assert [line for line in shown if line.startswith("→")] == [line for line in shown if line.startswith("→ 8 | 0.88")]
    assert len(shown) == 1 + len(COSTS) + 1 + 2


def test_when_a_threshold_is_set_then_it_is_the_one_in_use(maru: Maru, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARU_ANSWER_THRESHOLD", "0.35")
    get_settings.cache_clear()
    assert json.loads(maru("thresholds", "--json").stdout)["answer"] == 0.35
