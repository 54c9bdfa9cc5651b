"""Where somebody speaks in sound that still comes in: Silero VAD with its state kept from piece to piece.

A piece costs what it is long (0.06 ms of CPU for each 32 ms), and the probabilities are those of the whole recording.
"""

from __future__ import annotations

import numpy as np
from faster_whisper.vad import get_vad_model
from numpy.typing import NDArray

from voice.audio import SAMPLE_RATE

FRAME = 512
"""Samples the model looks at at a time."""

_CONTEXT = 64
# As `speech_activity` decides: speech from here on, and silence again only below there.
_SPEECH, _SILENCE = 0.5, 0.35
# A knock or a click is shorter than the shortest word.
_BEGINS_AFTER, _GOES_ON_AFTER = 4, 2


class SpeechTracker:
    """Follows one utterance; positions are samples from its start."""

    def __init__(self) -> None:
        self._run = get_vad_model().session.run
        self._rest: NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        self._context: NDArray[np.float32] = np.zeros(_CONTEXT, dtype=np.float32)
        self._state = np.zeros((1, 1, 128), dtype=np.float32), np.zeros((1, 1, 128), dtype=np.float32)
        self._in_a_row = 0
        self._speaking = False
        self.position = 0
        """How far was looked."""
        self.started_at: int | None = None
        """Where speech began; None as long as nobody has spoken."""
        self.ended_at = 0
        """Where the latest speech ends as far as is known: ``position`` while somebody speaks."""

    @property
    def quiet_s(self) -> float:
        """Seconds since the last speech; since the start where nobody has spoken."""
        return (self.position - self.ended_at) / SAMPLE_RATE

    def forget(self) -> None:
        """What sounded like speech so far was none."""
        self.started_at = None
        self._speaking = False
        self._in_a_row = 0

    def add(self, samples: NDArray[np.float32]) -> None:
        """Look at the next samples; what doesn't fill a frame waits for more."""
        self._rest = np.concatenate([self._rest, samples])
        whole = len(self._rest) // FRAME * FRAME
        if not whole:
            return
        frames = self._rest[:whole].reshape(-1, FRAME)
        self._rest = self._rest[whole:].copy()
        before = np.vstack([self._context, frames[:-1, -_CONTEXT:]])
        self._context = frames[-1, -_CONTEXT:].copy()
        h, c = self._state
        probabilities, h, c = self._run(None, {"input": np.hstack([before, frames]), "h": h, "c": c})
        self._state = h, c
        for probability in probabilities.reshape(-1):
            self._look(float(probability))

    def _look(self, probability: float) -> None:
        frame_at = self.position
        self.position += FRAME
        if self._speaking:
            if probability >= _SILENCE:
                self.ended_at = self.position
                return
            self._speaking = False
            self._in_a_row = 0
        if probability < _SPEECH:
            self._in_a_row = 0
            return
        self._in_a_row += 1
        if self._in_a_row >= (_BEGINS_AFTER if self.started_at is None else _GOES_ON_AFTER):
            self._speaking = True
            self.ended_at = self.position
            if self.started_at is None:
                self.started_at = frame_at - (self._in_a_row - 1) * FRAME
