from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from maru.database import migrate, open_engine
from maru.settings import get_settings
from privacy.scrubbed_text import _seal
from privacy.transcripts import TranscriptStore
from tests.maru.cli.conftest import Maru, read_lines

KEYS = ["session", "turn_id", "role", "text", "status", "entry_id", "score", "locale", "modality", "intent", "at"]


@pytest.fixture
def kept() -> None:
    """Three kept turns: from now, forty days and a hundred days ago."""
    engine = open_engine(get_settings().app_database_url)
    migrate(engine)
    for days in (100, 40, 0):
        moment = datetime.now(UTC) - timedelta(days=days)
        store = TranscriptStore(engine, lambda moment=moment: moment)  # type: ignore[misc]
        store.set_consent(f"session-{days}", True)
        store.record_turn(
            f"session-{days}", _seal(f"{days}일 전 <전화번호_1>", ()), turn_id=f"turn-{days}", status="answered"
        )
    engine.dispose()


def test_when_exported_then_the_contracts_rows_come_out_oldest_first(maru: Maru, kept: None, tmp_path: Path) -> None:
    out = tmp_path / "turns.jsonl"
    result = maru("transcripts", "export", "--out", out, "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"file": str(out), "turns": 3})
    rows = read_lines(out)
    assert [list(row) for row in rows] == [KEYS] * 3
    assert [row["turn_id"] for row in rows] == ["turn-100", "turn-40", "turn-0"]
    assert all(datetime.fromisoformat(row["at"]).utcoffset() == timedelta(0) for row in rows)
    to_stdout = maru("transcripts", "export", "--out", "-", "--json").stdout
    assert [json.loads(line) for line in to_stdout.splitlines()] == rows


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ([], ["turn-40", "turn-0"]),  # MARU_TRANSCRIPT_DAYS: 90
        (["--older-than-days", "30"], ["turn-0"]),
        (["--older-than-days", "365"], ["turn-100", "turn-40", "turn-0"]),
        (["--older-than-days", "0", "--yes"], []),
    ],
)
def test_when_purged_then_what_is_older_is_gone(
    maru: Maru, kept: None, tmp_path: Path, words: list[str], left: list[str]
) -> None:
    result = maru("transcripts", "purge", *words, "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"purged": 3 - len(left)})
    maru("transcripts", "export", "--out", tmp_path / "turns.jsonl")
    assert [row["turn_id"] for row in read_lines(tmp_path / "turns.jsonl")] == left


@pytest.mark.parametrize(("answer", "code", "left"), [("n\n", 1, 3), ("", 1, 3), ("y\n", 0, 0)])
def test_when_everything_is_to_go_then_it_asks_first(maru: Maru, kept: None, answer: str, code: int, left: int) -> None:
    assert maru("transcripts", "purge", "--older-than-days", "0", input=answer).exit_code == code
    assert len(maru("transcripts", "export", "--out", "-").stdout.splitlines()) == left


def test_when_nothing_was_kept_then_nothing_comes_out(maru: Maru, tmp_path: Path) -> None:
    assert (
        maru("transcripts", "export", "--out", tmp_path / "t.jsonl").stdout
        == f"0개 차례를 {tmp_path / 't.jsonl'}에 썼습니다.\n"
    )
    assert (tmp_path / "t.jsonl").read_bytes() == b""
    assert maru("transcripts", "purge").stdout == "0개 차례를 지웠습니다.\n"


@pytest.mark.parametrize("days", ["-1", "999999999999", "all"])
def test_when_the_days_are_wrong_then_it_ends_with_2(maru: Maru, days: str) -> None:
    assert maru("transcripts", "purge", "--older-than-days", days, "--yes").exit_code == 2
