"""The figures as Markdown tables and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from bench.speech.load import SLOW_MS, Load
from bench.speech.measure import Figures


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured; ``typed`` are hit@1 and hit@3 of the same questions as they were written.

    ``invented`` are the names of recordings without speech in which text was heard, of ``silent`` in all.
    """

    machine: str
    groups: Sequence[Figures] = ()
    typed: tuple[float, float] | None = None
    silent: int = 0
    invented: Sequence[str] = ()
    loads: Sequence[Load] = ()
    memory_mb: float = 0.0
    notes: Sequence[str] = field(default_factory=tuple)

    def markdown(self) -> str:
        """All tables that there are figures for."""
        parts = [self.machine]
        if self.groups:
            parts.append(_questions(self.groups, self.typed))
        if self.silent:
            told = "".join(f"\n- {name}" for name in self.invented)
            parts.append(
                f"**Recordings without speech, published questions held out**: text in {len(self.invented)} of"
                f" {self.silent}{told}"
            )
        if self.loads:
            parts.append(_loads(self.loads))
        parts.append(f"Memory of the process (recogniser, embedder, index): {self.memory_mb:.0f} MB")
        return "\n\n".join((*parts, *self.notes)) + "\n"

    def as_json(self) -> dict[str, object]:
        """Every figure, for comparing with another day; no text."""
        return asdict(self)


def _questions(groups: Sequence[Figures], typed: tuple[float, float] | None) -> str:
    heads = ["", "n", "CER", "figures = readings", "exact", "numbers", "hit@1", "hit@3", "RTF", "p50 ms", "p95 ms"]
    lines = [_line(heads), _line(["---"] * len(heads))]
    for each in groups:
        numbers = f"{each.numbers_heard} of {each.numbers_said}" if each.numbers_said else "–"
        cells = [
            each.group,
            str(each.recordings),
            f"{each.cer:.3f}",
            f"{each.cer_read:.3f}",
            str(each.exact),
            numbers,
            *("–" if hit is None else f"{hit:.3f}" for hit in (each.hit_1, each.hit_3)),
            f"{each.real_time_factor:.2f}",
            f"{each.p50_ms:.0f}",
            f"{each.p95_ms:.0f}",
        ]
        lines.append(_line(cells))
    told = f" Typed, the same questions: hit@1 {typed[0]:.3f}, hit@3 {typed[1]:.3f}." if typed else ""
    return (
        f"**Spoken questions, from the end of the recording to the found entries, in process.**{told}\n\n"
        + "\n".join(lines)
    )


def _loads(loads: Sequence[Load]) -> str:
    lines = [_line(["speakers", "answered", "told to wait", "p50 ms", "p95 ms"]), _line(["---"] * 5)]
    for each in loads:
        cells = (each.speakers, each.questions, each.refused, f"{each.p50_ms:.0f}", f"{each.p95_ms:.0f}")
        lines.append(_line([str(cell) for cell in cells]))
    title = f"**Speakers at once** (until p95 is above {SLOW_MS / 1000:g} s; SpeechService and search, in process)"
    return title + "\n\n" + "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
