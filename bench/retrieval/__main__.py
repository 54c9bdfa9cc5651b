"""Maru's retrieval beside BM25 alone and plain e5 with FAISS, on the Seoul-120 development questions by style.

Run ``python -m bench.retrieval`` (``--json`` for one line of figures). The first run embeds 2,645 entries into
``--cache`` (minutes); a second takes seconds. Nothing of the corpus is written anywhere else.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import faiss
import numpy as np

from bench.retrieval.figures import Outcome, at_threshold, auroc, top, wrong_at_coverage
from knowledge.calibration import load_calibration
from knowledge.embedder import Embedder, load_embedder
from knowledge.entry import Entry, Viewer
from knowledge.index import build_snapshot, passage_of
from knowledge.lexical import LexicalIndex, lexical_documents
from knowledge.morphemes import content_morphemes
from knowledge.searcher import Searcher
from knowledge.training.seoul import DevelopmentQuestion, read_seoul_entries, read_seoul_questions
from knowledge.vector_cache import VectorCache
from maru.settings import Settings, get_settings

ROOT = Path(__file__).resolve().parents[2]
STYLES = ("polite", "casual", "elder", "keyword", "staff", "english")
KEPT = 10
TODAY = date(2026, 1, 1)


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "data" / "seoul-120")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "retrieval")
    parser.add_argument("--json", action="store_true", help="one line of figures instead of the table")
    arguments = parser.parse_args()
    if not arguments.corpus.is_dir():
        parser.error(f"{arguments.corpus} is absent; the corpus isn't part of this repository")
    settings = get_settings()
    embedder = load_embedder(settings)
    cache = VectorCache(arguments.cache / "vectors.db", embedder.fingerprint, embedder.dimension)
    entries, questions = read_seoul_entries(arguments.corpus), read_seoul_questions(arguments.corpus)
    systems: dict[str, Callable[[], tuple[list[Outcome], float]]] = {
        "BM25 (Kiwi)": lambda: by_words(entries, questions),
        "e5 + FAISS": lambda: by_plain_vectors(entries, questions, embedder, cache),
        "Maru": lambda: by_maru(entries, questions, embedder, cache, settings),
    }
    results = {name: run() for name, run in systems.items()}
    if arguments.json:
        print(json.dumps({name: figures(outcomes, ms) for name, (outcomes, ms) in results.items()}))
        return
    print_table(results)
    print(f"\nMaru answers when p ≥ {settings.answer_threshold}, asks back when p ≥ {settings.clarify_threshold}:")
    for threshold in (settings.clarify_threshold, settings.answer_threshold, 0.7, 0.8):
        shares = asdict(at_threshold(results["Maru"][0], threshold))
        facts = ", ".join(f"{name} {share:.3f}" for name, share in shares.items())
        print(f"  p ≥ {threshold:.2f}: {facts}")


def by_words(entries: Sequence[Entry], questions: Sequence[DevelopmentQuestion]) -> tuple[list[Outcome], float]:
    """BM25 over morphemes, as any hybrid search starts."""
    index = LexicalIndex(lexical_documents(entries))
    outcomes: list[Outcome] = []
    started = time.perf_counter()
    for question in questions:
        forms = content_morphemes([question.text])[0]
        scores, _known = index.score([(form,) for form in forms])
        order = np.argsort(-scores, kind="stable")[:KEPT]
        ids = [entries[at].entry_id for at in order if scores[at] > 0]
        outcomes.append(outcome(question, ids, float(scores.max())))
    return outcomes, _ms(started, len(questions))


def by_plain_vectors(
    entries: Sequence[Entry], questions: Sequence[DevelopmentQuestion], embedder: Embedder, cache: VectorCache
) -> tuple[list[Outcome], float]:
    """multilingual-e5-small as its model card says: query and passage prompts, cosine, nothing else."""
    passages = cache.vectors("passage", [passage_of(entry) for entry in entries], embedder.encode_passages)
    index = faiss.IndexFlatIP(embedder.dimension)
    index.add(passages)
    outcomes: list[Outcome] = []
    started = time.perf_counter()
    for question in questions:
        scores, found = index.search(embedder.encode_queries([question.text]), KEPT)
        outcomes.append(outcome(question, [entries[at].entry_id for at in found[0]], float(scores[0][0])))
    return outcomes, _ms(started, len(questions))


def by_maru(
    entries: Sequence[Entry],
    questions: Sequence[DevelopmentQuestion],
    embedder: Embedder,
    cache: VectorCache,
    settings: Settings,
) -> tuple[list[Outcome], float]:
    """The pipeline that answers citizens, over this corpus."""
    snapshot = build_snapshot(0, entries, embedder, cache)
    searcher = Searcher(load_calibration(), settings, embedder.encode_queries)
    outcomes: list[Outcome] = []
    started = time.perf_counter()
    for question in questions:
        vector = embedder.encode_queries([question.text])[0]
        found = searcher.search(snapshot, question.text, Viewer(), TODAY, vector=vector, top=KEPT).ranked
        outcomes.append(outcome(question, [hit.entry.entry_id for hit in found], found[0].score if found else 0.0))
    return outcomes, _ms(started, len(questions))


def outcome(question: DevelopmentQuestion, ids: Sequence[str], certainty: float) -> Outcome:
    """Where the right entry stands in ``ids``."""
    rank = ids.index(question.entry_id) if question.entry_id in ids else None
    return Outcome(question.style, question.entry_id, rank, certainty)


def figures(outcomes: Sequence[Outcome], ms: float) -> dict[str, float]:
    """Everything the table shows."""
    found: dict[str, float] = {}
    groups = {"korean": frozenset(STYLES) - {"english"}} | {style: frozenset({style}) for style in STYLES}
    for name, styles in groups.items():
        found[f"{name} top-1"] = round(top(outcomes, 1, styles), 3)
        found[f"{name} top-3"] = round(top(outcomes, 3, styles), 3)
    found["auroc scope"] = round(auroc(outcomes), 3)
    found["wrong at 80 %"] = round(wrong_at_coverage(outcomes, 0.8), 3)
    found["wrong at 90 %"] = round(wrong_at_coverage(outcomes, 0.9), 3)
    found["ms a query"] = round(ms, 1)
    return found


def print_table(results: dict[str, tuple[list[Outcome], float]]) -> None:
    """One row a figure, one column a system."""
    columns = {name: figures(outcomes, ms) for name, (outcomes, ms) in results.items()}
    print(f"{'':16}" + "".join(f"{name:>14}" for name in columns))
    for row in next(iter(columns.values())):
        print(f"{row:16}" + "".join(f"{column[row]:>14.3f}" for column in columns.values()))


def _ms(started: float, count: int) -> float:
    return (time.perf_counter() - started) / count * 1000


if __name__ == "__main__":
    main()
