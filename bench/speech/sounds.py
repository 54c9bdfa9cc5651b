"""Sounds made by arithmetic: recordings in which nobody speaks, noise to lay over speech, and the telephone.

Everything is 16 kHz mono float32 in -1..1 and comes out the same every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from voice.audio import SAMPLE_RATE

Samples = NDArray[np.float32]
Generator = np.random.Generator

_MU = 255.0
_TELEPHONE_HZ = (300.0, 3400.0)


def no_speech(speech: Samples) -> Iterator[tuple[str, Samples]]:
    """Sixty-four recordings without a word that could be made out, by name.

    ``speech`` is what "far speech" is made of: so soft under a room's hiss that no listener would understand it.
    """
    randomness = np.random.default_rng(120)
    for name, make in _SOUNDS.items():
        for loudness in (0.02, 0.1, 0.4, 0.8):
            yield f"{name}, {loudness:g}", _loud(make(randomness), loudness)
    for seconds in (0.3, 1.0, 5.0, 30.0):
        yield f"silence, {seconds:g} s", np.zeros(round(seconds * SAMPLE_RATE), dtype=np.float32)
    for db in (-25, -30, -35, -40):
        yield f"far speech, {db} dB", with_noise(speech, db, randomness)
        yield f"far speech in a hall, {db} dB", with_noise(_hall(speech, randomness), db, randomness)


def with_noise(samples: Samples, snr_db: float, randomness: Generator) -> Samples:
    """White noise over ``samples``, at ``snr_db`` decibels below them (above, where negative); never clipped."""
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    noise = randomness.standard_normal(len(samples)) * np.sqrt(power / 10 ** (snr_db / 10))
    mixed = samples + noise
    return np.asarray(mixed / max(1.0, float(np.abs(mixed).max())), dtype=np.float32)


def over_the_telephone(samples: Samples) -> Samples:
    """What arrives after 8 kHz, 300 to 3,400 Hz and 8-bit μ-law (ITU-T G.711)."""
    narrow = _band(samples, *_TELEPHONE_HZ)[::2]
    squeezed = np.sign(narrow) * np.log1p(_MU * np.abs(narrow)) / np.log1p(_MU)
    coded = np.round((squeezed + 1) / 2 * _MU) / _MU * 2 - 1
    heard = np.sign(coded) * np.expm1(np.abs(coded) * np.log1p(_MU)) / _MU
    at = np.arange(len(samples)) / 2
    return np.asarray(np.interp(at, np.arange(len(heard)), heard), dtype=np.float32)


def _band(samples: Samples, low: float, high: float) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    spectrum[(hertz < low) | (hertz > high)] = 0
    return np.clip(np.fft.irfft(spectrum, len(samples)), -1, 1)


def _loud(samples: NDArray[np.float64], loudness: float) -> Samples:
    return (samples / max(float(np.abs(samples).max()), 1e-9) * loudness).astype(np.float32)


def _time(seconds: float) -> NDArray[np.float64]:
    return np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _coloured(slope: float, randomness: Generator, seconds: float = 6.0) -> NDArray[np.float64]:
    """Noise whose power falls with frequency to the power of ``slope``: 0 white, 1 pink, 2 brown."""
    spectrum = np.fft.rfft(randomness.standard_normal(round(seconds * SAMPLE_RATE)))
    hertz = np.maximum(np.fft.rfftfreq(round(seconds * SAMPLE_RATE), 1 / SAMPLE_RATE), 20.0)
    return np.fft.irfft(spectrum / hertz ** (slope / 2))


def _babble(randomness: Generator) -> NDArray[np.float64]:
    """A room full of people, as a spectrum: noise in the band of voices that swells four times a second."""
    time = _time(6.0)
    out = np.zeros_like(time)
    for low, high in ((200, 800), (800, 1800), (1800, 3400)):
        noise = randomness.standard_normal(len(time)).astype(np.float32)
        swell = 1 + 0.5 * np.sin(2 * np.pi * randomness.uniform(2, 5) * time + randomness.uniform(0, 6))
        out += _band(noise, low, high) * swell
    return out


def _hum(randomness: Generator) -> NDArray[np.float64]:
    time = _time(6.0)
    return sum((np.sin(2 * np.pi * 60 * n * time) / n for n in (1, 2, 3, 5, 7)), np.zeros_like(time))


def _ring(randomness: Generator) -> NDArray[np.float64]:
    """A Korean ring-back tone: 440 and 480 Hz, one second on, two off."""
    time = _time(9.0)
    return (np.sin(2 * np.pi * 440 * time) + np.sin(2 * np.pi * 480 * time)) * (time % 3 < 1)


def _keys(randomness: Generator) -> NDArray[np.float64]:
    """Telephone keys (DTMF), four a second."""
    time = _time(5.0)
    rows, columns = (697, 770, 852, 941), (1209, 1336, 1477)
    out = np.zeros_like(time)
    for start in np.arange(0, 5, 0.25):
        on = (time >= start) & (time < start + 0.12)
        pair = randomness.choice(rows), randomness.choice(columns)
        out += on * sum(np.sin(2 * np.pi * hertz * time) for hertz in pair)
    return out


def _plucked(randomness: Generator) -> NDArray[np.float64]:
    time = _time(8.0)
    out = np.zeros_like(time)
    for start in np.arange(0, 8, 0.25):
        since = np.maximum(time - start, 0)
        hertz = 220 * 2 ** (randomness.integers(0, 24) / 12)
        for harmonic in (1, 2, 3, 4):
            note = np.exp(-since * 2.7) * np.sin(2 * np.pi * hertz * harmonic * since) / harmonic
            out += note * (time >= start)
    return out


def _organ(randomness: Generator) -> NDArray[np.float64]:
    """Held chords with vibrato, the sound most like singing."""
    time = _time(8.0)
    out = np.zeros_like(time)
    for start, chord in ((0, (0, 4, 7)), (2, (5, 9, 12)), (4, (7, 11, 14)), (6, (0, 4, 7))):
        on = (time >= start) & (time < start + 2)
        for step in chord:
            phase = 2 * np.pi * 196 * 2 ** (step / 12) * time + 0.6 * np.sin(2 * np.pi * 5.5 * time)
            out += on * sum(np.sin(phase * harmonic) / harmonic for harmonic in (1, 2, 3, 5))
    return out


def _drums(randomness: Generator) -> NDArray[np.float64]:
    time = _time(6.0)
    out = np.zeros_like(time)
    for beat, start in enumerate(np.arange(0, 6, 0.4)):
        since = np.maximum(time - start, 0)
        struck = np.sin(2 * np.pi * 70 * since) if beat % 2 == 0 else randomness.standard_normal(len(time))
        out += struck * np.exp(-since * 25) * (time >= start)
    return out


def _clicks(randomness: Generator) -> NDArray[np.float64]:
    out = 0.001 * randomness.standard_normal(round(5 * SAMPLE_RATE))
    for at in randomness.integers(0, len(out) - 40, 25):
        out[at : at + 40] += randomness.choice((-1.0, 1.0)) * np.exp(-np.arange(40) / 8)
    return out


def _siren(randomness: Generator) -> NDArray[np.float64]:
    time = _time(6.0)
    return np.sin(2 * np.pi * (900 * time - 300 / np.pi * np.cos(2 * np.pi * 0.5 * time)))


def _engine(randomness: Generator) -> NDArray[np.float64]:
    time = _time(6.0)
    turning = sum((np.sin(2 * np.pi * 32 * n * time) / n for n in range(1, 12)), np.zeros_like(time))
    return turning * (1 + 0.3 * np.sin(2 * np.pi * 3 * time)) + 0.5 * randomness.standard_normal(len(time))


def _hall(samples: Samples, randomness: Generator) -> Samples:
    """A second of echoes that die away."""
    length = SAMPLE_RATE
    echoes = randomness.standard_normal(length) * np.exp(-np.arange(length) / SAMPLE_RATE * 6)
    size = len(samples) + length
    heard = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echoes, size), size)[: len(samples)]
    return _loud(heard, 0.5)


_SOUNDS: dict[str, Callable[[Generator], NDArray[np.float64]]] = {
    "white noise": partial(_coloured, 0.0),
    "pink noise": partial(_coloured, 1.0),
    "brown noise": partial(_coloured, 2.0),
    "babble-like noise": _babble,
    "mains hum": _hum,
    "ring-back tone": _ring,
    "telephone keys": _keys,
    "plucked strings": _plucked,
    "organ chords": _organ,
    "drums": _drums,
    "clicks": _clicks,
    "siren": _siren,
    "engine": _engine,
}
