from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.maru.cli.conftest import Maru, read_lines, write_lines

pytestmark = pytest.mark.slow

TEXT = "제 번호는 010-0000-1234이고 메일은 hong@example.com입니다"
TURNS = ["번호 알려 드릴게요", "010-0000", "5678이요", "같은 번호 010-0000-5678"]


def test_when_texts_and_dialogues_are_given_then_the_contracts_rows_come_out(maru: Maru, tmp_path: Path) -> None:
    rows = [
        {"id": "t1", "text": TEXT},
        {"id": 2, "text": "전입신고는 어떻게 하나요?"},
        {"id": "d", "turns": TURNS, "note": "kept out"},
        {"id": "empty", "text": ""},
        {"id": "none", "turns": []},
    ]
    result = maru("scrub", "--in", write_lines(tmp_path / "in.jsonl", rows), "--out", tmp_path / "out.jsonl", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"texts": 5}
    one, two, dialogue, empty, none = read_lines(tmp_path / "out.jsonl")

    assert list(one) == ["id", "spans", "scrubbed"]
    found = {(TEXT[span["start"] : span["end"]], span["type"]) for span in one["spans"]}
    assert found == {("010-0000-1234", "PHONE"), ("hong@example.com", "EMAIL")}
    assert all(set(span) == {"start", "end", "type", "score"} for span in one["spans"])
    assert all(0 <= span["score"] <= 1 for span in one["spans"])
    assert "0000" not in one["scrubbed"]
    assert "example.com" not in one["scrubbed"]

    assert two == {"id": 2, "spans": [], "scrubbed": "전입신고는 어떻게 하나요?"}

    assert list(dialogue) == ["id", "spans", "scrubbed"]
    assert all(set(span) == {"start", "end", "type", "score", "turn"} for span in dialogue["spans"])
    pieces = {(span["turn"], TURNS[span["turn"]][span["start"] : span["end"]]) for span in dialogue["spans"]}
    assert pieces == {(1, "010-0000"), (2, "5678"), (3, "010-0000-5678")}
    assert len(dialogue["scrubbed"]) == len(TURNS)
    assert "5678" not in "".join(dialogue["scrubbed"])

    assert empty == {"id": "empty", "spans": [], "scrubbed": ""}
    assert none == {"id": "none", "spans": [], "scrubbed": []}
    assert not (tmp_path / "var").exists()  # nothing is kept


def test_when_ids_come_in_one_file_then_each_begins_with_its_own_pseudonyms(maru: Maru) -> None:
    lines = "".join(json.dumps({"id": at, "text": f"전화 010-0000-000{at}"}) + "\n" for at in range(3))
    result = maru("scrub", "--in", "-", "--out", "-", input=lines)
    assert len({json.loads(line)["scrubbed"] for line in result.stdout.splitlines()}) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": "a"}, "1행: 없는 항목: id"),
        ({"id": "x"}, "x: text와 turns"),
        ({"id": "x", "text": "a", "turns": []}, "x: text와 turns"),
        ({"id": "x", "text": 5}, "x: text는 글"),
        ({"id": "x", "text": None}, "x: text는 글"),
        ({"id": "x", "turns": "a"}, "x: text는 글"),
        ({"id": "x", "turns": ["a", None]}, "x: text는 글"),
        ({"id": "x", "text": "가" * 4001}, "x: 가명으로 바꾸지 못했습니다"),
        ({"id": "x", "text": "\ud800 010-0000-1234"}, "x: 가명으로 바꾸지 못했습니다"),
    ],
)
def test_when_a_row_is_wrong_then_it_is_named_and_nothing_is_written(
    maru: Maru, tmp_path: Path, row: dict[str, Any], said: str
) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(row))
    result = maru("scrub", "--in", tmp_path / "in.jsonl", "--out", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert said in result.stderr
    assert "010-0000-1234" not in result.output
    assert [path.name for path in tmp_path.glob("*out*")] == []
