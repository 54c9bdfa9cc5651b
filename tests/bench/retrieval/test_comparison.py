"""The whole comparison in small: sixty of our own entries, three systems, the real model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench.retrieval.corpora import Corpus, Question
from bench.retrieval.editing import time_edits
from bench.retrieval.peers import Peer
from bench.retrieval.peers.maru import Maru
from bench.retrieval.peers.vectors import PlainVectors
from bench.retrieval.peers.words import Words
from bench.retrieval.report import as_json, corpus_report, edit_lines, markdown_table, text_table
from bench.retrieval.run import KeptRuns, limited, run
from knowledge.embedder import Embedder
from knowledge.entry import Entry
from knowledge.files.seeds import read_seeds
from knowledge.vector_cache import VectorCache
from maru.settings import ROOT, Settings

TITLES = {"bm25": "BM25", "e5": "e5 + FAISS", "maru": "Maru", "haystack": "Haystack"}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    seeds = [e for e in read_seeds(ROOT / "data" / "faq") if e.locale == "ko" and e.audience == "citizen"][:60]
    asked = [Question(e.variants[0], "variant", e.entry_id, e.entry_id) for e in seeds]
    lines = (ROOT / "tests" / "data" / "off_topic.jsonl").read_text("utf-8").splitlines()
    strange = [Question(json.loads(line)["question"], "off_topic", None, line) for line in lines]
    entries = [replace(entry, variants=()) for entry in seeds]
    outside = {"off topic": frozenset({"off_topic"})}
    return Corpus("small", "Sixty entries", entries, [*asked, *strange], {"all": frozenset({"variant"})}, outside)


@pytest.fixture
def peers(embedder: Embedder, vector_cache: VectorCache, tmp_path: Path) -> Iterator[dict[str, Peer]]:
    peers: dict[str, Peer] = {
        "bm25": Words(),
        "e5": PlainVectors(embedder, vector_cache),
        "maru": Maru(Settings(), embedder, tmp_path),
    }
    yield peers
    for peer in peers.values():
        peer.close()


def test_when_three_systems_are_asked_then_the_tables_hold_them_all_and_say_who_was_not_run(
    corpus: Corpus, peers: dict[str, Peer], tmp_path: Path
) -> None:
    runs = {name: run(peer, corpus, limited(corpus, None)) for name, peer in peers.items()}
    report = corpus_report(corpus, runs, {"haystack": "no environment"}, resamples=100)
    assert (report.entries, report.in_scope, report.out_of_scope) == (60, 60, 20)
    first = report.rows[0]
    assert first.title == "all top-1"
    for estimate in first.estimates.values():
        assert 0.3 < estimate.low <= estimate.value <= estimate.high
    assert first.best_peer in ("bm25", "e5")
    assert first.lead is not None
    assert first.lead.value == pytest.approx(first.estimates["maru"].value - first.estimates[first.best_peer].value)
    assert first.lead.low <= first.lead.value <= first.lead.high
    auroc = next(row for row in report.rows if row.title == "AUROC, off topic")
    assert auroc.estimates["maru"].value > 0.8
    for table in (text_table(report, TITLES), markdown_table(report, TITLES)):
        assert "Haystack: not run: no environment" in table
        assert "Maru − best" in table
    assert json.loads(json.dumps(as_json([report], {}, {})))["corpora"][0]["curves"]["maru"][-1][0] == 1.0

    kept = KeptRuns(tmp_path / "runs")
    kept.write("bm25", corpus, corpus.entries, runs["bm25"])
    assert kept.read("bm25", corpus, corpus.entries) == runs["bm25"]
    assert kept.read("bm25", corpus, corpus.entries[1:]) is None


@pytest.mark.parametrize("name", ["bm25", "e5", "maru"])
def test_when_an_entry_is_edited_then_each_system_finds_the_new_wording_first(
    corpus: Corpus, peers: dict[str, Peer], name: str
) -> None:
    edit = time_edits(peers[name], corpus.entries, edits=2)
    assert edit.found
    assert "among 60 entries" in edit_lines({name: edit}, {}, TITLES)[0][1]


def test_when_a_system_cannot_take_all_then_the_entries_that_answer_stay(corpus: Corpus) -> None:
    answered: list[Entry] = limited(replace(corpus, questions=corpus.questions[50:]), 20)
    assert len(answered) == 20
    assert {e.entry_id for e in corpus.entries[50:]} < {e.entry_id for e in answered}
