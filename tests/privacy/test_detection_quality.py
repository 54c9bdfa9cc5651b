"""Figures of the shared development sentences, and leaks of generated identifiers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.privacy.generate import KINDS, STYLES, digits_left, generated_samples, generated_sentence
from bench.privacy.measure import measure, read_samples
from privacy import Scrubber, SessionVault
from privacy.recognizers import ALL_RECOGNIZERS
from privacy.recognizers.tagged import TaggedRecognizer


def test_when_the_development_sentences_are_scrubbed_then_the_figures_hold(
    scrubber: Scrubber, shared_data: Path
) -> None:
    tally = measure(scrubber, read_samples(shared_data / "pii" / "dev.jsonl"))
    assert tally.recall >= 0.98, tally.missed
    assert tally.precision >= 0.97, tally.too_much
    assert tally.clean_touched <= tally.clean * 0.01, tally.too_much


@pytest.fixture(scope="module")
def rules() -> Iterator[Scrubber]:
    """A scrubber without the trained tagger, which must not make up for a rule that leaks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("privacy.scrubber.ALL_RECOGNIZERS", tuple(set(ALL_RECOGNIZERS) - {TaggedRecognizer}))
        yield Scrubber(SessionVault(ttl_s=1800, max_values=1_000_000), timeout_s=60.0)


@pytest.mark.parametrize("seed", [11, 13])
def test_when_identifiers_are_generated_in_any_style_then_none_leaks(rules: Scrubber, seed: int) -> None:
    leaked, touched = [], []
    for sample in generated_samples(3240, seed):
        results = rules.scrub_turns([turn.text for turn in sample.turns], f"{seed}-{sample.id}")
        if sample.clean:
            touched += [result.text for result in results if result.spans]
            continue
        for turn, result in zip(sample.turns, results, strict=True):
            spans = [(span.start, span.end) for span in result.spans]
            leaked += [turn.text for start, end, _ in turn.gold if digits_left(turn.text, (start, end), spans) > 1]
    assert leaked == []
    assert touched == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_when_a_sentence_is_generated_then_its_identifier_stands_where_it_says(kind: str) -> None:
    for style in STYLES:
        made = generated_sentence(random.Random(style), kind, style)
        value = made.text[made.start : made.end]
        assert value
        assert value == value.strip()
        assert made.left_uncovered([]) >= (style != "masked")
        assert made.left_uncovered([(made.start, made.end)]) == 0
