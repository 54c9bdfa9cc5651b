"""Figures of the shared development sentences, and leaks of generated identifiers."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.privacy.generate import KINDS, STYLES, generated_sentence
from bench.privacy.measure import measure, read_samples
from privacy import Scrubber


def test_when_the_development_sentences_are_scrubbed_then_the_figures_hold(
    scrubber: Scrubber, shared_data: Path
) -> None:
    tally = measure(scrubber, read_samples(shared_data / "pii" / "dev.jsonl"))
    assert tally.recall >= 0.98, tally.missed
    assert tally.precision >= 0.97, tally.too_much
    assert tally.clean_touched <= tally.clean * 0.01, tally.too_much


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("style", STYLES)
def test_when_identifiers_are_generated_in_any_style_then_none_leaks(scrubber: Scrubber, kind: str, style: str) -> None:
    randomness = random.Random(f"{kind}/{style}")
    leaked = []
    for number in range(60):
        sentence = generated_sentence(randomness, kind, style)
        spans = scrubber.scrub(sentence.text, f"{kind}-{style}-{number}").spans
        if sentence.left_uncovered((span.start, span.end) for span in spans) > 1:
            leaked.append(sentence.text)
    assert leaked == []
