"""The figures as Markdown tables (one column a scrubber) and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from bench.privacy.corpora import Corpus
from bench.privacy.dialogues import Dialogues, dialogues
from bench.privacy.generate import digits_left
from bench.privacy.measure import GROUPS, OVER_TURNS, SPOKEN, WRITTEN, Found, Tally, share, tally
from bench.privacy.run import Run
from bench.privacy.speed import HOSTILE_SIZES, LONGEST, PATIENCE_S, Hostile, Times

LEAK = 2
"""Digit characters of an identifier that must be left for it to count as leaked."""
_NONE = "–"

Row = tuple[str, list[str]]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that was asked. ``marked`` are corpora of every kind of data, ``clean`` those that hold none."""

    marked: Sequence[Corpus] = ()
    klue: Corpus | None = None
    clean: Sequence[Corpus] = ()
    generated: Corpus | None = None
    timed: Sequence[str] = ()

    @property
    def corpora(self) -> list[Corpus]:
        return [each for each in (*self.marked, self.klue, *self.clean, self.generated) if each is not None]


def markdown(material: Material, runs: Sequence[Run], missing: Mapping[str, str]) -> str:
    """All tables; ``missing`` says of each scrubber that wasn't run why."""
    parts = [_table(_marked_title(corpus), runs, list(_marked_rows(corpus, runs))) for corpus in material.marked]
    if rows := [row for corpus in material.marked if corpus.dialogues for row in _dialogue_rows(corpus, runs)]:
        parts.append(
            _table("Over turns: the whole dialogue at once, and turn by turn as it goes on (live)", runs, rows)
        )
    if material.generated:
        title = f"Generated identifiers that leak ({LEAK} or more of their digits are left)"
        parts.append(_table(title, runs, list(_leak_rows(material.generated, runs))))
    if material.klue:
        parts.append(
            _table("KLUE-NER: persons, in sentences that nothing was tuned on", runs, _klue_rows(material.klue, runs))
        )
    if material.clean:
        parts.append(_table("Texts with nothing personal that were touched", runs, _clean_rows(material.clean, runs)))
    if any(each.short.cpu_ms for each in runs):
        parts.append(_table("Time and memory", runs, _cost_rows(runs)))
    if missing:
        parts.append("\n".join(f"- {name}: not run: {reason}" for name, reason in missing.items()))
    return "\n\n".join(parts) + "\n"


def as_json(material: Material, runs: Sequence[Run], about: Mapping[str, str]) -> dict[str, object]:
    """Every figure, for comparing with another day; no text."""
    return {"about": dict(about), "scrubbers": {each.name: _figures(material, each) for each in runs}}


class Identifier(NamedTuple):
    """A generated identifier and how many of its digits are left; ``style`` is the part of the category after ``/``."""

    sample: str
    style: str
    kind: str
    left: int


def identifiers(corpus: Corpus, found: Sequence[Found]) -> Iterator[Identifier]:
    """Each annotated span is one, but the spans of a dialogue are the parts of one."""
    for sample, spans_of_turns in zip(corpus.samples, found, strict=True):
        left = [
            (gold[2], digits_left(turn.text, gold[:2], [span[:2] for span in spans]))
            for turn, spans in zip(sample.turns, spans_of_turns, strict=True)
            for gold in turn.gold
        ]
        if len(sample.turns) > 1 and left:
            left = [(left[0][0], sum(count for _, count in left))]
        for kind, count in left:
            yield Identifier(sample.id, sample.category.rpartition("/")[2], kind, count)


def _marked_title(corpus: Corpus) -> str:
    spans = sum(len(turn.gold) for sample in corpus.samples for turn in sample.turns)
    clean = sum(sample.clean for sample in corpus.samples)
    return (
        f"{corpus.title}: {len(corpus.samples):,} samples, {spans:,} spans, {clean:,} samples clean"
        " (full cover / exact / precision)"
    )


def _slices(counts: Tally) -> Iterator[tuple[str, Callable[[str, str], bool]]]:
    yield "all", lambda kind, style: True
    for wanted in (WRITTEN, SPOKEN, OVER_TURNS):
        yield wanted, lambda kind, style, wanted=wanted: style == wanted  # type: ignore[misc]
    for name, kinds in GROUPS.items():
        yield name, lambda kind, style, kinds=kinds: kind in kinds  # type: ignore[misc]
    for each, _ in Counter(gold.kind for gold in counts.gold).most_common():
        yield each, lambda kind, style, wanted=each: kind == wanted  # type: ignore[misc]


def _marked_rows(corpus: Corpus, runs: Sequence[Run]) -> Iterator[Row]:
    counts = [tally(corpus.samples, each.found[corpus.name]) for each in runs]
    for name, wanted in _slices(counts[0]):
        parts = [each.of(wanted) for each in counts]
        if parts[0].gold:
            yield f"{name} ({len(parts[0].gold):,})", [_three(part) for part in parts]
    yield "covered, and of the right kind", [_share([gold.typed for gold in each.gold]) for each in counts]
    yield "clean samples touched", [f"{each.clean_touched:,} of {each.clean:,}" for each in counts]


def _three(part: Tally) -> str:
    covered, exact = (_share(flags) for flags in ([g.covered for g in part.gold], [g.exact for g in part.gold]))
    return f"{covered} / {exact} / {_share([each.right for each in part.found])}"


def _share(flags: Sequence[bool]) -> str:
    return f"{share(flags):.3f}" if flags else _NONE


def _dialogue_rows(corpus: Corpus, runs: Sequence[Run]) -> Iterator[Row]:
    for how, counts in (
        ("whole", [_whole(corpus, each) for each in runs]),
        ("live", [dialogues(corpus.dialogues, each.live[corpus.name]) for each in runs]),
    ):
        cells = [f"{each.together:,} of {each.split:,}{_percent(each.together, each.split)}" for each in counts]
        yield f"{corpus.title}, {how}: split identifiers found in all parts", cells
        if counts[0].clean:
            cells = [
                f"{each.clean_touched:,} of {each.clean:,}{_percent(each.clean_touched, each.clean)}" for each in counts
            ]
            yield f"{corpus.title}, {how}: clean dialogues touched", cells


def _whole(corpus: Corpus, each: Run) -> Dialogues:
    return dialogues(corpus.samples, each.found[corpus.name])


def _percent(part: int, whole: int) -> str:
    return f" ({part / whole:.2%})" if part else ""


def _leak_rows(corpus: Corpus, runs: Sequence[Run]) -> Iterator[Row]:
    told = [list(identifiers(corpus, run.found[corpus.name])) for run in runs]
    yield _leak_row("all", told)
    for style in dict.fromkeys(each.style for each in told[0]):
        yield _leak_row(style, [[each for each in of_run if each.style == style] for of_run in told])
    for kind, _ in Counter(each.kind for each in told[0]).most_common():
        yield _leak_row(kind, [[each for each in of_run if each.kind == kind] for of_run in told])
    counts = [tally(corpus.samples, run.found[corpus.name]) for run in runs]
    if clean := counts[0].clean:
        cells = [f"{each.clean_touched:,}{_percent(each.clean_touched, clean)}" for each in counts]
        yield f"clean samples touched ({clean:,})", cells


def _leak_row(title: str, told: Sequence[Sequence[Identifier]]) -> Row:
    size = len(told[0])
    leaks = [sum(each.left >= LEAK for each in of_run) for of_run in told]
    return f"{title} ({size:,})", [f"{count:,}{_percent(count, size)}" for count in leaks]


def _persons(corpus: Corpus, run: Run) -> Tally:
    return tally(corpus.samples, run.found[corpus.name]).of(lambda kind, style: kind == "NAME")


def _klue_rows(corpus: Corpus, runs: Sequence[Run]) -> list[Row]:
    counts = [_persons(corpus, each) for each in runs]
    persons = len(counts[0].gold)
    return [
        (f"recall, full cover ({persons:,})", [_share([g.covered for g in each.gold]) for each in counts]),
        (f"recall, exact ({persons:,})", [_share([g.exact for g in each.gold]) for each in counts]),
        (
            "precision of what it calls names",
            [f"{_share([f.right for f in each.found])} ({len(each.found):,})" for each in counts],
        ),
    ]


def _clean_rows(corpora: Sequence[Corpus], runs: Sequence[Run]) -> list[Row]:
    rows = []
    for corpus in corpora:
        touched = [sum(any(turns) for turns in each.found[corpus.name]) for each in runs]
        cells = [f"{count:,}{_percent(count, len(corpus.samples))}" for count in touched]
        rows.append((f"{corpus.title} ({len(corpus.samples):,})", cells))
    return rows


def _cost_rows(runs: Sequence[Run]) -> list[Row]:
    rows: list[Row] = []
    for what, texts in (
        (f"of up to {LONGEST} characters", [each.short for each in runs]),
        (f"of {LONGEST}", [each.long for each in runs]),
    ):
        rows.append((f"ms of CPU an utterance {what}, p50 / p95", [_two(each.cpu_ms) for each in texts]))
        rows.append((f"the same by the clock {what}", [_two(each.wall_ms) for each in texts]))
    rows += [
        (f"{size:,} hostile characters, slowest", [_worst(each.hostile, size) for each in runs])
        for size in HOSTILE_SIZES
    ]
    rows.append(("memory of a fresh process, MB", [f"{each.memory_mb:.0f}" for each in runs]))
    return rows


def _worst(hostile: Sequence[Hostile], size: int) -> str:
    of_size = [each for each in hostile if each.size == size]
    slowest = max(of_size, key=lambda each: float("inf") if each.seconds is None else each.seconds, default=None)
    if slowest is None:
        return _NONE
    if slowest.seconds is None:
        return f"over {PATIENCE_S:.0f} s ({slowest.name})"
    refused = sum(each.refused for each in of_size)
    told = f"; {refused} of {len(of_size)} refused" if refused else ""
    return f"{slowest.seconds:.2f} s ({slowest.name}{told})"


def _two(milliseconds: Sequence[float]) -> str:
    return f"{Times.quantile(milliseconds, 0.5):.2f} / {Times.quantile(milliseconds, 0.95):.2f}"


def _table(title: str, runs: Sequence[Run], rows: Sequence[Row]) -> str:
    heads = ["", *(f"{each.name} {each.version}".strip() for each in runs)]
    lines = [f"**{title}**", "", _line(heads), _line(["---"] * len(heads))]
    return "\n".join([*lines, *(_line([name, *cells]) for name, cells in rows)])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _figures(material: Material, run: Run) -> dict[str, object]:
    figures: dict[str, object] = {"version": run.version, "memory_mb": run.memory_mb}
    for corpus in material.marked:
        counts = tally(corpus.samples, run.found[corpus.name])
        figures[corpus.name] = {
            **{name: _parts(counts.of(wanted)) for name, wanted in _slices(counts)},
            "clean": counts.clean,
            "clean_touched": counts.clean_touched,
        }
        if corpus.dialogues:
            figures[f"{corpus.name} dialogues"] = {
                "whole": asdict(_whole(corpus, run)),
                "live": asdict(dialogues(corpus.dialogues, run.live[corpus.name])),
            }
    if material.klue:
        figures["klue"] = _parts(_persons(material.klue, run))
    if material.generated:
        left = [each.left for each in identifiers(material.generated, run.found[material.generated.name])]
        figures["fuzz"] = {"identifiers": len(left), "leaked": sum(count >= LEAK for count in left)}
    for corpus in material.clean:
        touched = sum(any(turns) for turns in run.found[corpus.name])
        figures[corpus.name] = {"texts": len(corpus.samples), "touched": touched}
    figures["ms"] = {
        name: {
            of: {"p50": Times.quantile(values, 0.5), "p95": Times.quantile(values, 0.95)}
            for of, values in asdict(times).items()
        }
        for name, times in (("short", run.short), ("long", run.long))
        if times.cpu_ms
    }
    figures["hostile"] = [asdict(each) for each in run.hostile]
    return figures


def _parts(part: Tally) -> dict[str, float]:
    return {
        "spans": len(part.gold),
        "covered": sum(each.covered for each in part.gold),
        "exact": sum(each.exact for each in part.gold),
        "typed": sum(each.typed for each in part.gold),
        "found": len(part.found),
        "found_right": sum(each.right for each in part.found),
    }
