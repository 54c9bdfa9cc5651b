"""Maru's retrieval beside what a city could pick instead: figures with intervals, one table, one plot.

Run ``make bench-retrieval`` (options through ``ARGS``). The first run embeds everything into ``--cache`` (minutes) and
trains Rasa's ResponseSelector (tens of minutes); ``--reuse`` takes the peers' answers from the last run and asks only
Maru. Nothing of the corpora is written anywhere but under ``--cache``.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import faiss

from bench.options import among
from bench.retrieval.corpora import Corpus, parakqc_lines, read_own_seeds, read_parakqc, read_seoul
from bench.retrieval.editing import Edit, time_edits
from bench.retrieval.figures import at_threshold, columns
from bench.retrieval.peers import PeerUnavailableError
from bench.retrieval.report import CorpusReport, as_json, corpus_report, edit_lines, markdown_table, text_table
from bench.retrieval.run import KeptRuns, Run, limited, run
from bench.retrieval.systems import OURS, ROOT, System, systems
from bench.worker_process import bench_python
from knowledge.decision import thresholds_of
from knowledge.entry import Entry
from maru.clock import SystemClock
from maru.logging import configure_logging
from maru.settings import get_settings

CORPORA = ("seoul", "seeds", "parakqc")
EDITS = "edits"
PLOT = "retrieval.png"


def main() -> None:
    """Ask every system everything, then print."""
    options = _options()
    settings = get_settings().model_copy(update={"log_level": "WARNING"})
    configure_logging(settings)
    thresholds = thresholds_of(settings)
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG
    faiss.omp_set_num_threads(1)  # one thread for every system; the embedder does the same for torch
    available = systems(settings, options.cache, options.selector_entries)
    chosen = {name: system for name, system in available.items() if name in options.peers}
    titles = {name: system.title for name, system in available.items()}
    readers: Mapping[str, Callable[[], Corpus]] = {
        "seoul": lambda: read_seoul(options.shared),
        "seeds": lambda: read_own_seeds(settings.seed_dir, ROOT / "tests" / "data", options.shared),
        "parakqc": lambda: read_parakqc(options.shared, options.parakqc_queries),
    }
    kept = KeptRuns(options.cache / "runs")
    reports: list[CorpusReport] = []
    for name in (name for name in CORPORA if name in options.only):
        corpus = readers[name]()
        runs, missing = _runs(corpus, chosen, kept, reuse=options.reuse)
        reports.append(corpus_report(corpus, runs, missing))
        print(text_table(reports[-1], titles), "\n", flush=True)
        if OURS in runs:
            _print_thresholds(corpus, runs[OURS], thresholds.clarify, thresholds.answer)
    edits: dict[str, Edit] = {}
    unedited: dict[str, str] = {}
    if EDITS in options.only:
        texts = parakqc_lines(options.shared)[: options.edit_entries]
        edits, unedited = _edits(texts, chosen, kept, reuse=options.reuse)
        print("one edited entry, until a search finds it:")
        print(*(f"  {system:24} {told}" for system, told in edit_lines(edits, unedited, titles)), sep="\n")
    result = {**as_json(reports, edits, _about()), "titles": titles, "edits_not_run": unedited}
    if options.out:
        options.out.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    if options.markdown:
        options.markdown.write_text(_markdown(reports, edits, unedited, titles), "utf-8")
    if reports:
        _plot(result, options.plot or options.cache / PLOT)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.retrieval", description=__doc__)
    parts, names = (*CORPORA, EDITS), ("bm25", "e5", "hybrid", "haystack", "rasa", OURS)
    parser.add_argument("--only", type=among(parts), default=parts, help=f"of {','.join(parts)}")
    parser.add_argument("--peers", type=among(names), default=names, help=f"of {','.join(names)}")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the corpora")
    parser.add_argument(
        "--cache", type=Path, default=ROOT / ".cache" / "retrieval", help="vectors and the last answers"
    )
    parser.add_argument("--reuse", action="store_true", help="ask only Maru; the others' answers are the last run's")
    parser.add_argument("--parakqc-queries", type=int, default=3, help="queries of each block of ten (1 to 9)")
    parser.add_argument("--selector-entries", type=int, default=200, help="entries the ResponseSelector is trained on")
    parser.add_argument("--edit-entries", type=int, default=10_000, help="entries among which one is edited")
    parser.add_argument("--out", type=Path, help="write everything as JSON")
    parser.add_argument("--markdown", type=Path, help="write the tables as Markdown")
    parser.add_argument("--plot", type=Path, help=f"where to draw error against coverage (else {PLOT} in --cache)")
    options = parser.parse_args()
    if not options.shared.is_dir() and set(options.only) != {"seeds"}:
        parser.error(
            f"{options.shared} is absent; the corpora aren't part of this repository (--only seeds runs without)"
        )
    return options


def _runs(
    corpus: Corpus, chosen: Mapping[str, System], kept: KeptRuns, *, reuse: bool
) -> tuple[dict[str, Run], dict[str, str]]:
    runs: dict[str, Run] = {}
    missing: dict[str, str] = {}
    for name, system in chosen.items():
        entries = limited(corpus, system.limit)
        found = kept.read(name, corpus, entries) if reuse and name != OURS else None
        if found is None:
            print(f"{corpus.name}: {system.title} …", file=sys.stderr, flush=True)
            try:
                with closing(system.make()) as peer:
                    found = run(peer, corpus, entries)
            except PeerUnavailableError as error:
                missing[name] = str(error)
                continue
            kept.write(name, corpus, entries, found)
        runs[name] = found
    return runs, missing


def _edits(
    texts: Sequence[str], chosen: Mapping[str, System], kept: KeptRuns, *, reuse: bool
) -> tuple[dict[str, Edit], dict[str, str]]:
    all_entries = [Entry(entry_id=f"line-{at:05}", question=text, answer="") for at, text in enumerate(texts)]
    edits: dict[str, Edit] = {}
    missing: dict[str, str] = {}
    for name, system in chosen.items():
        entries = all_entries[: system.limit]
        found = kept.read_edit(name, len(entries)) if reuse and name != OURS else None
        if found is None:
            print(f"edits: {system.title} …", file=sys.stderr, flush=True)
            try:
                with closing(system.make()) as peer:
                    found = time_edits(peer, entries, system.edits)
            except PeerUnavailableError as error:
                missing[name] = str(error)
                continue
            kept.write_edit(name, found)
        edits[name] = found
    return edits, missing


def _print_thresholds(corpus: Corpus, found: Run, clarify: float, answer: float) -> None:
    answers = columns(found.outcomes).of(next(iter(corpus.outside.values()), frozenset()), in_scope=True)
    print(f"Maru answers when p ≥ {answer:.2f}, asks back when p ≥ {clarify:.2f}:")
    for threshold in sorted({clarify, answer, 0.5, 0.6, 0.7, 0.8}):
        facts = ", ".join(f"{name} {share:.3f}" for name, share in asdict(at_threshold(answers, threshold)).items())
        print(f"  p ≥ {threshold:.2f}: {facts}")
    print(flush=True)


def _markdown(
    reports: Sequence[CorpusReport], edits: Mapping[str, Edit], unedited: Mapping[str, str], titles: Mapping[str, str]
) -> str:
    parts = [markdown_table(report, titles) for report in reports]
    if edits or unedited:
        rows = [f"| {system} | {told} |" for system, told in edit_lines(edits, unedited, titles)]
        parts.append("\n".join(["**One edited entry, until a search finds it**", "", "| | |", "|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _about() -> dict[str, str]:
    return {
        "date": SystemClock().today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "python": platform.python_version(),
        "threads": "1",
    }


def _plot(result: Mapping[str, object], out: Path) -> None:
    try:
        python = bench_python()
    except PeerUnavailableError as error:
        print(f"no plot: {error}", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "result.json"
        file.write_text(json.dumps(result), "utf-8")
        subprocess.run([str(python), "-m", "bench.retrieval.plot", str(file), str(out.resolve())], cwd=ROOT, check=True)
    print(f"\nplot: {out}")


if __name__ == "__main__":
    main()
