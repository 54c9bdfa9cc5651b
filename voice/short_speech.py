"""A closer hearing of a word or two, for what free decoding gets wrong.

Free decoding of short speech follows the model's idea of likely subtitles more than the sound. Asked for the
probability of each known text, token by token (teacher forcing), the same model tells short commands apart; and told
beforehand what people say to a device, it hears those words in the sound where they were said.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self, runtime_checkable

import numpy as np
from ctranslate2 import StorageView
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens
from numpy.typing import NDArray

_FRAMES_PER_SECOND = 100
_CONTEXT_S = 2.0
_FLOOR = 1e-8
_BEAM = 5
_MOST_TOKENS = 20  # the longest command has about 15; what goes on is going round


class HeardClosely(Protocol):
    """Short speech that can be asked about several times."""

    def scores(self, texts: Sequence[str]) -> list[float]:
        """Of each text: the mean natural log-probability of its tokens, given the speech."""
        ...

    def readings(self, told: str) -> list[str]:
        """What the speech may say if ``told`` is taken to stand before it; the best first, perhaps going round."""
        ...


@runtime_checkable
class HearsClosely(Protocol):
    """A recogniser that can be asked about short speech; one that can't is asked for its hypotheses only."""

    def closely(self, samples: NDArray[np.float32], locale: str) -> HeardClosely:
        """``samples`` (mono, 16 kHz), heard once for all questions about them."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ShortSpeech:
    """Short speech as Whisper's encoder hands it on; ``frames`` are hundredths of a second."""

    model: WhisperModel
    tokenizer: Tokenizer
    encoded: StorageView
    frames: int

    @classmethod
    def of(cls, model: WhisperModel, tokenizer: Tokenizer, samples: NDArray[np.float32]) -> Self:
        """Encode ``samples`` (mono, 16 kHz): some 40 ms of one core for a second and a half."""
        features = model.feature_extractor(samples, padding=160)[:, :-1]
        frames = features.shape[-1]
        padded = pad_or_trim(features, frames + round(_CONTEXT_S * _FRAMES_PER_SECOND))
        return cls(model, tokenizer, model.encode(padded), frames)

    def scores(self, texts: Sequence[str]) -> list[float]:
        """See :meth:`HeardClosely.scores`. Costs some 5 ms a text on one core."""
        if not texts:
            return []
        tokens = [self.tokenizer.encode(text) for text in texts]
        return mean_log_probabilities(self.model, self.tokenizer, self.encoded, self.frames, tokens)

    def readings(self, told: str) -> list[str]:
        """See :meth:`HeardClosely.readings`. Costs some 60 ms of one core."""
        prompt = self.model.get_prompt(self.tokenizer, self.tokenizer.encode(f" {told.strip()}"))
        result = self.model.model.generate(
            self.encoded,
            [prompt],
            beam_size=_BEAM,
            num_hypotheses=_BEAM,
            max_length=len(prompt) + _MOST_TOKENS,
            suppress_tokens=get_suppressed_tokens(self.tokenizer, [-1]),
        )[0]
        return [self.tokenizer.decode(tokens).strip() for tokens in result.sequences_ids]


def mean_log_probabilities(
    model: WhisperModel, tokenizer: Tokenizer, encoded: StorageView, frames: int, texts: Sequence[Sequence[int]]
) -> list[float]:
    """Of each text (tokens): the mean natural log-probability of its tokens by the speech alone.

    The decoder is forced through each; that takes the encoded sound once a text. ``texts`` may not be empty.
    """
    batch = StorageView.from_array(np.repeat(np.asarray(encoded), len(texts), axis=0))
    tokens = [list(text) for text in texts]
    aligned = model.model.align(batch, list(tokenizer.sot_sequence), tokens, [frames] * len(tokens))
    return [_mean_log(result.text_token_probs) for result in aligned]


def _mean_log(probabilities: Sequence[float]) -> float:
    if not probabilities:
        return math.log(_FLOOR)
    return sum(math.log(max(p, _FLOOR)) for p in probabilities) / len(probabilities)
