"""One utterance while it is being spoken: text so far, where speech ends, and the text of the whole.

Positions are samples from the start of the utterance and all waiting is measured in sound, so that frames which come
late, in bursts or faster than they were spoken make no difference.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from maru.settings import Settings
from voice.audio import MIN_SECONDS, SAMPLE_RATE, Waveform
from voice.errors import SpeechError
from voice.hints import Hints
from voice.recognizer import Transcript
from voice.speech_service import SpeechService
from voice.stream_activity import SpeechTracker
from voice.stream_patience import patience_factor
from voice.whisper_recognizer import Decoding

GLANCE = Decoding(
    beam=1,
    hypotheses=1,
    contexts_s=(2.0,),
    floor_log_probability=-2.0,
    max_no_speech=1.0,
    doubtful_no_speech=1.0,
    figures_from_s=2.0,
)
"""How speech that still goes on is read: quickly, and with doubtful words rather than none. The end corrects them.

Whether anybody speaks at all is left to the voice activity: Whisper's own doubt takes every fourth glance at the first
second of speech for silence, and none of 64 sounds without speech (bench/speech) gets as far as being glanced at.
"""

# The first text is wanted within a second of speech; a glance before there is a syllable tells nothing.
_FIRST_GLANCE_S = 0.45
_GLANCE_EVERY_S = 0.5
# A first syllable is often no word yet; until there is one, one looks again soon.
_FIRST_GLANCE_EVERY_S = 0.2
# Soft first sounds lie before the place where speech is found.
_LEAD_S = 0.3
# After this much speech a pause ends what is glanced at again; without a pause the longer one does.
_SETTLES_AT_PAUSE_S, _SETTLES_S = 6.0, 15.0
_PAUSE_S = 0.3
# Silence after which the whole is read already: if nothing more is said, its text is there when the patience ends.
_EARLY_S = 0.5
# Who has a button in hand says when to stop; the end is found for them too, in case they forget.
_BUTTON_PATIENCE = 3.0
# Nobody speaks: hands free, and with a button.
_NOBODY_S = 10.0
_NOBODY_BUTTON_S = 20.0


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody speaks."""


@dataclass(frozen=True, slots=True)
class Partial:
    """The whole text so far."""

    text: str


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """Nothing more is listened to, though nobody said stop."""


Tell = Callable[[SpeechStarted | Partial | SpeechEnded], Awaitable[None]]


class LiveSpeech:
    """Listens until speech ends or ``stop`` is called, then gives the transcript of the whole.

    While somebody speaks, at most one glance at a time reads what isn't settled yet. Sound beyond
    ``Settings.max_audio_s`` ends the utterance; nothing that was said before is lost. Everything is kept in memory, and
    let go by ``close``.
    """

    def __init__(
        self, service: SpeechService, settings: Settings, locale: str, *, hands_free: bool, hints: Hints | None = None
    ) -> None:
        self._service = service
        self._locale = locale
        self._hints = hints or Hints()
        self._patience_s = settings.speech_patience_s * (1.0 if hands_free else _BUTTON_PATIENCE)
        self._nobody_s = _NOBODY_S if hands_free else _NOBODY_BUTTON_S
        # Pages of memory are only taken up as sound fills them.
        self._samples: NDArray[np.float32] = np.zeros(round(settings.max_audio_s * SAMPLE_RATE), dtype=np.float32)
        self._length = 0
        self._tracker = SpeechTracker()
        self._news = asyncio.Event()
        self._stopped = self._found_end = False
        self._told_start = False
        # What is settled of the text, up to where, and the text so far.
        self._settled, self._settled_to, self._text = "", 0, ""
        self._glance: asyncio.Task[Transcript | None] | None = None
        self._glance_settles: int | None = None
        self._glanced = 0, 0.0  # up to where, and the seconds that it took
        self._early: asyncio.Task[Transcript] | None = None
        self._early_for = -1

    @property
    def seconds(self) -> float:
        """Sound taken so far."""
        return self._length / SAMPLE_RATE

    @property
    def is_full(self) -> bool:
        """Whether no more sound is taken."""
        return self._stopped or self._length == len(self._samples)

    def take(self, samples: NDArray[np.float32]) -> None:
        """The next sound, 16 kHz mono; what is too much is left out."""
        if self._stopped:
            return
        taken = samples[: len(self._samples) - self._length]
        self._samples[self._length : self._length + len(taken)] = taken
        self._length += len(taken)
        self._tracker.add(taken)
        self._news.set()

    def stop(self) -> None:
        """Everything up to here counts."""
        self._stopped = True
        self._news.set()

    def close(self) -> None:
        """Let go of everything; what waits to be read is withdrawn."""
        self.stop()
        self._drop_glance()
        self._drop_early()
        self._samples = np.zeros(0, dtype=np.float32)
        self._length = 0
        self._text = self._settled = ""

    async def listen(self, tell: Tell) -> Transcript:
        """Tell what happens while somebody speaks, and give the transcript when they have ended.

        Silence gives an empty text. Raises SpeechBusy and SpeechTimeout.
        """
        while True:
            await self._news.wait()
            self._news.clear()
            if self._tracker.started_at is not None and not self._told_start:
                self._told_start = True
                await tell(SpeechStarted())
            await self._tell_text(tell)
            if self._stopped:
                break
            if self._has_ended():
                self._stopped = self._found_end = True
                await tell(SpeechEnded())
                break
            self._start_reading()
        self._drop_glance()
        return await self._transcript()

    def _has_ended(self) -> bool:
        tracker = self._tracker
        if self.is_full:
            return True
        if tracker.started_at is None:
            return self.seconds >= self._nobody_s
        if tracker.quiet_s < self._patience_s * patience_factor(self._text):
            return False
        early = self._early_now()
        if early is None:
            return True
        if not early.done():
            return False  # who speaks on meanwhile isn't cut off
        if early.exception() is None and not early.result().text and self.seconds < self._nobody_s:
            # A cough, a chair, the street: nobody has said anything yet.
            tracker.forget()
            self._drop_early()
            return False
        return True

    def _start_reading(self) -> None:
        tracker = self._tracker
        if tracker.started_at is None:
            return
        if tracker.quiet_s >= _EARLY_S:
            if self._early_now() is None and self._service.is_idle:
                self._start_early()
        elif self._glance is None and self._may_glance():
            self._start_glance(tracker.started_at)

    def _may_glance(self) -> bool:
        """Whether enough was said since the last glance; slow ones are fewer, never more than half of the time."""
        up_to, took_s = self._glanced
        every_s = _GLANCE_EVERY_S if self._text else _FIRST_GLANCE_EVERY_S
        return self._length >= up_to + round(max(every_s, 2 * took_s) * SAMPLE_RATE)

    def _start_early(self) -> None:
        self._drop_early()
        self._drop_glance()
        self._early_for = self._tracker.ended_at
        self._early = asyncio.create_task(self._read_whole())
        self._early.add_done_callback(self._on_read)

    def _early_now(self) -> asyncio.Task[Transcript] | None:
        """The reading of the whole, if nothing was said since it began."""
        return self._early if self._early_for == self._tracker.ended_at else None

    def _start_glance(self, started_at: int) -> None:
        tracker = self._tracker
        if self._length - started_at < _FIRST_GLANCE_S * SAMPLE_RATE:
            return
        begin = max(self._settled_to, started_at - round(_LEAD_S * SAMPLE_RATE), 0)
        unsettled_s = (self._length - begin) / SAMPLE_RATE
        paused = unsettled_s >= _SETTLES_AT_PAUSE_S and tracker.quiet_s >= _PAUSE_S
        self._glance_settles = self._length if paused or unsettled_s >= _SETTLES_S else None
        waveform = Waveform(self._samples[begin : self._length])
        started, length = monotonic(), self._length
        self._glance = asyncio.create_task(self._service.glance(waveform, self._locale))

        def ended(task: asyncio.Task[Transcript | None]) -> None:
            took_s = monotonic() - started
            self._glanced = length, took_s
            self._on_read(task)

        self._glance.add_done_callback(ended)

    def _on_read(self, task: asyncio.Task[Transcript] | asyncio.Task[Transcript | None]) -> None:
        if not task.cancelled():
            task.exception()  # it is asked for again where it matters
        self._news.set()

    async def _tell_text(self, tell: Tell) -> None:
        text = self._text
        early = self._early_now()
        if early is not None and early.done() and not early.cancelled() and early.exception() is None:
            text = early.result().text or text
        elif self._glance is not None and self._glance.done():
            glance, self._glance = self._glance, None
            read = None if glance.cancelled() or glance.exception() is not None else glance.result()
            # A first syllable is sometimes read as a number or a mark: no text is better than that.
            if read is not None and any(letter.isalpha() for letter in read.text):
                text = f"{self._settled} {read.text}".strip()
                if self._glance_settles is not None:
                    self._settled, self._settled_to = text, self._glance_settles
        if text and text != self._text:
            self._text = text
            await tell(Partial(text))

    async def _transcript(self) -> Transcript:
        nobody_spoke = self._found_end and self._tracker.started_at is None
        if nobody_spoke or self.seconds < MIN_SECONDS:
            return Transcript("", 0.0, self.seconds, self._locale)
        early = self._early_now()
        if early is not None:
            try:
                return await early
            except SpeechError:
                pass  # the line was full or slow then; it is asked once more
        self._drop_early()
        return await self._read_whole()

    async def _read_whole(self) -> Transcript:
        waveform = Waveform(self._samples[: self._length])
        return await self._service.transcribe_waveform(waveform, self._locale, self._hints)

    def _drop_glance(self) -> None:
        if self._glance is not None:
            self._glance.cancel()
            self._glance = None

    def _drop_early(self) -> None:
        if self._early is not None:
            self._early.cancel()
            self._early = None
            self._early_for = -1
