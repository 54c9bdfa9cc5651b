"""Approved phrases as Rasa's training data (YAML 3.1), which ``rasa train`` and ``rasa data validate`` read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from privacy.training_phrases import Phrase


def rasa_yaml(phrases: Iterable[Phrase]) -> Iterator[str]:
    """Pieces of the file: one ``nlu`` block an intent; ``phrases`` are sorted by intent.

    The strict pass lets no bracket, brace or line break through, so that no example can read as anything else.
    """
    yield 'version: "3.1"\n\nnlu:\n'
    empty = True
    for intent, examples in groupby(phrases, key=lambda phrase: phrase.intent):
        empty = False
        yield f"  - intent: {intent}\n    examples: |\n"
        yield from (f"      - {phrase.text}\n" for phrase in examples)
    if empty:
        yield "  []\n"
