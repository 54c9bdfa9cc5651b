"""The contract of a speech recogniser, and what it hands on: a transcript with hypotheses and confidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from voice.audio import Waveform
from voice.commands import Command
from voice.hints import NearTitles


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way to read the recording. ``score`` is its share of what the hypotheses weigh together; they sum to 1."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was heard, seconds from the start of the recording, with the engine's probability 0..1."""

    text: str
    start_s: float
    end_s: float
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech, seconds from the start of the recording, with its own confidence 0..1."""

    text: str
    start_s: float
    end_s: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds spent on each stage; ``queue_ms`` and ``decode_ms`` are 0 where a recogniser is called directly."""

    queue_ms: float = 0.0
    decode_ms: float = 0.0
    recognise_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard. No speech is an empty ``text`` with confidence 0 and no hypotheses.

    ``confidence`` is the geometric mean of the tokens' probabilities, 0..1. ``hypotheses`` are best first, the first
    one equals ``text``; they differ in letters or digits, not merely in spaces or punctuation. ``segments`` and
    ``words`` are empty where an engine does not tell them, ``words`` also without a ``bias``: a reading that nothing
    is looked up for is a glance. ``command`` is None unless commands were listened for.
    """

    text: str
    confidence: float
    audio_s: float
    locale: str
    hypotheses: tuple[Hypothesis, ...] = ()
    segments: tuple[Segment, ...] = ()
    words: tuple[Word, ...] = ()
    command: Command | None = None
    timings: Timings = field(default_factory=Timings)


class SpeechRecognizer(Protocol):
    """Turns speech into text. Every engine passes the suite in ``tests/voice/recognizer_conformance.py``."""

    def transcribe(self, waveform: Waveform, locale: str, bias: NearTitles | None = None) -> Transcript:
        """What is said in ``waveform``, taken to be in the language of ``locale`` ("ko", "en", "en-US").

        Silence and noise give an empty text, never an error, and ``bias`` isn't asked then. Otherwise it is called
        once, on this thread, and the same speech is read again with what it returns in mind: readings of both join the
        hypotheses, and what the speech itself does not bear out is refused. What ``bias`` raises comes out of here.

        Blocks while it works and may be called from any thread, one call at a time. Raises ValueError for a language
        the engine doesn't know.
        """
        ...
