"""Whether short speech is a command: what was heard, what that sounds like, and how well each form fits the sound."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voice.audio import SAMPLE_RATE, Waveform
from voice.commands import (
    Command,
    Expecting,
    Form,
    command_in_text,
    language_of,
    listed_forms,
    other_words,
    told_words,
)
from voice.commands_by_sound import likeness
from voice.recognizer import SpeechRecognizer, Transcript
from voice.short_speech import HeardClosely, HearsClosely
from voice.speech_activity import SpeechWindow, speech_windows

LONGEST_S = 2.6  # of speech; what is longer is a command only if its text is one outright
_PADDING_S = 0.6  # that the speech windows add
_FARTHEST = -5.0
_SILENCE = np.zeros(SAMPLE_RATE, dtype=np.float32)
_NEAREST = 6
_ONE_WORD_S = 0.8
_TOLD_COST = 0.1  # for the choice of the nearest; in what a candidate scores it is a weight
_AGAIN = re.compile(r"(.+?)(?: ?\1)+")
_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form that may have been said.

    ``likeness`` (0..1): how alike the nearest hypothesis sounds. ``fit``: mean log-probability per token of the form,
    less what the model gives it for silence (a word that subtitles are full of isn't heard the more for it). ``behind``
    (0 or less): how far that lies behind the same of what was heard freely; a question that was heard well stays far
    ahead of every command.
    ``pace``: natural logarithm of the speech's seconds over those that the form's syllables take. ``told`` (0..1): how
    alike what is heard sounds where the recogniser was told what people say to Maru.
    """

    form: Form
    likeness: float
    fit: float
    pace: float
    behind: float = 0.0
    told: float = 0.0


@dataclass(frozen=True, slots=True)
class Spotting:
    """When a candidate counts as said: what it scores lies above 0.

    Its likeness counts in full, the one after being told less ``told_cost``, whichever is more; ``fit``, ``behind`` and
    the size of ``pace`` count by their weights. Chosen on a part of the committed clips (``bench.commands --fit``).
    ``expected`` is added to yes and no where the last reply asked for them.
    """

    fit_weight: float = 0.03
    pace_weight: float = 0.3
    behind_weight: float = 0.02
    told_cost: float = 0.25
    threshold: float = 0.65
    expected: float = 0.05

    def score(self, candidate: Candidate, expecting: Expecting | None) -> float:
        """Above 0 where the candidate counts as said."""
        wanted = expecting == "yes_no" and candidate.form.command in {"yes", "no"}
        return (
            max(candidate.likeness, candidate.told - self.told_cost)
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
    one more pass of the encoder, a second reading that is told what people say to Maru, and the probabilities of the
    nearest forms (some 200 ms of one core together). The first use of a form costs twice as much. With an engine that
    can't hear closely (see :class:`voice.short_speech.HearsClosely`) only what was heard counts.
    """

    def __init__(self, recognizer: SpeechRecognizer, spotting: Spotting | None = None) -> None:
        self._engine = recognizer if isinstance(recognizer, HearsClosely) else None
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
        forms = listed_forms(locale)
        if not windows or seconds > LONGEST_S or not forms:
            return []
        speech = self._closely(windows, locale)
        told = [_once(text) for text in speech.readings(told_words(locale))] if speech else []
        shortlist = _shortlist([each.text for each in transcript.hypotheses], told, forms, seconds)
        other = max((likeness(transcript.text, word) for word in other_words(locale)), default=0.0)
        shortlist = [near for near in shortlist if near.rank >= other]
        texts = [near.form.text for near in shortlist]
        *fits, heard = self._fits(speech, [*texts, transcript.text or texts[0]], locale) if texts else [0.0]
        return [
            Candidate(
                near.form,
                near.heard,
                fit,
                math.log(max(seconds, 0.1) / _seconds_of(near.form.text)),
                min(0.0, fit - heard),
                near.told,
            )
            for near, fit in zip(shortlist, fits, strict=True)
        ]

    def _closely(self, windows: Sequence[SpeechWindow], locale: str) -> HeardClosely | None:
        if self._engine is None:
            return None
        return self._engine.closely(np.concatenate([window.samples for window in windows]), locale)

    def _fits(self, speech: HeardClosely | None, texts: list[str], locale: str) -> list[float]:
        if self._engine is None or speech is None:
            return [0.0] * len(texts)
        language = language_of(locale)
        unknown = [text for text in texts if (language, text) not in self._silent]
        silent: dict[str, float] = {}
        if unknown:
            silent = dict(zip(unknown, self._engine.closely(_SILENCE, locale).scores(unknown), strict=True))
        # Only forms are remembered: what people say isn't kept.
        listed = {form.text for form in listed_forms(locale)}
        self._silent.update({(language, text): score for text, score in silent.items() if text in listed})
        return [
            score - (silent[text] if text in silent else self._silent[language, text])
            for text, score in zip(texts, speech.scores(texts), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _Near:
    """A form, and how alike the nearest of what was heard sounds: freely, and after being told."""

    form: Form
    heard: float
    told: float

    @property
    def rank(self) -> float:
        return max(self.heard, self.told - _TOLD_COST)


def _shortlist(heard: Sequence[str], told: Sequence[str], forms: Sequence[Form], seconds: float) -> list[_Near]:
    """The forms nearest to what was heard and, as a word alone is heard badly, every short one for short speech."""
    alike = [_Near(form, _likeness(heard, form), _likeness(told, form)) for form in forms]
    nearest = sorted(alike, key=lambda near: near.rank, reverse=True)[:_NEAREST]
    if seconds > _ONE_WORD_S:
        return nearest
    return nearest + [near for near in alike if _syllables(near.form.text) <= 2 and near not in nearest]


def _likeness(texts: Sequence[str], form: Form) -> float:
    return max((likeness(text, form.text) for text in texts), default=0.0)


def _once(text: str) -> str:
    """What a reading says, where it goes round: told of short words, Whisper repeats the one that it hears."""
    words = _BETWEEN.sub(" ", text).strip()
    again = _AGAIN.match(words)
    goes_round = again is not None and again[1].startswith(words[again.end() :].strip())
    return again[1] if again and goes_round else words


def _seconds_of(text: str) -> float:
    return 0.25 + 0.19 * _syllables(text)


def _syllables(text: str) -> float:
    return sum("가" <= letter <= "힣" for letter in text) or len(text) / 3.5
