from __future__ import annotations

from pathlib import Path

import pytest

from bench.edit.__main__ import measure
from bench.edit.entries import generated_entries


def test_when_entries_are_generated_then_they_are_the_same_ones_and_no_two_alike() -> None:
    entries = generated_entries(10_000)
    assert entries[:300] == generated_entries(300)
    assert len({e.key for e in entries}) == len({e.question for e in entries}) == len(entries) == 10_000


@pytest.mark.slow
@pytest.mark.e2e
def test_when_entries_are_edited_while_people_ask_then_all_get_answers_and_the_edits_go_live(tmp_path: Path) -> None:
    figures = measure(tmp_path, count=100, edits=2, rate=4.0, quiet_s=2.0, apart_s=0.5)
    assert figures["failed"] == 0
    assert figures["requests"] >= 8
    assert figures["found_by_new_wording"] == 2
    assert figures["live_max_s"] < 5
