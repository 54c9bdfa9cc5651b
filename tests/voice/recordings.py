"""Recordings made in memory: sounds, and their encoding into any container."""

from __future__ import annotations

import io
import struct
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

Samples = NDArray[np.float32]


def silence(seconds: float, rate: int = 16_000) -> Samples:
    return np.zeros(round(seconds * rate), dtype=np.float32)


def tone(seconds: float, hertz: float = 440.0, rate: int = 16_000) -> Samples:
    time = np.arange(round(seconds * rate)) / rate
    return (0.5 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def noise(seconds: float, loudness: float, rate: int = 16_000) -> Samples:
    generator = np.random.default_rng(20_261_122)
    return (loudness * generator.standard_normal(round(seconds * rate))).clip(-1, 1).astype(np.float32)


def hum(seconds: float, loudness: float, rate: int = 16_000) -> Samples:
    """A mains transformer: 60 Hz and its harmonics."""
    out = silence(seconds, rate)
    for harmonic in (1, 2, 3, 5):
        out += tone(seconds, 60.0 * harmonic, rate) * np.float32(loudness / harmonic)
    return out


def music(seconds: float, loudness: float, rate: int = 16_000) -> Samples:
    """Plucked notes, four a second."""
    generator = np.random.default_rng(4)
    out = silence(seconds, rate)
    for start in range(0, len(out), rate // 4):
        left = np.arange(len(out) - start) / rate
        hertz = 220 * 2 ** (generator.integers(0, 24) / 12)
        for harmonic in (1, 2, 3, 4):
            pluck = np.exp(-left * 2.7) * np.sin(2 * np.pi * hertz * harmonic * left) / harmonic
            out[start:] += pluck.astype(np.float32)
    out *= np.float32(loudness / np.abs(out).max())
    return out


def encode(
    samples: Samples,
    container: str = "wav",
    codec: str = "pcm_s16le",
    rate: int = 16_000,
    layout: str = "mono",
    sample_format: str | None = None,
) -> bytes:
    """The recording as a file: ``samples`` are at ``rate``; a stereo layout gets the same sound in both channels."""
    out = io.BytesIO()
    with av.open(out, mode="w", format=container) as file:
        settings: dict[str, Any] = {"layout": layout}
        if sample_format:
            settings["format"] = sample_format
        stream = file.add_stream(codec, rate=rate, **settings)
        assert isinstance(stream, AudioStream)
        resampler = av.AudioResampler(format=stream.format, layout=layout, rate=rate)
        fifo = av.AudioFifo()
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate = rate
        for made in [*resampler.resample(frame), *resampler.resample(None)]:
            fifo.write(made)
        size = stream.frame_size or 4096
        while (piece := fifo.read(size)) is not None or (piece := fifo.read(0, partial=True)) is not None:
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return out.getvalue()


def wav(pcm: bytes, rate: int) -> bytes:
    """16-bit mono PCM behind a wav head that claims ``rate``."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16)
    body = b"WAVE" + form + struct.pack("<4sI", b"data", len(pcm)) + pcm
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def main_frequency(samples: Samples, rate: int = 16_000) -> float:
    """The loudest frequency, in Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate / len(samples))
