"""Maru's scrubber beside what a city could take instead: what each finds, damages and costs, in one run.

Run ``make bench-privacy`` (options through ``ARGS``). The tables on standard output are those of docs/benchmarks.md;
``--into docs/benchmarks.md`` puts them there. Corpora that aren't there are left out, and said so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.options import among
from bench.privacy.corpora import Corpus, generated, read_clean, read_development, read_file, read_folder, read_klue
from bench.privacy.measure import tally
from bench.privacy.report import LEAK, Material, as_json, identifiers, markdown
from bench.privacy.run import Run, run
from bench.privacy.worker import PEERS
from bench.worker_process import ROOT, PeerUnavailableError, bench_python
from maru.clock import SystemClock

CORPORA = ("dev", "written", "held-back", "fuzz", "klue", "clean", "speed")
_MARKS = ("<!-- bench-privacy -->", "<!-- /bench-privacy -->")
_OUR_ENVIRONMENT = frozenset(("maru", "presidio"))


def main() -> None:
    """Ask every scrubber everything, then print."""
    options = _options()
    material = _material(options)
    runs: list[Run] = []
    missing: dict[str, str] = {}
    for peer in options.only:
        try:
            python = Path(sys.executable) if peer in _OUR_ENVIRONMENT else bench_python()
            log = ROOT / ".cache" / "privacy" / f"{peer}.log"
            hostile = "speed" in options.corpora and not options.files
            runs.append(run(peer, python, material.corpora, log, timed=material.timed, hostile=hostile))
        except PeerUnavailableError as error:
            missing[peer] = str(error)
    tables = markdown(material, runs, missing)
    print(tables, end="")
    if options.into:
        options.into.write_text(_put(options.into.read_text("utf-8"), tables), "utf-8")
    if options.json:
        told = json.dumps(as_json(material, runs, _about()), ensure_ascii=False, indent=1)
        options.json.write_text(told + "\n", "utf-8")
    if options.show:
        print(*(line.replace("\n", " ") for each in runs for line in _shown(material, each)), sep="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.privacy", description=__doc__)
    shared = ROOT.parent / "shared" / "data"
    parser.add_argument("files", nargs="*", type=Path, help="files of your own (.txt marked, .jsonl) and nothing else")
    parser.add_argument("--only", type=among(tuple(PEERS)), default=tuple(PEERS), help=f"of {','.join(PEERS)}")
    parser.add_argument("--corpora", type=among(CORPORA), default=CORPORA, help=f"of {','.join(CORPORA)}")
    parser.add_argument("--shared", type=Path, default=shared, help="folder of the shared corpora")
    parser.add_argument("--written", type=Path, default=ROOT / "data" / "privacy" / "written", help="marked texts")
    parser.add_argument(
        "--held-back", type=Path, default=ROOT / "data" / "privacy" / "held-back", help="marked texts not tuned on"
    )
    parser.add_argument("--fuzz", type=int, default=10_000, metavar="N", help="how many identifiers to generate")
    parser.add_argument("--show", action="store_true", help="list misses and false finds (prints the sentences)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure as JSON")
    parser.add_argument("--into", type=Path, metavar="FILE", help=f"put the tables between {_MARKS[0]} and {_MARKS[1]}")
    return parser.parse_args()


def _material(options: argparse.Namespace) -> Material:
    if options.files:
        return Material([read_file(file) for file in options.files])
    wanted = options.corpora
    readers: dict[str, Callable[[], Corpus]] = {
        "dev": lambda: read_development(options.shared),
        "written": lambda: read_folder("written", "Our own sentences", options.written),
        "held-back": lambda: read_folder("held-back", "Our own sentences, held back", options.held_back),
    }
    marked = [corpus for name in readers if name in wanted for corpus in _if_there(readers[name])]
    return Material(
        marked,
        next(_if_there(lambda: read_klue(options.shared)), None) if "klue" in wanted else None,
        list(read_clean(options.shared, ROOT / "data" / "faq")) if "clean" in wanted else [],
        generated(options.fuzz) if "fuzz" in wanted else None,
        _timed(marked) if "speed" in wanted else [],
    )


def _timed(marked: Sequence[Corpus]) -> list[str]:
    return [sample.turns[0].text for corpus in marked for sample in corpus.samples if len(sample.turns) == 1]


def _if_there(read: Callable[[], Corpus]) -> Iterator[Corpus]:
    try:
        yield read()
    except FileNotFoundError as error:
        print(f"left out, because it isn't there: {error.filename or error}", file=sys.stderr)


def _shown(material: Material, each: Run) -> Iterator[str]:
    for corpus in (*material.marked, *([material.klue] if material.klue else ()), *material.clean):
        counts = tally(corpus.samples, each.found[corpus.name])
        # Of KLUE only persons are marked: what else is found there is no mistake.
        false = [line for line in counts.too_much if corpus is not material.klue or " NAME: " in line]
        yield from (f"{each.name}: MISSED {line}" for line in counts.missed)
        yield from (f"{each.name}: FALSE  {line}" for line in false)
    if material.generated:
        texts = {sample.id: " || ".join(turn.text for turn in sample.turns) for sample in material.generated.samples}
        for known in identifiers(material.generated, each.found[material.generated.name]):
            if known.left >= LEAK:
                yield f"{each.name}: LEAKED {known.kind} {known.style}: {texts[known.sample]}"


def _put(page: str, tables: str) -> str:
    before, _, rest = page.partition(_MARKS[0])
    _, mark, after = rest.partition(_MARKS[1])
    if not mark:
        raise SystemExit(f"no {_MARKS[0]} … {_MARKS[1]} in the page")
    return f"{before}{_MARKS[0]}\n{tables}{mark}{after}"


def _about() -> dict[str, str]:
    return {
        "date": SystemClock().today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "python": platform.python_version(),
        "threads": "1",
    }


if __name__ == "__main__":
    main()
