"""``python -m bench.privacy [FILE]``: recall, precision, damage and speed on annotated (fictional) sentences."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.privacy.measure import measure, read_samples
from privacy import Scrubber

DEFAULT = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "pii" / "dev.jsonl"


def main() -> None:
    """Print the table; with ``--show`` also every miss and every false find."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--show", action="store_true", help="list misses and false finds (prints the sentences)")
    arguments = parser.parse_args()
    tally = measure(Scrubber(), read_samples(arguments.file))
    for key in sorted(tally.gold):
        print(f"{key:28} {tally.covered[key]:4} / {tally.gold[key]:4}")
    print(f"recall, full cover           {tally.recall:.3f}  ({tally.covered.total()} of {tally.gold.total()})")
    print(f"  with the right type        {tally.typed / max(1, tally.gold.total()):.3f}")
    print(f"precision                    {tally.precision:.3f}  ({tally.found_right} of {tally.found})")
    print(f"clean sentences touched      {tally.clean_touched} of {tally.clean}")
    print(f"ms an utterance              p50 {tally.quantile(0.5):.2f}  p95 {tally.quantile(0.95):.2f}")
    if arguments.show:
        print(*(f"MISSED {line}" for line in tally.missed), *(f"FALSE  {line}" for line in tally.too_much), sep="\n")


if __name__ == "__main__":
    main()
