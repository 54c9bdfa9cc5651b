"""What people get for their questions, through app and Rasa."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.files.seeds import read_seeds
from maru.settings import ROOT
from tests.e2e.running_system import Conversation, System

pytestmark = pytest.mark.e2e
DATA = Path(__file__).parent.parent / "data"


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines() if line]


def test_when_seed_questions_are_paraphrased_then_nine_in_ten_get_their_entry(system: System) -> None:
    rows = _rows("paraphrases.jsonl")
    assert len(rows) == 60
    right, missed = 0, []
    for row in rows:
        reply = system.begin(row["audience"], row["locale"]).ask(row["question"])
        if reply["status"] == "answered" and reply["entry_id"] == row["entry_id"]:
            right += 1
        else:
            missed.append((row["qid"], reply["status"], reply["entry_id"], reply["score"]))
    print(f"{right} of {len(rows)} answered with the right entry; missed: {missed}")
    assert right >= 54, missed


def test_when_a_question_is_off_topic_then_no_entry_answers_it(system: System) -> None:
    rows = _rows("off_topic.jsonl")
    assert len(rows) == 20
    answered = [
        (row["qid"], reply["entry_id"])
        for row in rows
        if (reply := system.begin(locale=row["locale"]).ask(row["question"]))["entry_id"] is not None
    ]
    assert answered == []


def test_when_an_entry_answers_then_its_words_are_the_published_ones(conversation: Conversation) -> None:
    seeds = {(e.entry_id, e.locale): e for e in read_seeds(ROOT / "data" / "faq")}
    reply = conversation.ask("전입신고는 어떻게 하나요?")
    entry = seeds[(reply["entry_id"], "ko")]
    assert reply["status"] == "answered"
    assert reply["entry_id"] == "resident-move-in-report"
    assert reply["text"] == entry.answer
    assert reply["speech"] == (entry.speech or reply["speech"])
    assert reply["contact"] == entry.contact
    assert "<li>" in reply["html"] or "<p>" in reply["html"]


def test_when_asked_in_english_then_the_english_entry_answers(system: System) -> None:
    reply = system.begin(locale="en").ask("How do I throw away a broken refrigerator?")
    assert reply["locale"] in {"en", "ko"}
    assert reply["status"] in {"answered", "clarify"}


def test_when_an_entry_has_no_english_then_the_korean_one_comes_with_a_note(system: System) -> None:
    english = {e.entry_id for e in read_seeds(ROOT / "data" / "faq") if e.locale == "en"}
    only_korean = next(
        e
        for e in read_seeds(ROOT / "data" / "faq")
        if e.locale == "ko" and e.audience == "citizen" and e.entry_id not in english
    )
    reply = system.begin(locale="en").press(only_korean.entry_id)
    assert reply["text"] == only_korean.answer
    assert reply["locale"] == "ko"
    assert reply["note"]
