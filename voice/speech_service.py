"""The async front of speech recognition: a bounded line of waiting recordings before one worker thread."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from maru.settings import Settings
from voice.audio import AudioLimits, Waveform, check_size, decode
from voice.commands import Command, command_in_text
from voice.commands_spotter import CommandSpotter
from voice.errors import SpeechBusy, SpeechTimeout
from voice.hints import Hints, NearTitles
from voice.recognizer import SpeechRecognizer, Timings, Transcript

_NONE = Hints()


@dataclass(slots=True, eq=False)
class _Job:
    """A recording that waits or is being read; ``sound`` is let go as soon as it is taken up or withdrawn."""

    sound: bytes | Waveform
    locale: str
    hints: Hints
    future: Future[Transcript]
    queued_at: float
    glance: bool = False


class SpeechService:
    """Serves recordings one after the other. Audio stays in memory and is dropped after use.

    At most ``Settings.speech_queue`` recordings wait behind the one being read. A caller that is cancelled or runs out
    of time gives its place free at once; what is already being read ends first, and its text is thrown away.
    What a hint's ``bias`` does, it does on the worker thread.
    Glances at speech that still goes on are read with ``quick``, and only while no whole recording waits. Commands are
    found by ``spotter``, or in the text alone where there is none.
    """

    def __init__(
        self,
        recognizer: SpeechRecognizer,
        settings: Settings,
        quick: SpeechRecognizer | None = None,
        spotter: CommandSpotter | None = None,
    ) -> None:
        self._recognizer = recognizer
        self._spotter = spotter
        self._quick = quick or recognizer
        self._limits = AudioLimits.from_settings(settings)
        self._places = settings.speech_queue
        self._timeout_s = settings.speech_timeout_s
        self._waiting: deque[_Job] = deque()
        self._glances: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._reading: _Job | None = None
        self._closed = False
        self._worker = threading.Thread(target=self._work, name="speech", daemon=True)
        self._worker.start()

    @property
    def waiting(self) -> int:
        """How many recordings wait for the one being read."""
        return len(self._waiting)

    @property
    def is_idle(self) -> bool:
        """Whether a recording that comes now would be read at once (a glance may have to end first)."""
        with self._changed:
            return self._has_time()

    async def transcribe(self, data: bytes, locale: str, hints: Hints = _NONE) -> Transcript:
        """What is said in the recording ``data``; its timings tell waiting, decoding and recognising apart.

        Raises the errors of :func:`voice.audio.decode`, SpeechBusy when every place is taken or the service is closed,
        SpeechTimeout after ``Settings.speech_timeout_s`` (waiting included), ValueError for an unknown language.
        """
        check_size(data, self._limits)
        job = self._enqueue(data, locale, hints)
        # Only the job holds the bytes now, so that letting go of them there frees them.
        del data
        return await self._read(job)

    async def transcribe_waveform(self, waveform: Waveform, locale: str, hints: Hints = _NONE) -> Transcript:
        """As ``transcribe``, of speech that is decoded already."""
        return await self._read(self._enqueue(waveform, locale, hints))

    async def glance(self, waveform: Waveform, locale: str) -> Transcript | None:
        """What is said so far in speech that still goes on, read quickly; None while whole recordings need the time.

        Raises SpeechTimeout, and ValueError for an unknown language.
        """
        with self._changed:
            if self._closed or not self._has_time() or len(self._glances) >= self._places:
                return None
            job = _Job(waveform, locale, _NONE, Future(), time.perf_counter(), glance=True)
            self._glances.append(job)
            self._changed.notify()
        return await self._read(job)

    async def _read(self, job: _Job) -> Transcript:
        result = asyncio.wrap_future(job.future)
        try:
            done, _pending = await asyncio.wait({result}, timeout=self._timeout_s)
            if not done:
                raise SpeechTimeout(f"not recognised within {self._timeout_s:g} s")
            return result.result()
        finally:
            if not result.done():
                self._withdraw(job)
                result.cancel()

    async def close(self) -> None:
        """Turn the waiting away with SpeechBusy, finish the recording being read, and end the worker thread."""
        with self._changed:
            self._closed = True
            turned_away = [*self._waiting, *self._glances]
            self._waiting.clear()
            self._glances.clear()
            self._changed.notify_all()
        for job in turned_away:
            job.sound = b""
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(SpeechBusy("the speech service is shutting down"))
        await asyncio.to_thread(self._worker.join)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def _has_time(self) -> bool:
        return not self._waiting and not self._reads_a_recording()

    def _reads_a_recording(self) -> bool:
        return self._reading is not None and not self._reading.glance

    def _enqueue(self, sound: bytes | Waveform, locale: str, hints: Hints) -> _Job:
        with self._changed:
            if self._closed:
                raise SpeechBusy("the speech service is shutting down")
            # The place at the worker itself is free until it has taken a job.
            if len(self._waiting) >= self._places + (0 if self._reads_a_recording() else 1):
                raise SpeechBusy(f"{len(self._waiting)} recordings are waiting already")
            job = _Job(sound, locale, hints, Future(), time.perf_counter())
            self._waiting.append(job)
            self._changed.notify()
            return job

    def _withdraw(self, job: _Job) -> None:
        with self._changed:
            line = self._glances if job.glance else self._waiting
            if job in line:
                line.remove(job)
                job.sound = b""

    def _work(self) -> None:
        while True:
            with self._changed:
                self._reading = None
                self._changed.wait_for(lambda: self._closed or self._waiting or self._glances)
                if not self._waiting and not self._glances:
                    return
                job = (self._waiting or self._glances).popleft()
                self._reading = job
            if job.future.set_running_or_notify_cancel():
                self._serve(job)
            # Nobody's recording or words may lie about until the next one comes.
            del job

    def _serve(self, job: _Job) -> None:
        try:
            job.future.set_result(self._recognise(job))
        except BaseException as error:
            job.future.set_exception(error)

    def _recognise(self, job: _Job) -> Transcript:
        started = time.perf_counter()
        sound, job.sound = job.sound, b""
        waveform = sound if isinstance(sound, Waveform) else decode(sound, self._limits)
        del sound
        decoded = time.perf_counter()
        if job.glance:
            transcript = self._quick.transcribe(waveform, job.locale)
        else:
            transcript = self._recognizer.transcribe(waveform, job.locale, _bias(job))
        command = self._command(waveform, transcript, job) if job.hints.commands else None
        timings = Timings(
            queue_ms=(started - job.queued_at) * 1000,
            decode_ms=(decoded - started) * 1000,
            recognise_ms=(time.perf_counter() - decoded) * 1000,
        )
        return replace(transcript, command=command, timings=timings)

    def _command(self, waveform: Waveform, transcript: Transcript, job: _Job) -> Command | None:
        if self._spotter is None:
            return command_in_text(transcript.text, job.locale)
        return self._spotter.spot(waveform, transcript, job.locale, job.hints.expecting)


def _bias(job: _Job) -> NearTitles | None:
    """What the recording may be about; nothing is looked up for what is a command outright."""
    near = job.hints.bias
    if near is None or not job.hints.commands:
        return near
    return lambda text: () if command_in_text(text, job.locale) else near(text)
