"""What is asked of every system: entries, questions with the entry that answers them, and how they are grouped."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from knowledge.entry import Entry, Locale
from knowledge.files.seeds import read_seeds
from knowledge.training.seoul import OUT_OF_SCOPE, read_seoul_entries, read_seoul_questions

CHITCHAT = "chitchat"
_CHITCHAT_LINES = 500
_KOREAN = ("polite", "casual", "elder", "keyword", "staff")
_BLOCK = 10  # ParaKQC: ten lines after each other say the same
_PARAPHRASED = "paraphrase"
_SEED = 2026


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the entry that answers it (None: nothing does); those of one ``group`` depend on each other."""

    text: str
    style: str
    answer: str | None
    group: str
    locale: Locale = "ko"


@dataclass(frozen=True, slots=True)
class Corpus:
    """``slices`` are the groups of in-scope styles to report, the first of which leads; ``outside`` those out of scope.

    The curve is drawn over everything in scope and the first group of ``outside``.
    """

    name: str
    title: str
    entries: Sequence[Entry]
    questions: Sequence[Question]
    slices: Mapping[str, frozenset[str]]
    outside: Mapping[str, frozenset[str]]


def read_seoul(shared: Path) -> Corpus:
    """Seoul's 120 call-centre entries and the development questions, by style; chit-chat as out of scope besides."""
    folder = shared / "seoul-120"
    questions = [
        Question(q.text, q.style, q.entry_id, q.entry_id or q.text, "en" if q.style == "english" else "ko")
        for q in read_seoul_questions(folder)
    ]
    return Corpus(
        "seoul",
        "Seoul-120 development questions",
        read_seoul_entries(folder),
        [*questions, *_chitchat(shared)],
        {
            "Korean": frozenset(_KOREAN),
            "English": frozenset({"english"}),
            **{style: frozenset({style}) for style in _KOREAN},
        },
        {
            "near-civic": frozenset(q.style for q in questions if q.style.startswith(OUT_OF_SCOPE)),
            CHITCHAT: frozenset({CHITCHAT}),
        },
    )


def read_own_seeds(seed_dir: Path, committed: Path, shared: Path) -> Corpus:
    """What Maru ships for citizens, with all its variants, and the committed questions that no index holds."""
    questions = [
        Question(
            row["question"],
            row["locale"] if "entry_id" in row else "off_topic",
            row.get("entry_id"),
            row.get("entry_id") or row["question"],
            cast("Locale", row["locale"]),
        )
        for file in ("paraphrases.jsonl", "off_topic.jsonl")
        for row in map(json.loads, (committed / file).read_text("utf-8").splitlines())
        if row["audience"] == "citizen"
    ]
    return Corpus(
        "seeds",
        "Maru's own entries, committed paraphrases",
        [entry for entry in read_seeds(seed_dir) if entry.audience == "citizen"],
        [*questions, *(_chitchat(shared) if shared.is_dir() else ())],
        {"all": frozenset({"ko", "en"})},
        {"off topic": frozenset({"off_topic"}), CHITCHAT: frozenset({CHITCHAT})},
    )


def read_parakqc(shared: Path, queries_per_block: int) -> Corpus:
    """ParaKQC: the first line of each block of ten is the entry; some of the other nine are asked, always the same."""
    randomness = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    lines = parakqc_lines(shared)
    entries: list[Entry] = []
    questions: list[Question] = []
    for start in range(0, len(lines), _BLOCK):
        block = f"block-{start // _BLOCK:04}"
        entries.append(Entry(entry_id=block, question=lines[start], answer=""))
        asked = randomness.sample(lines[start + 1 : start + _BLOCK], queries_per_block)
        questions += [Question(text, _PARAPHRASED, block, block) for text in asked]
    return Corpus(
        "parakqc",
        "ParaKQC, one of ten paraphrases is the entry",
        entries,
        questions,
        {"all": frozenset({_PARAPHRASED})},
        {},
    )


def parakqc_lines(shared: Path) -> list[str]:
    """All 10,000 sentences, in the file's order."""
    rows = (shared / "parakqc" / "paraKQC_v1.txt").read_text("utf-8").splitlines()
    return [row.split("\t")[2].strip() for row in rows]


def _chitchat(shared: Path) -> Iterator[Question]:
    with (shared / CHITCHAT / "ChatbotData.csv").open(encoding="utf-8", newline="") as file:
        lines = sorted({row["Q"].strip() for row in csv.DictReader(file)})
    for text in random.Random(_SEED).sample(lines, _CHITCHAT_LINES):  # noqa: S311 - a sample, not a secret
        yield Question(text, CHITCHAT, None, text)
