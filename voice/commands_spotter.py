"""Whether short speech is a command: what was heard, what it sounds like, and how well each known form fits the sound."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voice.audio import SAMPLE_RATE, Waveform
from voice.commands import Command, Expecting, Form, command_in_text, language_of, listed_forms
from voice.commands_by_sound import likeness
from voice.forced_scores import ScoresTexts
from voice.recognizer import Hypothesis, SpeechRecognizer, Transcript
from voice.speech_activity import SpeechWindow, speech_windows

LONGEST_S = 2.6  # of speech; what is longer is a command only if its text is one outright
_PADDING_S = 0.6  # that the speech windows add
_SILENCE = np.zeros(SAMPLE_RATE, dtype=np.float32)
_SHORTLIST = 12
_PRIOR_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form that may have been said.

    ``likeness`` (0..1): how alike the nearest hypothesis sounds. ``fit``: mean log-probability per token of the form,
    less what the model gives it for silence (a word that subtitles are full of isn't heard the more for it).
    ``pace``: natural logarithm of the speech's seconds over those that the form's syllables take.
    """

    form: Form
    likeness: float
    fit: float
    pace: float


class CommandSpotter:
    """Finds commands in short speech; call it where the recogniser runs, in the worker thread."""

    def __init__(self, recognizer: SpeechRecognizer) -> None:
        self._scorer = recognizer if isinstance(recognizer, ScoresTexts) else None
        self._silent: dict[tuple[str, str], float] = {}

    def spot(
        self, waveform: Waveform, transcript: Transcript, locale: str, expecting: Expecting | None = None
    ) -> Command | None:
        raise NotImplementedError

    def candidates(self, waveform: Waveform, transcript: Transcript, locale: str) -> list[Candidate]:
        """The forms that may have been said, in no order; empty for silence and for speech that is too long."""
        windows = speech_windows(waveform)
        seconds = sum(window.seconds for window in windows) - _PADDING_S * len(windows)
        if not windows or seconds > LONGEST_S:
            return []
        shortlist = _shortlist(transcript.hypotheses, listed_forms(locale))
        fits = self._fits(windows, [form.text for form, _ in shortlist], locale)
        return [
            Candidate(form, alike, fit, math.log(max(seconds, 0.1) / _seconds_of(form.text)))
            for (form, alike), fit in zip(shortlist, fits, strict=True)
        ]

    def _fits(self, windows: Sequence[SpeechWindow], texts: list[str], locale: str) -> list[float]:
        if self._scorer is None:
            return [0.0] * len(texts)
        language = language_of(locale)
        unknown = [text for text in texts if (language, text) not in self._silent]
        for text, score in zip(unknown, self._scorer.text_scores(_SILENCE, unknown, locale), strict=True):
            self._silent[language, text] = score
        samples = np.concatenate([window.samples for window in windows])
        scores = self._scorer.text_scores(samples, texts, locale)
        return [
            score - _PRIOR_WEIGHT * self._silent[language, text] for text, score in zip(texts, scores, strict=True)
        ]


def _shortlist(hypotheses: Sequence[Hypothesis], forms: Sequence[Form]) -> list[tuple[Form, float]]:
    alike = [(form, max((likeness(each.text, form.text) for each in hypotheses), default=0.0)) for form in forms]
    return sorted(alike, key=lambda pair: pair[1], reverse=True)[:_SHORTLIST]


def _seconds_of(text: str) -> float:
    syllables = sum("가" <= letter <= "힣" for letter in text) or len(text) / 3.5
    return 0.25 + 0.19 * syllables
