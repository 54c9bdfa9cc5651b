"""A second reading of the same speech, with published questions in mind; what the speech doesn't bear out is refused.

Whisper takes what stands before a text for its beginning, and what a city has published holds the words that people
use and that it mishears: 재개발, 경로당, 수급자. But it also repeats what it was told (faster-whisper#1356). So each reading
is scored again without the questions, and one that the speech alone makes much less likely than the first is an
invention, however sure it was made.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ctranslate2 import StorageView
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer

from voice.hypotheses import Reading
from voice.normalise import character_edits, normalise

_LEAST_PROBABILITY = 1e-8


@dataclass(frozen=True, slots=True)
class SecondReading:
    """How much is told and how much is believed.

    ``prompt_tokens``: titles are told as far as they fit, the likeliest first, none cut in two (Whisper takes 223).
    ``believed``: how much less likely per token (natural logarithm) than the first reading one may be by the speech
    alone. ``covers_s``: a reading that ends that much before the first left something out.
    """

    prompt_tokens: int = 200
    believed: float = 0.5
    covers_s: float = 1.0


def prompt_of(questions: Sequence[str], tokenizer: Tokenizer, longest: int) -> list[int]:
    """The tokens that tell of ``questions``, as many of them as fit into ``longest`` tokens."""
    told: list[int] = []
    for question in questions:
        tokens = tokenizer.encode(f" {question.strip()},")
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


def mean_log_probabilities(
    model: WhisperModel, tokenizer: Tokenizer, encoded: StorageView, frames: int, readings: Sequence[Reading]
) -> list[float]:
    """Of each reading: the mean natural log-probability of its tokens by the speech alone; readings must hold tokens."""
    batch = StorageView.from_array(np.repeat(np.asarray(encoded), len(readings), axis=0))
    tokens = [list(reading.tokens) for reading in readings]
    aligned = model.model.align(batch, list(tokenizer.sot_sequence), tokens, [frames // 2] * len(tokens))
    return [
        sum(math.log(max(p, _LEAST_PROBABILITY)) for p in result.text_token_probs) / len(result.text_token_probs)
        for result in aligned
    ]
