"""No word of the published FAQ base may be touched, and no ordinary public sentence damaged."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from privacy import Scrubber

FAQ = Path(__file__).resolve().parents[2] / "data" / "faq"
FILES = sorted(FAQ.rglob("*.yml"))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _touched(scrubber: Scrubber, texts: Iterator[str]) -> list[str]:
    return [
        f"{span.type} {text[span.start : span.end]!r} in {text[:60]!r}"
        for text in texts
        for span in scrubber.scrub(text, "zero").spans
    ]


def test_when_the_seed_is_looked_for_then_it_is_there() -> None:
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_when_a_published_entry_is_scrubbed_then_no_word_changes(scrubber: Scrubber, file: Path) -> None:
    assert _touched(scrubber, _texts(yaml.safe_load(file.read_text(encoding="utf-8")))) == []


def test_when_titles_of_a_call_centre_are_scrubbed_then_hardly_one_changes(
    scrubber: Scrubber, shared_data: Path
) -> None:
    with (shared_data / "seoul-120" / "seoul-120-text.csv").open(encoding="utf-8-sig", newline="") as stream:
        titles = [row["제목"] for row in csv.DictReader(stream)]
    touched = _touched(scrubber, iter(titles))
    assert len(touched) <= len(titles) * 0.002, touched


def test_when_paraphrased_questions_are_scrubbed_then_hardly_one_changes(scrubber: Scrubber, shared_data: Path) -> None:
    lines = (shared_data / "parakqc" / "paraKQC_v1.txt").read_text(encoding="utf-8").splitlines()
    questions = [line.split("\t")[-1] for line in lines[::4]]
    touched = _touched(scrubber, iter(questions))
    assert len(touched) <= len(questions) * 0.005, touched
