"""``python -m bench.dialogue``: what the 60 spoken questions come to, beside the same questions typed.

Each is recognised, searched for with all its readings among the 2,645 entries of Seoul-120, and decided on with the
settings of this installation: answered, one entry to confirm, a choice, or asked again.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.speech.corpora import SHARED, spoken_questions
from knowledge.decision import Decision, Hit
from knowledge.embedder import load_embedder
from knowledge.entry import Viewer
from knowledge.service import Knowledge
from knowledge.training.seoul import read_seoul_entries
from maru.clock import SystemClock
from maru.database import migrate, open_engine
from maru.settings import ROOT, Settings, get_settings
from voice.whisper_recognizer import WhisperRecognizer
from web.spoken_turn import NEAR

_CACHE = ROOT / ".cache" / "retrieval"  # vectors shared with bench.retrieval
_NEVER_S = 86_400.0
_COLUMNS = ("answered right", "answered wrong", "confirmed", "confirmed next", "choice", "asked in vain", "asked again")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was typed and as it was heard, the entry that answers it, and the recogniser's confidence."""

    typed: str
    heard: str
    readings: tuple[str, ...]
    confidence: float
    answer: str


def main() -> int:
    """Print the table (``--each``: every question besides); 1 when the evaluation data is absent."""
    parser = argparse.ArgumentParser(prog="python -m bench.dialogue", description=__doc__)
    parser.add_argument("--each", action="store_true", help="also print every spoken question and what it comes to")
    parser.add_argument("--cost", type=float, help="MARU_WRONG_ANSWER_COST to measure with")
    parser.add_argument(
        "--bias", action="store_true", help="let the recogniser hear of the nearest entries, as the app does"
    )
    arguments = parser.parse_args()
    settings = get_settings()
    if arguments.cost is not None:
        settings = settings.model_copy(update={"wrong_answer_cost": arguments.cost})
    try:
        with _seoul(settings) as knowledge:
            asked = _asked(settings, knowledge, bias=arguments.bias)
            typed = [come_to(_decision(knowledge, each.typed), each.answer) for each in asked]
            heard = [come_to(_decision(knowledge, each.heard, each.readings), each.answer) for each in asked]
    except FileNotFoundError as error:
        print(f"the evaluation data beside the checkout is absent: {error.filename}", file=sys.stderr)
        return 1
    print(f"{'':<8}" + "".join(f"{column:>16}" for column in _COLUMNS) + f"{'wrong share':>16}")
    for name, outcomes in (("typed", typed), ("spoken", heard)):
        counts = Counter(outcomes)
        answered = counts["answered right"] + counts["answered wrong"]
        wrong = counts["answered wrong"] / answered if answered else 0.0
        print(f"{name:<8}" + "".join(f"{counts[column]:>16}" for column in _COLUMNS) + f"{wrong:>16.3f}")
    if arguments.each:
        for each, outcome in zip(asked, heard, strict=True):
            print(f"  {outcome:<15} {each.confidence:.2f}  {each.typed}\n  {'':<21}{each.heard}")
    return 0


def come_to(decision: Decision, answer: str) -> str:
    """One of the columns. ``confirmed next``: a no brings the right entry; ``asked in vain``: it isn't on offer."""

    def among(hits: Iterable[Hit]) -> bool:
        return any(hit.entry.entry_id == answer for hit in hits)

    if decision.status == "answered":
        return "answered right" if among(decision.hits) else "answered wrong"
    if decision.status == "no_answer":
        return "asked again"
    if len(decision.hits) == 1 and not among(decision.hits):
        return "confirmed next" if among(decision.others) else "asked in vain"
    if not among(decision.hits):
        return "asked in vain"
    return "confirmed" if len(decision.hits) == 1 else "choice"


def _asked(settings: Settings, knowledge: Knowledge, *, bias: bool) -> list[Asked]:
    """Every question as it is heard; with ``bias`` the recogniser hears of the entries nearest to its first reading."""
    rows = [
        json.loads(line) for line in (SHARED / "spoken-questions" / "manifest.jsonl").read_text("utf-8").splitlines()
    ]
    recognizer = WhisperRecognizer.load(settings)

    def near(text: str) -> tuple[str, ...]:
        knowledge.note_readings(text, ())  # searched for as something heard, as the app does
        return tuple(hit.entry.question for hit in knowledge.search(text, Viewer()).ranked[:NEAR])

    more = {"bias": near} if bias else {}
    asked = []
    for row, recording in zip(rows, spoken_questions(settings), strict=True):
        transcript = recognizer.transcribe(recording.waveform, "ko", **more)
        readings = tuple(hypothesis.text for hypothesis in transcript.hypotheses[1:])
        asked.append(Asked(row["text"], transcript.text, readings, transcript.confidence, str(row["doc_id"])))
    return asked


@contextmanager
def _seoul(settings: Settings) -> Iterator[Knowledge]:
    """The 2,645 entries, ready to be searched."""
    with tempfile.TemporaryDirectory(prefix="maru-bench-") as folder:
        own = Path(folder)
        engine = open_engine(f"sqlite:///{own / 'maru.db'}")
        migrate(engine)
        update = {"data_dir": _CACHE / "maru", "seed_dir": own / "no-seeds", "index_poll_s": _NEVER_S}
        knowledge = Knowledge(settings.model_copy(update=update), engine, SystemClock())
        knowledge.store.save(read_seoul_entries(SHARED / "seoul-120"))
        knowledge.load(load_embedder(settings))
        yield knowledge
        engine.dispose()


def _decision(knowledge: Knowledge, text: str, readings: tuple[str, ...] | None = None) -> Decision:
    if not text.strip():
        return Decision("no_answer", (), ())
    if readings is not None:
        knowledge.note_readings(text, readings)
    return knowledge.search(text, Viewer())


if __name__ == "__main__":
    sys.exit(main())
