"""A second reading of the same speech, with published questions in mind; what the speech doesn't bear out is refused.

Whisper takes what stands before a text for its beginning, and what a city has published holds the words that people
use and that it mishears: 재개발, 경로당, 수급자. But it also repeats what it was told (faster-whisper#1356). So each
reading is scored again without the questions, and one that the speech alone makes much less likely than the first is
an invention, however sure it was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from faster_whisper.tokenizer import Tokenizer

from voice.hypotheses import Reading
from voice.normalise import character_edits, normalise


@dataclass(frozen=True, slots=True)
class SecondReading:
    """How much is told and how much is believed.

    ``prompt_tokens``: titles are told as far as they fit, the likeliest first, none cut in two (Whisper takes 223).
    ``believed``: how much less likely per token (natural logarithm) than the first reading one may be by the speech
    alone. ``ends_within_s``: a reading that ends further than that from where the first ended is of other speech.
    """

    prompt_tokens: int = 200
    believed: float = 0.5
    ends_within_s: float = 1.0


def prompt_of(questions: Sequence[str], tokenizer: Tokenizer, longest: int) -> list[int]:
    """The tokens that tell of ``questions``, as many of them as fit into ``longest`` tokens."""
    told: list[int] = []
    for question in questions:
        tokens = tokenizer.encode(f" {question.strip()}")
        if len(told) + len(tokens) > longest:
            break
        told += tokens
    return told


def is_echo(text: str, questions: Sequence[str], heard: str) -> bool:
    """Whether ``text`` only repeats what was told, while something else was ``heard`` at first."""
    said = normalise(text)
    if not said or said not in normalise("".join(questions)):
        return False
    edits, length = character_edits(heard, text)
    return edits * 2 > length


def news(known: Sequence[Reading], readings: Sequence[Reading]) -> list[Reading]:
    """Those of ``readings`` that differ from all ``known`` ones in letters or digits, each text once."""
    seen = {normalise(reading.text) for reading in known} | {""}
    fresh = []
    for reading in readings:
        if (heard := normalise(reading.text)) not in seen:
            seen.add(heard)
            fresh.append(reading)
    return fresh


def level(leading: Sequence[Reading], others: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings of two decodings together, ``leading`` first; the best of either weighs the same.

    Their own scores can't be compared, as one decoding was told more than the other.
    """
    return tuple(
        replace(reading, log_probability=reading.log_probability - readings[0].log_probability)
        for readings in (leading, others)
        for reading in readings
    )
