"""Sound that comes in slices → samples as they can be had. In memory, a slice at a time; nothing is written to disk."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from voice.audio import AudioLimits, read_sound
from voice.errors import AudioTooLong, VoiceError

Take = Callable[[NDArray[np.float32]], None]
"""What is called with each block of samples, 16 kHz mono, in the event loop."""


class SoundSlices(Protocol):
    """Slices of one recording, in order."""

    def add(self, data: bytes) -> None:
        """Take the next slice, however it is cut. Raises AudioUnreadable once it is known to be no recording."""
        ...

    async def end(self) -> None:
        """Hand on what is left when the last slice has come; raises AudioUnreadable."""
        ...

    def close(self) -> None:
        """Let go of everything; may be called at any time."""
        ...


class PcmSlices:
    """16 kHz mono, signed 16 bit, little-endian. A sample may be cut in two."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._odd = b""

    def add(self, data: bytes) -> None:
        """See ``SoundSlices``."""
        data = self._odd + data
        whole = len(data) // 2 * 2
        self._odd = data[whole:]
        if whole:
            self._take(np.frombuffer(data, dtype="<i2", count=whole // 2).astype(np.float32) / np.float32(32768))

    async def end(self) -> None:
        """See ``SoundSlices``."""

    def close(self) -> None:
        """See ``SoundSlices``."""
        self._odd = b""


class ContainerSlices:
    """A webm or ogg file as ``MediaRecorder`` writes it bit by bit, decoded in a thread of its own as it comes."""

    def __init__(self, take: Take, limits: AudioLimits) -> None:
        self._take = take
        self._limits = limits
        self._pipe = _Pipe()
        self._loop = asyncio.get_running_loop()
        self._read: asyncio.Future[None] = self._loop.create_future()
        self._thread = threading.Thread(target=self._work, name="live-sound", daemon=True)
        self._thread.start()

    def add(self, data: bytes) -> None:
        """See ``SoundSlices``."""
        self._pipe.write(data)
        if self._read.done():
            self._read.result()

    async def end(self) -> None:
        """See ``SoundSlices``."""
        self._pipe.end()
        await self._read

    def close(self) -> None:
        """See ``SoundSlices``."""
        self._pipe.close()
        self._read.cancel()

    def _work(self) -> None:
        error: VoiceError | None = None
        try:
            read_sound(cast("BinaryIO", self._pipe), self._limits, self._hand_on)
        except AudioTooLong:
            pass  # what came before is all there is room for
        except VoiceError as failed:
            error = failed
        except RuntimeError:
            return  # the event loop is gone
        finally:
            self._pipe.close()
        self._call(self._finish, error)

    def _hand_on(self, samples: NDArray[np.float32]) -> None:
        self._loop.call_soon_threadsafe(self._take, samples)

    def _call(self, done: Callable[[VoiceError | None], None], error: VoiceError | None) -> None:
        try:
            self._loop.call_soon_threadsafe(done, error)
        except RuntimeError:
            return  # the event loop is gone

    def _finish(self, error: VoiceError | None) -> None:
        if self._read.done():
            return
        if error is None:
            self._read.set_result(None)
        else:
            self._read.set_exception(error)
            # Nobody may be waiting any more.
            self._read.exception()


class _Pipe:
    """A file whose end isn't there yet: reading waits for what will be written."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._bytes = bytearray()
        self._ended = False

    def write(self, data: bytes) -> None:
        with self._changed:
            if not self._ended:
                self._bytes += data
                self._changed.notify()

    def end(self) -> None:
        """No more will come; what is there can still be read."""
        with self._changed:
            self._ended = True
            self._changed.notify()

    def close(self) -> None:
        """No more will come, and what is there is let go."""
        with self._changed:
            self._bytes.clear()
        self.end()

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes as soon as there are any; none at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._bytes or self._ended)
            piece = bytes(self._bytes[:size])
            del self._bytes[:size]
            return piece
