"""Whisper through faster-whisper (CTranslate2), tuned for one short spoken question on a few CPU cores.

Timestamps are decoded and followed: without them Whisper stops after the first sentence of a longer story (CER 0.35
against 0.14 on five questions in a row).
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from ctranslate2 import StorageView
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens
from numpy.typing import NDArray

from maru.settings import Settings
from voice.audio import SAMPLE_RATE, Waveform
from voice.errors import ModelFileMissing
from voice.hints import NearTitles
from voice.hypotheses import Reading, combine
from voice.model_files import FOLDER, verify_whisper
from voice.normalise import normalise
from voice.phantoms import is_phantom
from voice.recognizer import Segment, Timings, Transcript, Word
from voice.second_reading import SecondReading, is_echo, level, news, prompt_of
from voice.short_speech import ShortSpeech, mean_log_probabilities
from voice.speech_activity import SpeechWindow, speech_windows

_FRAMES_PER_SECOND = 100
_WINDOW_FRAMES = 3000

# What a reading leaves over is read too, when it is long enough to hold a word.
_SHORTEST_S = 1.0

# The same two or more characters twice at the end: with little padding Whisper sometimes reads the speech again.
_DOUBLED = re.compile(r"(.{2,})\1$")

# Five times the same in a row is Whisper lost in a tone or a hum; of digits twelve times ("공공공공" is written 0000).
# Its own measure, how well a text compresses, throws away long stories in which people say a thing again.
_STUCK = re.compile(r"([^\d]{1,20}?)\1{4,}|(\d{1,4}?)\2{11,}")


@dataclass(frozen=True, slots=True)
class Decoding:
    """How Whisper decodes. The defaults were chosen by measurement (``python -m bench.speech``).

    ``contexts_s``: the seconds of silence the encoder sees after the speech, one reading after the other until one is
    good. Whisper pads every window to 30 s, which costs the same for "네" as for half a minute; with 4 s the encoder
    takes a fifth of the time and errors are no more (60 spoken questions: CER 0.20 against 0.21, 0.24 s against 0.52 s
    each). What goes wrong is read again with the full 30 s.
    ``beam``: 1, 3 and 5 give CER 0.24, 0.21 and 0.20; 5 costs some 40 ms more than 1.
    ``retry_log_probability``: a reading whose mean per token is lower, or one that loops or says everything twice, has
    gone wrong. Sampling at a higher temperature is left out: tried once at 0.4, before timestamps were followed, it
    left the CER of 60 questions as it was and saved one of 50 short commands; and it makes readings random.
    ``floor_log_probability``: what stays lower after every reading is noise, not speech.
    ``max_no_speech``, ``silence_log_probability``: above the one and below the other a window is silence (of 126
    spoken questions and commands none has a no-speech probability above 0.5; most music and hum lies above 0.6).
    ``doubtful_…``: the same where both are doubtful, for a breath of a crowd's noise that passes for a word
    (one of 135 short commands is lost by it, itself misheard).
    ``tokens_per_second``: a reading that needs more has got into a loop (Korean needs about 6).
    ``figures_from_s``: speech shorter than that many seconds is read in words alone; a first syllable passes for a
    figure too often (용산 for 4, 435, 4-3-2-3).
    ``second``: how speech is read again with published questions in mind.
    """

    beam: int = 5
    hypotheses: int = 5
    contexts_s: tuple[float, ...] = (4.0, 30.0)
    retry_log_probability: float = -1.2
    floor_log_probability: float = -1.5
    silence_log_probability: float = -0.6
    max_no_speech: float = 0.6
    doubtful_log_probability: float = -1.1
    doubtful_no_speech: float = 0.5
    tokens_per_second: float = 12.0
    figures_from_s: float = 0.0
    second: SecondReading = field(default_factory=SecondReading)

    def is_silence(self, attempt: _Attempt) -> bool:
        """Whether the model itself says that nobody speaks."""
        return (attempt.no_speech > self.max_no_speech and attempt.log_probability < self.silence_log_probability) or (
            attempt.no_speech > self.doubtful_no_speech and attempt.log_probability < self.doubtful_log_probability
        )

    def went_wrong(self, attempt: _Attempt) -> bool:
        """Whether the window should be read once more."""
        return attempt.loops or attempt.doubled or attempt.log_probability < self.retry_log_probability


@dataclass(frozen=True, slots=True, eq=False)
class _Encoded:
    """A window as the encoder hands it on, and how many of its frames (hundredths of a second) are speech."""

    features: StorageView
    frames: int


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One decoding of one window: readings best first, mean log-probability per token, and how it may have failed.

    ``heard_s`` is how far into the window the best reading goes; ``speech`` is kept to be decoded again.
    """

    heard_s: float
    readings: tuple[Reading, ...]
    log_probability: float
    tokens: int
    no_speech: float
    loops: bool
    doubled: bool
    speech: _Encoded

    @property
    def rank(self) -> tuple[bool, bool, float]:
        """Orders attempts at one window: the greater the better."""
        return not self.loops, not self.doubled, self.log_probability


_Heard = tuple[SpeechWindow, _Attempt]


class WhisperRecognizer:
    """A :class:`voice.recognizer.SpeechRecognizer` on Whisper. What was read before never steers a reading."""

    def __init__(self, model: WhisperModel, decoding: Decoding | None = None) -> None:
        self._model = model
        self._decoding = decoding or Decoding()
        self._tokenizer = lru_cache(maxsize=8)(self._make_tokenizer)
        self._figures = lru_cache(maxsize=1)(self._find_figures)

    @classmethod
    def load(cls, settings: Settings, decoding: Decoding | None = None) -> Self:
        """Load the model the settings name and warm it up (about a second for Whisper base).

        Raises ModelFileMissing where the model that comes with Maru has not been assembled.
        """
        compute_type = "int8" if settings.device == "cpu" else "int8_float16"
        recognizer = cls(
            WhisperModel(
                _model_path(settings), device=settings.device, compute_type=compute_type, cpu_threads=settings.threads
            ),
            decoding,
        )
        recognizer.warm_up()
        return recognizer

    def with_decoding(self, decoding: Decoding) -> Self:
        """The same loaded model, decoding another way."""
        return type(self)(self._model, decoding)

    def warm_up(self) -> None:
        """Run every stage once, so that the first citizen doesn't wait for memory and threads."""
        silence = np.zeros(SAMPLE_RATE, dtype=np.float32)
        speech_windows(Waveform(silence))
        self._attempt(SpeechWindow(silence, ((0, len(silence)),)), self._tokenizer("ko"), self._decoding.contexts_s[0])

    def transcribe(self, waveform: Waveform, locale: str, bias: NearTitles | None = None) -> Transcript:
        """See :meth:`voice.recognizer.SpeechRecognizer.transcribe`."""
        started = time.perf_counter()
        tokenizer = self._tokenizer(_language(locale))
        heard = [part for window in speech_windows(waveform) for part in self._read_to_the_end(window, tokenizer)]
        transcript = self._transcript(heard, waveform, locale)
        if bias is not None and transcript.text:
            if questions := bias(transcript.text):
                heard = [(window, self._read_again(attempt, questions, tokenizer)) for window, attempt in heard]
                transcript = self._transcript(heard, waveform, locale)
            transcript = replace(transcript, words=tuple(self._words(heard, tokenizer)))
        return replace(transcript, timings=Timings(recognise_ms=(time.perf_counter() - started) * 1000))

    def _transcript(self, heard: list[_Heard], waveform: Waveform, locale: str) -> Transcript:
        hypotheses = combine([attempt.readings for _window, attempt in heard], self._decoding.hypotheses)
        text = hypotheses[0].text if hypotheses else ""
        if is_phantom(text):
            heard, hypotheses, text = [], (), ""
        return Transcript(
            text=text,
            confidence=_confidence([attempt for _window, attempt in heard]),
            audio_s=waveform.seconds,
            locale=locale,
            hypotheses=hypotheses,
            segments=tuple(
                Segment(attempt.readings[0].text, window.start_s, window.end_s, _confidence([attempt]))
                for window, attempt in heard
            ),
        )

    def _words(self, heard: list[_Heard], tokenizer: Tokenizer) -> Iterator[Word]:
        for window, attempt in heard:
            tokens, speech = list(attempt.readings[0].tokens), attempt.speech
            for word in self._model.find_alignment(tokenizer, [tokens], speech.features, speech.frames)[0]:
                start, end = (window.at(min(float(word[edge]), window.seconds)) for edge in ("start", "end"))
                if normalise(text := word["word"].strip()):
                    yield Word(text, start, end, float(word["probability"]))

    def closely(self, samples: NDArray[np.float32], locale: str) -> ShortSpeech:
        """See :meth:`voice.short_speech.HearsClosely.closely`."""
        return ShortSpeech.of(self._model, self._tokenizer(_language(locale)), samples)

    def _read_to_the_end(self, window: SpeechWindow, tokenizer: Tokenizer) -> Iterator[tuple[SpeechWindow, _Attempt]]:
        """Readings of a window and of what a reading left over, each with the part it is of."""
        rest: SpeechWindow | None = window
        while rest is not None:
            attempt = self._read(rest, tokenizer)
            if attempt is None:
                return
            read = rest
            if attempt.heard_s >= _SHORTEST_S and rest.seconds - attempt.heard_s >= _SHORTEST_S:
                read, rest = rest.split(attempt.heard_s)
            else:
                rest = None
            if normalise(attempt.readings[0].text) and not is_phantom(attempt.readings[0].text):
                yield read, attempt

    def _read(self, window: SpeechWindow, tokenizer: Tokenizer) -> _Attempt | None:
        """The best reading of a window, or None where there is nothing to read."""
        decoding = self._decoding
        best: _Attempt | None = None
        for context_s in decoding.contexts_s:
            attempt = self._attempt(window, tokenizer, context_s)
            if decoding.is_silence(attempt):
                return None
            if best is None or attempt.rank > best.rank:
                best = attempt
            if not decoding.went_wrong(attempt):
                break
        # People do say a thing twice, so a doubled reading that stands after every attempt is theirs; a loop is not.
        if best is None or best.loops or best.log_probability < decoding.floor_log_probability:
            return None
        return best

    def _read_again(self, attempt: _Attempt, questions: Sequence[str], tokenizer: Tokenizer) -> _Attempt:
        """The same speech with published ``questions`` in mind; readings that it doesn't bear out are left out."""
        rule, speech, first = self._decoding.second, attempt.speech, attempt.readings[0]
        again = self._decode(speech, tokenizer, prompt_of(questions, tokenizer, rule.prompt_tokens))
        if again.loops or abs(again.heard_s - attempt.heard_s) > rule.ends_within_s:
            return attempt
        others = [
            reading
            for reading in news(attempt.readings, again.readings)
            if attempt.doubled or not says_twice(reading.text)
            if not (
                goes_round(reading.text) or is_phantom(reading.text) or is_echo(reading.text, questions, first.text)
            )
        ]
        if not others:
            return attempt
        texts = [reading.tokens for reading in (first, *others)]
        by_speech = mean_log_probabilities(self._model, tokenizer, speech.features, speech.frames, texts)
        worst = by_speech[0] - rule.believed
        believed = [reading for reading, score in zip(others, by_speech[1:], strict=True) if score >= worst]
        surer = again.log_probability > attempt.log_probability
        if not surer or not believed or believed[0] is not again.readings[0]:
            return replace(attempt, readings=level(attempt.readings, believed))
        return replace(
            attempt,
            readings=level(believed, attempt.readings),
            log_probability=by_speech[1],
            tokens=len(believed[0].tokens),
        )

    def _attempt(self, window: SpeechWindow, tokenizer: Tokenizer, context_s: float) -> _Attempt:
        """Decode a window once, with ``context_s`` seconds of silence after it (30 s in all at most)."""
        features = self._model.feature_extractor(window.samples, padding=160)[:, :-1]
        frames = features.shape[-1]
        padded = min(frames + round(context_s * _FRAMES_PER_SECOND), _WINDOW_FRAMES)
        return self._decode(_Encoded(self._model.encode(pad_or_trim(features, padded)), frames), tokenizer)

    def _decode(self, speech: _Encoded, tokenizer: Tokenizer, told: Sequence[int] = ()) -> _Attempt:
        """Decode encoded speech; ``told`` are the tokens that it is to be taken to follow."""
        decoding = self._decoding
        seconds = speech.frames / _FRAMES_PER_SECOND
        prompt = self._model.get_prompt(tokenizer, list(told))
        suppressed = get_suppressed_tokens(tokenizer, [-1])
        if seconds < decoding.figures_from_s:
            suppressed = (*suppressed, *self._figures())
        longest = min(len(prompt) + 20 + math.ceil(seconds * decoding.tokens_per_second), self._model.max_length)
        result = self._model.model.generate(
            speech.features,
            [prompt],
            beam_size=decoding.beam,
            num_hypotheses=min(decoding.hypotheses, decoding.beam),
            max_length=longest,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=suppressed,
        )[0]
        # CTranslate2 divides the sum of log-probabilities by the number of tokens; whole readings are compared by sums.
        readings = tuple(
            Reading(
                tokenizer.decode(tokens).strip(),
                score * len(tokens),
                tuple(token for token in tokens if token < tokenizer.eot),
            )
            for score, tokens in zip(result.scores, result.sequences_ids, strict=True)
        )
        best, count = readings[0], len(result.sequences_ids[0])
        last = result.sequences_ids[0][-1] if count else 0
        return _Attempt(
            heard_s=(last - tokenizer.timestamp_begin) * self._model.time_precision
            if last >= tokenizer.timestamp_begin
            else seconds,
            readings=readings,
            log_probability=best.log_probability / (count + 1),
            tokens=count,
            no_speech=result.no_speech_prob,
            loops=goes_round(best.text) or len(prompt) + count >= longest,
            doubled=says_twice(best.text),
            speech=speech,
        )

    def _find_figures(self) -> tuple[int, ...]:
        """The tokens of words with a figure in them; marks of time aren't words."""
        words, marks = self._model.hf_tokenizer.get_vocab(), self._tokenizer("ko").eot
        return tuple(number for word, number in words.items() if number < marks and re.search("[0-9]", word))

    def _make_tokenizer(self, language: str) -> Tokenizer:
        if language not in self._model.supported_languages:
            raise ValueError(f"the speech model does not know the language {language!r}")
        return Tokenizer(
            self._model.hf_tokenizer, self._model.model.is_multilingual, task="transcribe", language=language
        )


def _model_path(settings: Settings) -> str:
    if settings.whisper != "base":
        return settings.whisper
    folder: Path = settings.models_dir / FOLDER
    if not verify_whisper(folder):
        raise ModelFileMissing(f"{folder} is not a whole speech model; `maru models` (or `make setup`) assembles it")
    return str(folder)


def _language(locale: str) -> str:
    return locale.replace("_", "-").split("-")[0].lower()


def _confidence(attempts: list[_Attempt]) -> float:
    """Geometric mean of the probabilities of all tokens, 0..1; 0 without any."""
    tokens = sum(attempt.tokens + 1 for attempt in attempts)
    if not tokens:
        return 0.0
    total = sum(attempt.log_probability * (attempt.tokens + 1) for attempt in attempts)
    return min(1.0, math.exp(total / tokens))


def goes_round(text: str) -> bool:
    """Whether ``text`` says the same thing over and over, as Whisper does when it is lost."""
    return _STUCK.search(normalise(text)) is not None


def says_twice(text: str) -> bool:
    """Whether ``text`` ends by saying the same twice."""
    return _DOUBLED.search(normalise(text)) is not None
