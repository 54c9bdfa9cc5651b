"""The figures of a corpus, system by system, and the tables made of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from bench.retrieval.corpora import Corpus
from bench.retrieval.editing import Edit
from bench.retrieval.figures import Answers, auroc, columns, error_curve, mean_reciprocal_rank, top, wrong_at_coverage
from bench.retrieval.intervals import RESAMPLES, Estimate, Figure, Resampler, estimate
from bench.retrieval.run import Run
from bench.retrieval.systems import OURS


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a corpus: an estimate a system, and Maru's lead over the best other one, paired."""

    title: str
    lower_is_better: bool
    estimates: Mapping[str, Estimate]
    best_peer: str | None
    lead: Estimate | None


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """Everything measured on one corpus; ``missing`` says of each system that wasn't run why."""

    name: str
    title: str
    entries: int
    in_scope: int
    out_of_scope: int
    rows: Sequence[Row]
    runs: Mapping[str, Mapping[str, float]]
    curves: Mapping[str, Sequence[tuple[float, float]]]
    missing: Mapping[str, str]


def corpus_report(
    corpus: Corpus, runs: Mapping[str, Run], missing: Mapping[str, str], resamples: int = RESAMPLES
) -> CorpusReport:
    """Figures with intervals from the runs of one corpus."""
    names = list(runs)
    answers = [columns(runs[name].outcomes) for name in names]
    wanted = _wanted(corpus)
    resampler = Resampler([question.group for question in corpus.questions], resamples)
    spread = resampler.distributions(answers, [figure for _, _, figure in wanted])
    rows: list[Row] = []
    for at, (title, lower_is_better, figure) in enumerate(wanted):
        values = {name: figure(a) for name, a in zip(names, answers, strict=True)}
        estimates = {name: estimate(values[name], spread[:, i, at]) for i, name in enumerate(names)}
        sign = -1 if lower_is_better else 1
        peers = [name for name in names if name != OURS and not math.isnan(values[name])]
        best = max(peers, key=lambda name: sign * values[name], default=None)
        lead = None
        if best is not None and OURS in values:
            differences = spread[:, names.index(OURS), at] - spread[:, names.index(best), at]
            lead = estimate(values[OURS] - values[best], differences)
        rows.append(Row(title, lower_is_better, estimates, best, lead))
    inside = sum(question.answer is not None for question in corpus.questions)
    curved = frozenset(next(iter(corpus.outside.values()), frozenset()))
    return CorpusReport(
        corpus.name,
        corpus.title,
        len(corpus.entries),
        inside,
        len(corpus.questions) - inside,
        rows,
        {
            name: {"entries": found.entries, "query_ms": found.query_ms, "build_s": found.build_s}
            for name, found in runs.items()
        },
        {name: error_curve(a.of(curved, in_scope=True)) for name, a in zip(names, answers, strict=True)},
        missing,
    )


def _wanted(corpus: Corpus) -> list[tuple[str, bool, Figure]]:
    """(title, whether lower is better, figure) of every row."""
    wanted: list[tuple[str, bool, Figure]] = []
    for at, (label, styles) in enumerate(corpus.slices.items()):
        figures: list[tuple[str, Figure]] = [("top-1", partial(top, n=1)), ("top-3", partial(top, n=3))]
        if at == 0:
            figures.append(("MRR", mean_reciprocal_rank))
        for name, figure in figures:
            wanted.append((f"{label} {name}", False, partial(_of, styles=styles, in_scope=False, figure=figure)))
    wanted.append(("wrong at 80 % coverage", True, partial(wrong_at_coverage, coverage=0.8)))
    for label, styles in corpus.outside.items():
        wanted.append((f"AUROC, {label}", False, partial(_of, styles=styles, in_scope=True, figure=auroc)))
    return wanted


def _of(answers: Answers, styles: frozenset[str], in_scope: bool, figure: Figure) -> float:
    return figure(answers.of(styles, in_scope=in_scope))


def as_json(reports: Sequence[CorpusReport], edits: Mapping[str, Edit], about: Mapping[str, str]) -> dict[str, object]:
    """Everything, for the plot and for comparing with another day."""
    return {
        "about": dict(about),
        "corpora": [asdict(report) for report in reports],
        "edits": {name: asdict(edit) for name, edit in edits.items()},
    }


def text_table(report: CorpusReport, titles: Mapping[str, str]) -> str:
    """One row a figure, one column a system, and how far Maru is ahead of the best other one."""
    names = list(report.runs)
    lines = [_heading(report)]
    lines.append(f"{'':26}" + "".join(f"{titles[name][:21]:>23}" for name in names) + f"{'Maru − best':>25}")
    for row in report.rows:
        cells = "".join(f"{_estimate(row.estimates[name]):>23}" for name in names)
        lines.append(f"{row.title:26}{cells}{_lead(row):>25}")
    lines.append(
        f"{'ms of CPU a question, p50':26}" + "".join(f"{report.runs[name]['query_ms']:>23.1f}" for name in names)
    )
    lines += _notes(report, titles)
    return "\n".join(lines)


def markdown_table(report: CorpusReport, titles: Mapping[str, str]) -> str:
    """The same as Markdown, the best of each row in bold."""
    names = list(report.runs)
    lines = [f"**{_heading(report)}**", "", f"| | {' | '.join(titles[name] for name in names)} | Maru − best |"]
    lines.append("|" + "---|" * (len(names) + 2))
    for row in report.rows:
        sign = -1 if row.lower_is_better else 1
        best = max((sign * e.value for e in row.estimates.values() if not math.isnan(e.value)), default=math.nan)
        cells = [
            f"**{_estimate(e)}**" if sign * e.value == best else _estimate(e)
            for e in (row.estimates[name] for name in names)
        ]
        lines.append(f"| {row.title} | {' | '.join(cells)} | {_lead(row)} |")
    times = " | ".join(f"{report.runs[name]['query_ms']:.1f}" for name in names)
    lines.append(f"| ms of CPU a question, p50 | {times} | |")
    lines += ["", *(f"- {note}" for note in _notes(report, titles))]
    return "\n".join(lines).rstrip()


def edit_lines(
    edits: Mapping[str, Edit], missing: Mapping[str, str], titles: Mapping[str, str]
) -> list[tuple[str, str]]:
    """(system, how long one edited entry takes to go live) of every system."""
    told = [
        (
            titles[name],
            f"{edit.seconds:.2f} s ({edit.cpu_s:.2f} s of CPU) among {edit.entries:,} entries"
            + ("" if edit.found else ", yet not found first"),
        )
        for name, edit in edits.items()
    ]
    return told + [(titles[name], f"not run: {reason}") for name, reason in missing.items()]


def _heading(report: CorpusReport) -> str:
    asked = f"{report.in_scope:,} questions in scope"
    if report.out_of_scope:
        asked += f", {report.out_of_scope:,} out of scope"
    return f"{report.title}: {report.entries:,} entries, {asked}"


def _notes(report: CorpusReport, titles: Mapping[str, str]) -> list[str]:
    notes = [
        f"{titles[name]}: over {facts['entries']:,.0f} of the entries only, an easier task"
        for name, facts in report.runs.items()
        if facts["entries"] < report.entries
    ]
    return notes + [f"{titles[name]}: not run: {reason}" for name, reason in report.missing.items()]


def _estimate(found: Estimate) -> str:
    return "–" if math.isnan(found.value) else f"{found.value:.3f} [{found.low:.2f}, {found.high:.2f}]"


def _lead(row: Row) -> str:
    return "" if row.lead is None else f"{row.lead.value:+.3f} [{row.lead.low:+.2f}, {row.lead.high:+.2f}]"
