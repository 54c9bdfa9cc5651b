"""``python -m bench.scale``: the index at 1,000 to 1,000,000 vectors, and the whole search at 100,000.

Build time, memory, p50/p95 search, recall against exact search, with filters that let half, a twentieth or a thousandth
of the entries through, and the time that one edited entry takes. On vectors made like the real ones (``Mixture``), on
vectors in no order, and on every real text in ``--shared``; the first run embeds those 31,000 into ``--cache``
(minutes). A run takes about three minutes and 5 GB at a million vectors; ``--sizes 1000 10000 100000`` far less.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.scale.alternatives import alternatives
from bench.scale.collections import Collection, Mixture, real_texts, uniform
from bench.scale.measure import Measured, measure
from bench.scale.whole_search import WholeSearch
from knowledge.embedder import load_embedder
from knowledge.files.seeds import read_seeds
from knowledge.training.seoul import read_seoul_entries, read_seoul_questions
from knowledge.vector_cache import VectorCache
from maru.settings import ROOT, get_settings

SIZES = (1_000, 10_000, 100_000, 300_000, 1_000_000)
QUESTIONS = 300
COMPARED_AT = 100_000  # vectors in no order, the alternatives and the whole search
_SEARCH = ("p50 ms", "p95 ms", "p95 CPU")
_RECALL = ("recall@10", "recall@100")
_HEADINGS = ("collection", "vectors", "index", "build s", "memory MB", "edit ms", "allowed", *_SEARCH, *_RECALL)

Row = tuple[object, ...]


def main() -> None:
    """Print the tables, or with ``--json`` one object."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "scale")
    parser.add_argument("--alternatives", action="store_true", help="other kinds of index, too (minutes: HNSW)")
    parser.add_argument("--profile", action="store_true", help="where the whole search spends its time")
    parser.add_argument("--json", action="store_true", help="one line of figures instead of the tables")
    parser.add_argument("--markdown", type=Path, help="also write the tables to this file")
    arguments = parser.parse_args()
    if not (arguments.shared / "seoul-120").is_dir():
        parser.error(f"{arguments.shared}: seoul-120, parakqc and chitchat aren't there, nor part of this repository")

    embedder = load_embedder(get_settings())
    cache = VectorCache(arguments.cache / "vectors.db", embedder.fingerprint, embedder.dimension)
    real, groups = real_texts(arguments.shared, ROOT / "data" / "faq", embedder, cache)
    mixture = Mixture(groups)
    compared = mixture.collection(COMPARED_AT, QUESTIONS)
    measured = [measure(each) for each in _collections(real, mixture, arguments.sizes)]
    others = list(alternatives(compared)) if arguments.alternatives else []
    entries = [*read_seeds(ROOT / "data" / "faq"), *read_seoul_entries(arguments.shared / "seoul-120")]
    asked = [question.text for question in read_seoul_questions(arguments.shared / "seoul-120")]
    whole = WholeSearch(compared, entries, asked, cache.morphemes)
    steps = list(whole.steps())

    tables = [table(_HEADINGS, [row for each in measured for row in rows(each)])]
    if others:
        cells = [
            (name, seconds, f.p50_ms, f.p95_ms, f.cpu_p95_ms, f.recall_10, f.recall_100) for name, seconds, f in others
        ]
        tables.append(table((f"at {COMPARED_AT:,}", "build s", *_SEARCH, *_RECALL), cells))
    tables.append(table((f"at {COMPARED_AT:,} vectors", *_SEARCH), [tuple(asdict(step).values()) for step in steps]))
    if arguments.markdown:
        arguments.markdown.write_text("\n\n".join(tables) + "\n", "utf-8")
    if arguments.json:
        told = {
            "index": [asdict(each) for each in measured],
            "alternatives": [{"name": name, "build_s": seconds} | asdict(f) for name, seconds, f in others],
            "steps": [asdict(step) for step in steps],
        }
        print(json.dumps(told))
        return
    print("\n\n".join(tables))
    if arguments.profile:
        print(whole.profile())


def rows(measured: Measured) -> Iterator[Row]:
    """One row a filter; what doesn't depend on it stands in the first."""
    head: Row = (
        measured.collection,
        f"{measured.vectors:,}",
        measured.kind,
        measured.build_s,
        measured.memory_mb,
        measured.edit_ms,
    )
    for each in measured.searched:
        recall = (each.recall_10, each.recall_100)
        yield (*head, f"{each.allowed:.2%}", each.p50_ms, each.p95_ms, each.cpu_p95_ms, *recall)
        head = ("",) * len(head)


def table(headings: Sequence[str], rows: Sequence[Row]) -> str:
    """A Markdown table that also reads well as text."""
    cells = [[str(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(headings))]
    lines = [
        "| " + " | ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 1) + ":" for width in widths) + "|", *lines[1:]])


def _collections(real: Collection, mixture: Mixture, sizes: Sequence[int]) -> Iterator[Collection]:
    yield real
    for size in sizes:
        yield mixture.collection(size, QUESTIONS)
        if size == COMPARED_AT:
            yield uniform(size, QUESTIONS, real.vectors.shape[1])


if __name__ == "__main__":
    main()
