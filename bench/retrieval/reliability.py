"""Draws what was predicted against what came true: ``.venv-bench/bin/python -m bench.retrieval.reliability OUT.png``.

The bins are those that ``maru train calibration`` keeps with its weights: typed questions, each asked of a base that
had never seen it, and judged by a model fitted without its entry. Runs in ``.venv-bench``: matplotlib is no part of
the app.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt

CALIBRATION = Path(__file__).resolve().parents[2] / "knowledge" / "calibration.json"


def draw(out: Path) -> None:
    """One dot a bin, as large as the bin, and the diagonal of honesty."""
    content = json.loads(CALIBRATION.read_text("utf-8"))
    bins: list[dict[str, float]] = content["reliability"]
    figure, panel = plt.subplots(figsize=(5.4, 5.0))
    panel.plot([0, 1], [0, 1], color="#999999", linestyle="--", linewidth=1, label="as sure as right")
    predicted, right = [b["predicted"] for b in bins], [b["right"] for b in bins]
    panel.plot(predicted, right, color="#d62728", linewidth=1.5)
    panel.scatter(predicted, right, s=[b["questions"] / 8 for b in bins], color="#d62728", alpha=0.8, label="held back")
    for b in bins:
        panel.annotate(f"{b['questions']:,.0f}", (b["predicted"], b["right"]), (6, -12), textcoords="offset points")
    panel.set_xlabel("probability that Maru gave its best entry")
    panel.set_ylabel("share in which that entry was right")
    panel.set_title(f"Reliability: {sum(b['questions'] for b in bins):,.0f} questions")
    panel.set_xlim(0, 1)
    panel.set_ylim(0, 1)
    panel.grid(alpha=0.3)
    panel.legend(loc="upper left")
    figure.tight_layout()
    figure.savefig(out, dpi=110)


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
