"""The real embedder and the classifier's values of config.yml on utterances that were never trained on."""

from __future__ import annotations

import pytest

from bench.intents import ANSWERED, Score, classify, read_held_out, read_pipeline, read_training, score
from knowledge.embedder import load_embedder
from maru.settings import get_settings


@pytest.fixture(scope="module")
def held_out() -> Score:
    training, utterances = read_training(), read_held_out()
    embedder = load_embedder(get_settings())
    known = embedder.encode_queries([utterance.text for utterance in training])
    asked = embedder.encode_queries([utterance.text for utterance in utterances])
    intents = [utterance.intent for utterance in training]
    return score(utterances, classify(read_pipeline(), known, intents, asked))


def test_when_utterances_are_held_out_then_nine_of_ten_are_understood(held_out: Score) -> None:
    assert held_out.accuracy >= 0.90, held_out.mistakes


def test_when_somebody_is_in_danger_then_it_is_always_understood(held_out: Score) -> None:
    assert held_out.recall["emergency"] == 1.0, held_out.mistakes


def test_when_a_question_only_sounds_like_danger_then_no_alarm_is_raised(held_out: Score) -> None:
    alarms = [mistake for mistake in held_out.mistakes if mistake.read_as == "emergency" and mistake.intent in ANSWERED]
    assert alarms == []
