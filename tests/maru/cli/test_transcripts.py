from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.exc import OperationalError

from knowledge.store import FaqStore
from maru.database import migrate, open_engine
from maru.settings import get_settings
from privacy.audit import AuditTrail
from privacy.scrubbed_text import _seal
from privacy.session_number import session_number
from privacy.transcripts import TranscriptStore
from tests.knowledge.entries import an_entry
from tests.maru.cli.conftest import Maru, read_lines

KEYS = ["session", "turn_id", "role", "text", "status", "entry_id", "score", "locale", "modality", "intent", "at"]
SESSIONS = [letter * 32 for letter in "abcd"]


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


# Phrases for training


@pytest.fixture
def said() -> None:
    """Four conversations in which the same was asked, and one that asks something else."""
    engine = open_engine(get_settings().app_database_url)
    migrate(engine)
    FaqStore(engine).save([an_entry("a", question="전입신고는 어떻게 해요?", variants=("여권 만들려면요",))])
    store = TranscriptStore(engine)
    for session in SESSIONS:
        store.set_consent(session, True)
        store.record_turn(session, _seal("전입신고 어떻게 해요?", ()), turn_id=f"1-{session}", intent="ask_faq")
    store.record_turn(SESSIONS[0], _seal("여권 만들려면요", ()), turn_id="2", intent="ask_faq")
    engine.dispose()


def review(maru: Maru, *words: object) -> Any:
    result = maru("transcripts", "review", *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_when_a_reviewer_approves_then_and_only_then_the_phrase_goes_out(
    maru: Maru, said: None, tmp_path: Path
) -> None:
    waiting = review(maru)
    assert (waiting["total"], waiting["phrases"][0]["text"]) == (1, "전입신고 어떻게 해요")
    assert (waiting["phrases"][0]["sessions"], waiting["phrases"][0]["state"]) == (4, "pending")
    out = tmp_path / "nlu.yml"
    training = ["transcripts", "export", "--for", "training", "--by", "담당"]
    assert maru(*training, "--out", out).exit_code == 0
    assert yaml.safe_load(out.read_text("utf-8")) == {"version": "3.1", "nlu": []}
    number = waiting["phrases"][0]["id"]
    assert review(maru, "--approve", number, "--reviewer", "김검토") == {"approved": 1, "rejected": 0}
    assert review(maru)["total"] == 0
    assert review(maru, "--all")["phrases"][0]["reviewer"] == "김검토"
    summary = json.loads(maru(*training, "--out", out, "--json").stdout)
    [block] = yaml.safe_load(out.read_text("utf-8"))["nlu"]
    assert block == {"intent": "ask_faq", "examples": "- 전입신고 어떻게 해요\n"}
    assert (summary["phrases"], summary["sha256"]) == (1, sha256(out.read_bytes()).hexdigest())
    lines = maru(*training, "--format", "jsonl", "--out", "-").stdout.splitlines()
    assert list(map(json.loads, lines)) == [{"text": "전입신고 어떻게 해요", "intent": "ask_faq", "sessions": 4}]
    assert maru(*training, "--min-sessions", 5, "--format", "jsonl", "--out", "-").stdout == ""

    trail = [json.loads(line) for line in maru("transcripts", "audit", "--json").stdout.splitlines()]
    assert [(row["action"], row["purpose"], row["who"], row["format"], row["rows"]) for row in trail] == [
        ("export", "training", "담당", "rasa", 0),
        ("export", "training", "담당", "rasa", 1),
        ("export", "training", "담당", "jsonl", 1),
        ("export", "training", "담당", "jsonl", 0),
    ]
    assert trail[1]["sha256"] == summary["sha256"]
    assert "전입신고" not in json.dumps(trail, ensure_ascii=False)


def test_when_too_few_conversations_are_left_then_an_approved_phrase_goes_out_no_more(
    maru: Maru, said: None, tmp_path: Path
) -> None:
    review(maru, "--approve", review(maru)["phrases"][0]["id"], "--reviewer", "김검토")
    for session in (SESSIONS[0], session_number(SESSIONS[1])):
        erased = maru("transcripts", "erase", session, "--by", "담당", "--json")
        assert erased.exit_code == 0, erased.output
    assert maru("transcripts", "export", "--for", "training", "--format", "jsonl", "--out", "-").stdout == ""
    assert len(maru("transcripts", "export", "--out", "-").stdout.splitlines()) == 2
    trail = [json.loads(line) for line in maru("transcripts", "audit", "--json").stdout.splitlines()]
    assert [(row["action"], row["rows"]) for row in trail[:2]] == [("erase", 2), ("erase", 1)]
    assert not any(session in json.dumps(trail) for session in SESSIONS)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["review", "--approve", "1"], 2),  # who?
        (["review", "--approve", "1", "--reviewer", " "], 2),
        (["review", "--approve", "1", "--reject", "1", "--reviewer", "김"], 2),
        (["review", "--approve", "x", "--reviewer", "김"], 2),
        (["review", "--approve", "1,999", "--reviewer", "김"], 1),
        (["export", "--for", "training", "--min-sessions", "2", "--out", "-"], 2),
        (["export", "--format", "rasa", "--out", "-"], 2),
        (["export", "--for", "sale", "--out", "-"], 2),
        (["erase", "0000-0000-0000"], 1),
        (["erase", ""], 1),
    ],
)
def test_when_what_is_asked_cant_be_done_then_it_ends_with_a_code(
    maru: Maru, kept: None, words: list[str], code: int
) -> None:
    result = maru("transcripts", *words)
    assert result.exit_code == code, result.output
    assert len(maru("transcripts", "export", "--out", "-").stdout.splitlines()) == 3


def test_when_phrases_are_many_then_they_come_in_pages(maru: Maru, said: None) -> None:
    page = review(maru, "--page", 2, "--page-size", 1)
    assert (page["total"], page["page"], page["phrases"]) == (1, 2, [])
    assert "1개 가운데 1개(1쪽)" in maru("transcripts", "review").stdout


def test_when_an_export_cant_be_noted_then_nothing_is_taken_out(
    maru: Maru, kept: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_args: object) -> None:
        raise OperationalError("INSERT", {}, Exception("locked"))

    monkeypatch.setattr(AuditTrail, "record", locked)
    out = tmp_path / "turns.jsonl"
    assert maru("transcripts", "export", "--out", out).exit_code == 1
    assert not out.exists()
