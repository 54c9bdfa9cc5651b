from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from knowledge.training.civic_questions import read_training_entries, read_utterances
from maru.settings import ROOT

DEVELOPMENT = ROOT.parent / "shared" / "data" / "seoul-120" / "dev-questions.jsonl"


def test_when_the_committed_material_is_read_then_no_question_comes_twice() -> None:
    entries = read_training_entries()
    asked = Counter(text for entry in entries for text in entry.asked)
    assert len(entries) >= 400
    assert [text for text, times in asked.items() if times > 1] == []
    assert len({u.text for u in read_utterances()}) == len(read_utterances())


def test_when_clusters_are_held_back_then_it_is_about_a_fifth_and_whole_ones() -> None:
    entries = read_training_entries()
    assert 0.15 < sum(e.is_held_back for e in entries) / len(entries) < 0.3
    kinds = {
        cluster: {e.is_held_back for e in entries if e.cluster == cluster} for cluster in {e.cluster for e in entries}
    }
    assert all(len(kind) == 1 for kind in kinds.values())


def test_when_utterances_are_read_then_every_kind_is_there() -> None:
    kinds = Counter(u.kind for u in read_utterances())
    assert set(kinds) == {"civic", "personal", "elsewhere", "emergency", "chitchat"}
    assert min(kinds.values()) > 50


@pytest.mark.skipif(not DEVELOPMENT.is_file(), reason="the evaluation data beside the checkout is absent")
def test_when_a_question_measures_retrieval_then_it_never_taught_it() -> None:
    questions = {json.loads(line)["question"].strip() for line in DEVELOPMENT.read_text("utf-8").splitlines()}
    taught = {text for entry in read_training_entries() for text in (entry.question, *entry.asked)}
    assert questions.isdisjoint(taught | {u.text for u in read_utterances()})


@pytest.mark.parametrize(
    ("line", "complaint"), [("{", "entries.jsonl:1"), ('{"question": "가"}', "needs question, answer, cluster, asked")]
)
def test_when_a_line_is_no_entry_then_the_error_names_it(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "entries.jsonl").write_text(line + "\n", "utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_training_entries(tmp_path)
