"""Draws error against coverage from the benchmark's JSON: ``python -m bench.retrieval.plot RESULT.json OUT.png``.

Runs in ``.venv-bench``: matplotlib is no part of the app.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.ticker import PercentFormatter

OURS = "maru"
_COLOURS = {"bm25": "#b08900", "e5": "#4477aa", "hybrid": "#66ccee", "haystack": "#228833", "rasa": "#aa3377"}


def draw(result: dict[str, Any], out: Path) -> None:
    """One panel a corpus."""
    corpora = result["corpora"]
    figure, panels = plt.subplots(1, len(corpora), figsize=(5.2 * len(corpora), 4.6), squeeze=False, sharey=True)
    for panel, corpus in zip(panels[0], corpora, strict=True):
        for name, curve in corpus["curves"].items():
            ours = name == OURS
            panel.plot(
                [coverage for coverage, _ in curve],
                [wrong for _, wrong in curve],
                label=result["titles"][name],
                color="#d62728" if ours else _COLOURS.get(name, "#777777"),
                linewidth=2.8 if ours else 1.4,
                zorder=3 if ours else 2,
            )
        panel.set_title(f"{corpus['title']}\n({corpus['entries']:,} entries)", fontsize=10)
        panel.set_xlabel("in-scope questions answered")
        panel.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        panel.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        panel.set_xlim(0, 1)
        panel.set_ylim(bottom=0)
        panel.grid(alpha=0.3)
    panels[0][0].set_ylabel("wrong among the answers given\n(answers to out-of-scope questions are wrong)")
    panels[0][0].legend(fontsize=8, loc="upper left")
    figure.tight_layout()
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, dpi=110)


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2]))
