"""A recording as a browser or a telephone sends it → samples, in memory.

PyAV (FFmpeg's libraries) reads from the bytes; nothing is written to disk, and only containers of sound and film are
accepted, so that a play list dressed up as a recording can't make FFmpeg open other files or addresses.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import av
import av.error
import av.logging
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from maru.settings import Settings
from voice.errors import AudioEmpty, AudioError, AudioTooLarge, AudioTooLong, AudioUnreadable

SAMPLE_RATE = 16_000
MIN_SECONDS = 0.3

# What browsers (webm, mp4, ogg, wav), telephones (wav, au, amr, 3gp) and recorders (m4a, mp3, flac, aac, caf) write.
_CONTAINERS = "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,ogg,wav,w64,flac,mp3,aac,aiff,caf,amr,au"
_OPEN_OPTIONS = {"format_whitelist": _CONTAINERS, "protocol_whitelist": "none"}

# Speech is recorded at 8 to 48 kHz. Far outside, resampling one frame could fill the memory.
_MIN_RATE, _MAX_RATE = 4_000, 192_000
_MAX_CHANNELS = 16

# A recorder that stops itself at the limit writes a little more than the limit.
_GRACE_S = 0.5

# FFmpeg would report details of what people sent on stderr.
av.logging.set_level(None)


@dataclass(frozen=True, slots=True)
class AudioLimits:
    """The largest recording that is taken: bytes as sent, seconds as decoded (half a second more is let pass)."""

    max_bytes: int
    max_seconds: float

    @classmethod
    def from_settings(cls, settings: Settings) -> AudioLimits:
        """The limits the settings name."""
        return cls(max_bytes=settings.max_audio_bytes, max_seconds=settings.max_audio_s)


@dataclass(frozen=True, slots=True, eq=False)
class Waveform:
    """Mono samples in -1..1, float32, at 16 kHz."""

    samples: NDArray[np.float32]

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / SAMPLE_RATE


def decode(data: bytes, limits: AudioLimits) -> Waveform:
    """Decode the first audio stream of ``data`` to 16 kHz mono.

    A recording that was cut off gives what can be decoded, from 0.3 s on. Decoding stops as soon as it passes
    ``limits.max_seconds``, so a small file that unfolds to hours costs neither time nor memory.

    Raises AudioEmpty (no bytes, or a container without a single sample), AudioTooLarge, AudioTooLong, and
    AudioUnreadable (not a recording, or less than 0.3 s of one).
    """
    check_size(data, limits)
    blocks: list[NDArray[np.float32]] = []
    damaged = read_sound(io.BytesIO(data), limits, blocks.append)
    if not blocks and not damaged:
        raise AudioEmpty("the container holds no sound")
    waveform = Waveform(np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32))
    blocks.clear()
    if waveform.seconds < MIN_SECONDS:
        raise AudioUnreadable(f"only {waveform.seconds:.2f} s of sound could be decoded")
    return waveform


def check_size(data: bytes, limits: AudioLimits) -> None:
    """Refuse what need not be decoded to be refused: AudioEmpty for no bytes, AudioTooLarge for too many."""
    if not data:
        raise AudioEmpty("no bytes were sent")
    if len(data) > limits.max_bytes:
        raise AudioTooLarge(f"{len(data)} bytes; at most {limits.max_bytes} are taken")


def read_sound(file: BinaryIO, limits: AudioLimits, take: Callable[[NDArray[np.float32]], None]) -> bool:
    """Hand the first audio stream of ``file`` to ``take``, block by block at 16 kHz mono, as it can be decoded.

    ``file`` needs nothing but ``read``, which may give less than asked for: it can still be on its way. True when it
    broke off or held unreadable packets. Raises AudioTooLong past ``limits.max_seconds``, AudioUnreadable, and what
    ``take`` raises.
    """
    try:
        with av.open(file, mode="r", options=_OPEN_OPTIONS, metadata_errors="ignore") as container:
            return _Decoder(limits, take).read(container)
    except AudioError:
        raise
    except (av.error.FFmpegError, ValueError, OSError, OverflowError, MemoryError) as error:
        # The original error may quote the file's own text; only its kind is passed on.
        raise AudioUnreadable(f"not a readable recording ({type(error).__name__})") from None


class _Decoder:
    """Hands on one stream's frames, resampled, and counts their length before it is paid for."""

    def __init__(self, limits: AudioLimits, take: Callable[[NDArray[np.float32]], None]) -> None:
        self._limits = limits
        self._take = take
        self._seconds = 0.0
        self._resampler: AudioResampler | None = None
        self._shape: tuple[int, str, str] | None = None

    def read(self, container: InputContainer) -> bool:
        """Decode the first audio stream; true when it broke off or held unreadable packets."""
        if not container.streams.audio:
            raise AudioUnreadable("holds no audio stream")
        stream = container.streams.audio[0]
        if stream.codec_context is None:
            raise AudioUnreadable("its codec is unknown")
        stream.codec_context.thread_count = 1
        damaged = False
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                damaged = True
                break
            if packet is None:
                break
            damaged |= packet.is_corrupt
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                damaged = True
                continue
            for frame in frames:
                if isinstance(frame, AudioFrame):
                    self._add(frame, stream)
        self._flush()
        return damaged

    def _add(self, frame: AudioFrame, stream: AudioStream) -> None:
        rate = frame.sample_rate or stream.rate
        if not _MIN_RATE <= rate <= _MAX_RATE or frame.layout.nb_channels > _MAX_CHANNELS:
            raise AudioUnreadable(f"{rate} Hz with {frame.layout.nb_channels} channels is no recording of speech")
        self._seconds += frame.samples / rate
        if self._seconds > self._limits.max_seconds + _GRACE_S:
            raise AudioTooLong(f"longer than {self._limits.max_seconds:g} s")
        # A recorder may change its mind in mid-stream (a headset is plugged in); each shape needs its own resampler.
        shape = (rate, frame.format.name, frame.layout.name)
        if shape != self._shape:
            self._flush()
            self._resampler = AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
            self._shape = shape
        frame.pts = None
        self._keep(frame)

    def _flush(self) -> None:
        self._keep(None)
        self._resampler = None

    def _keep(self, frame: AudioFrame | None) -> None:
        if self._resampler is None:
            return
        for resampled in self._resampler.resample(frame):
            self._take(_clean(resampled.to_ndarray().reshape(-1).astype(np.float32, copy=False)))


def _clean(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Values that are no numbers become silence, too loud ones are clipped."""
    return np.clip(np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0), -1.0, 1.0)
