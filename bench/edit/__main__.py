"""``python -m bench.edit``: one entry of many is edited while people ask; when is the new answer served?

Starts the real app over generated entries, without Rasa (an edit doesn't touch it): every turn is scrubbed, embedded,
searched and answered over HTTP. The edit is written by this process into the app's database, as ``maru faq import``
would. The first run embeds the entries into ``--cache`` (minutes); later ones take what lies there.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path

from bench.edit.app import running_app
from bench.edit.entries import generated_entries
from bench.edit.measure import Measurement
from knowledge.store import FaqStore
from maru.database import migrate, open_engine
from maru.settings import ROOT

_NAMES = {
    "entries": "항목",
    "edits": "고친 횟수",
    "live_p50_s": "새 답이 나오기까지(초, 중앙값)",
    "live_max_s": "새 답이 나오기까지(초, 최대)",
    "found_by_new_wording": "새 물음으로 찾은 횟수",
    "rate_per_s": "초당 질문",
    "requests": "질문 수",
    "failed": "답 없는 질문",
    "before_p50_ms": "고치기 전 p50(ms)",
    "before_p95_ms": "고치기 전 p95(ms)",
    "while_editing_p50_ms": "고치는 동안 p50(ms)",
    "while_editing_p95_ms": "고치는 동안 p95(ms)",
    "until_live_p50_ms": "저장부터 새 답까지 p50(ms)",
    "until_live_p95_ms": "저장부터 새 답까지 p95(ms)",
}


def main() -> None:
    """Measure, and print a table and a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.edit", description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000, help="how many entries, 10,000 at most")
    parser.add_argument("--edits", type=int, default=5, help="how many edits, one after the other")
    parser.add_argument("--rate", type=float, default=20.0, help="questions a second")
    parser.add_argument("--quiet", type=float, default=10.0, help="seconds of questions before the first edit")
    parser.add_argument("--apart", type=float, default=3.0, help="seconds between edits")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "edit", help="the app's data folder")
    arguments = parser.parse_args()
    figures = measure(
        arguments.cache, arguments.entries, arguments.edits, arguments.rate, arguments.quiet, arguments.apart
    )
    for name, value in figures.items():
        print(f"{_NAMES[name]}: {value}")
    print(json.dumps(figures))


def measure(
    data_dir: Path, count: int, edits: int, rate: float, quiet_s: float, apart_s: float
) -> dict[str, float | int]:
    """Figures of one run over ``count`` generated entries."""
    data_dir = data_dir.resolve() / str(count)
    url = f"sqlite:///{data_dir / 'maru.db'}"
    engine = open_engine(url)
    migrate(engine)
    store = FaqStore(engine)
    entries = generated_entries(count)
    store.save(entries)
    with running_app(data_dir, url, data_dir / "app.log") as app:
        figures = asyncio.run(Measurement(app, store, entries, rate).run(edits, quiet_s, apart_s))
    engine.dispose()
    return figures


if __name__ == "__main__":
    main()
