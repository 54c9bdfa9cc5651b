"""The async front of speech synthesis: one text at a time, and a bounded line before it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from voice.errors import SynthesisBusy
from voice.synthesizer import Speech, SpeechSynthesizer


class SynthesisService:
    """Reads texts aloud one after the other; at most ``places`` wait behind the one being read."""

    def __init__(self, synthesizer: SpeechSynthesizer, places: int) -> None:
        self._synthesizer = synthesizer
        self._places = places
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="synthesis")
        self._taken = 0

    async def speak(self, text: str, locale: str, rate: float = 1.0) -> Speech:
        """See :meth:`voice.synthesizer.SpeechSynthesizer.speak`; raises SynthesisBusy when every place is taken.

        The text of a caller that goes away while it waits isn't read.
        """
        if self._taken > self._places:
            raise SynthesisBusy(f"{self._taken - 1} texts are waiting already")
        job = self._worker.submit(self._synthesizer.speak, text, locale, rate)
        self._taken += 1
        loop = asyncio.get_running_loop()
        job.add_done_callback(lambda _job: loop.call_soon_threadsafe(self._leave))
        return await asyncio.wrap_future(job)

    def close(self) -> None:
        """Turn the waiting away and let the one being read end."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _leave(self) -> None:
        self._taken -= 1
