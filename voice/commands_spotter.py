"""Whether short speech is a command: what was heard, what that sounds like, and how well each form fits the sound."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voice.audio import SAMPLE_RATE, Waveform
from voice.commands import Command, Expecting, Form, command_in_text, language_of, listed_forms, other_words
from voice.commands_by_sound import likeness
from voice.forced_scores import ScoresTexts
from voice.recognizer import Hypothesis, SpeechRecognizer, Transcript
from voice.speech_activity import SpeechWindow, speech_windows

LONGEST_S = 2.6  # of speech; what is longer is a command only if its text is one outright
_PADDING_S = 0.6  # that the speech windows add
_FARTHEST = -5.0
_SILENCE = np.zeros(SAMPLE_RATE, dtype=np.float32)
_NEAREST = 6
_ONE_WORD_S = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form that may have been said.

    ``likeness`` (0..1): how alike the nearest hypothesis sounds. ``fit``: mean log-probability per token of the form,
    less what the model gives it for silence (a word that subtitles are full of isn't heard the more for it). ``behind``
    (0 or less): how far that lies behind the same of what was heard freely; a question that was heard well stays far
    ahead of every command.
    ``pace``: natural logarithm of the speech's seconds over those that the form's syllables take.
    """

    form: Form
    likeness: float
    fit: float
    pace: float
    behind: float = 0.0


@dataclass(frozen=True, slots=True)
class Spotting:
    """When a candidate counts as said: what it scores lies above 0.

    Its likeness counts in full, ``fit``, ``behind`` and the size of ``pace`` by their weights. Chosen on a part of the
    committed clips (see ``bench/commands``). ``expected`` is added to yes and no where the last reply asked for them.
    """

    fit_weight: float = 0.03
    pace_weight: float = 0.2
    behind_weight: float = 0.02
    threshold: float = 0.68
    expected: float = 0.05

    def score(self, candidate: Candidate, expecting: Expecting | None) -> float:
        """Above 0 where the candidate counts as said."""
        wanted = expecting == "yes_no" and candidate.form.command in {"yes", "no"}
        return (
            candidate.likeness
            + self.fit_weight * candidate.fit
            - self.pace_weight * abs(candidate.pace)
            + self.behind_weight * max(_FARTHEST, candidate.behind)
            + (self.expected if wanted else 0.0)
            - self.threshold
        )

    def choose(self, candidates: Sequence[Candidate], expecting: Expecting | None) -> Command | None:
        """The command of the best candidate, if it counts as said."""
        best = max(candidates, key=lambda each: self.score(each, expecting), default=None)
        return best.form.command if best is not None and self.score(best, expecting) >= 0 else None


class CommandSpotter:
    """Finds commands, yes and no in short speech.

    One for a recogniser, used by one thread at a time: call ``spot`` in the worker thread that runs the recogniser,
    right after ``transcribe``. A transcript whose text is a command outright costs nothing; other short speech costs
    one more pass of the encoder and the decoder over the nearest forms (some 70 ms of one core). The first use of a
    form costs twice as much. With an engine that can't score texts (see :class:`voice.forced_scores.ScoresTexts`)
    only what was heard counts.
    """

    def __init__(self, recognizer: SpeechRecognizer, spotting: Spotting | None = None) -> None:
        self._scorer = recognizer if isinstance(recognizer, ScoresTexts) else None
        self._spotting = spotting or Spotting()
        self._silent: dict[tuple[str, str], float] = {}

    def spot(
        self, waveform: Waveform, transcript: Transcript, locale: str, expecting: Expecting | None = None
    ) -> Command | None:
        """The command said in ``waveform``, which the recogniser read as ``transcript``; None for everything else.

        ``expecting`` is what the last reply waits for. For "yes" and "no" the dialogue gets
        :func:`voice.commands.canonical_text` in place of the transcript's words.
        """
        plain = command_in_text(transcript.text, locale)
        if plain is not None or not transcript.hypotheses:
            return plain
        return self._spotting.choose(self.candidates(waveform, transcript, locale), expecting)

    def candidates(self, waveform: Waveform, transcript: Transcript, locale: str) -> list[Candidate]:
        """The forms that may have been said, in no order; empty for silence and for speech that is too long.

        Nor is there any that sounds less like what was heard than a common word that is no command does.
        """
        windows = speech_windows(waveform)
        seconds = sum(window.seconds for window in windows) - _PADDING_S * len(windows)
        if not windows or seconds > LONGEST_S:
            return []
        shortlist = _shortlist(transcript.hypotheses, listed_forms(locale), seconds)
        other = max((likeness(transcript.text, word) for word in other_words(locale)), default=0.0)
        shortlist = [(form, alike) for form, alike in shortlist if alike >= other]
        texts = [form.text for form, _ in shortlist]
        *fits, heard = self._fits(windows, [*texts, transcript.text or texts[0]], locale) if texts else [0.0]
        return [
            Candidate(form, alike, fit, math.log(max(seconds, 0.1) / _seconds_of(form.text)), min(0.0, fit - heard))
            for (form, alike), fit in zip(shortlist, fits, strict=True)
        ]

    def _fits(self, windows: Sequence[SpeechWindow], texts: list[str], locale: str) -> list[float]:
        if self._scorer is None:
            return [0.0] * len(texts)
        language = language_of(locale)
        unknown = [text for text in texts if (language, text) not in self._silent]
        silent = dict(zip(unknown, self._scorer.text_scores(_SILENCE, unknown, locale), strict=True))
        # Only forms are remembered: what people say isn't kept.
        listed = {form.text for form in listed_forms(locale)}
        self._silent.update({(language, text): score for text, score in silent.items() if text in listed})
        samples = np.concatenate([window.samples for window in windows])
        scores = self._scorer.text_scores(samples, texts, locale)
        return [
            score - (silent[text] if text in silent else self._silent[language, text])
            for text, score in zip(texts, scores, strict=True)
        ]


def _shortlist(hypotheses: Sequence[Hypothesis], forms: Sequence[Form], seconds: float) -> list[tuple[Form, float]]:
    """The forms nearest to what was heard and, as a word alone is heard badly, every short one for short speech."""
    alike = [(form, max((likeness(each.text, form.text) for each in hypotheses), default=0.0)) for form in forms]
    nearest = sorted(alike, key=lambda pair: pair[1], reverse=True)[:_NEAREST]
    if seconds > _ONE_WORD_S:
        return nearest
    return nearest + [pair for pair in alike if _syllables(pair[0].text) <= 2 and pair not in nearest]


def _seconds_of(text: str) -> float:
    return 0.25 + 0.19 * _syllables(text)


def _syllables(text: str) -> float:
    return sum("가" <= letter <= "힣" for letter in text) or len(text) / 3.5
