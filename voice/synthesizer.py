"""The contract of a speech synthesiser, and what it gives: sound in memory."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass
from typing import Protocol

LONGEST_TEXT = 4_000
"""Characters; every longer text is refused. The longest published answer has some 700."""


@dataclass(frozen=True, slots=True, repr=False)
class Speech:
    """Mono sound: 16-bit little-endian samples, ``sample_rate`` of them a second."""

    pcm: bytes
    sample_rate: int

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.pcm) / 2 / self.sample_rate

    def as_wav(self) -> bytes:
        """The same with the head of a WAV file."""
        out = io.BytesIO()
        with wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self.sample_rate)
            file.writeframes(self.pcm)
        return out.getvalue()


class SpeechSynthesizer(Protocol):
    """Turns text into speech. Every engine passes the suite in ``tests/voice/synthesizer_conformance.py``."""

    def speak(self, text: str, locale: str, rate: float = 1.0) -> Speech:
        """``text`` read aloud in the language of ``locale``, ``rate`` (0.5 to 2) times as fast as usual.

        Text is never taken for an option, a command or a mark-up. Nothing is written to disk. Blocks while it works;
        may be called from any thread. Raises ValueError for a text that is empty or longer than ``LONGEST_TEXT`` and
        for a rate outside the range, SynthesisUnavailable where there is no voice for it, SynthesisError when the
        engine fails or takes too long.
        """
        ...


def check_request(text: str, rate: float) -> None:
    """Raise ValueError for what no engine should be asked; the message never quotes the text."""
    if not any(char.isalnum() for char in text):
        raise ValueError("there is nothing to read aloud")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{len(text)} characters; at most {LONGEST_TEXT} are read aloud")
    if not 0.5 <= rate <= 2.0:
        raise ValueError(f"rate {rate} is not between 0.5 and 2")
