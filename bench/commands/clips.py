"""The committed clips of commands and short questions, and noise made on the spot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from maru.settings import ROOT, Settings
from voice.audio import SAMPLE_RATE, AudioLimits, Waveform, decode
from voice.commands import Command

FOLDER = ROOT / "tests" / "fixtures" / "audio" / "commands"
FITTED_VOICES = frozenset({"jf_alpha", "jf_gongitsune", "jf_nezumi"})
NOISES = ("silence", "white noise", "hum", "music", "far babble")

Kind = Literal["listed", "unlisted", "question", "noise"]


@dataclass(frozen=True, slots=True)
class Clip:
    """What is said in a recording, by which voice; ``command`` is None for questions and noise."""

    kind: Kind
    command: Command | None
    text: str
    locale: str
    voice: str
    path: Path | None

    @property
    def fitted(self) -> bool:
        """Whether weights and thresholds are chosen on it: three voices, listed forms, each second question."""
        if self.locale != "ko" or self.voice not in FITTED_VOICES:
            return False
        return self.kind == "listed" or (self.kind == "question" and sum(map(ord, self.text)) % 2 == 0)

    def waveform(self, settings: Settings) -> Waveform:
        """Its sound at 16 kHz."""
        if self.path is None:
            return Waveform(_noise(self.text))
        return decode(self.path.read_bytes(), AudioLimits.from_settings(settings))


def spoken_clips(every: int = 1) -> Iterator[Clip]:
    """Each ``every``-th clip of the manifest that is there, in its order."""
    lines = (FOLDER / "manifest.jsonl").read_text("utf-8").splitlines()
    for row in list(map(json.loads, lines))[::every]:
        path = FOLDER / row["file"]
        if path.exists():
            yield Clip(row["kind"], row["command"], row["text"], row["locale"], row["voice"], path)


def noise_clips() -> Iterator[Clip]:
    """Two seconds each of what is no speech, at three levels."""
    for name in NOISES:
        for level in (0.01, 0.05, 0.3):
            yield Clip("noise", None, f"{name} {level}", "ko", name, None)


def _noise(name: str) -> NDArray[np.float32]:
    kind, level = name.rsplit(" ", 1)
    random = np.random.default_rng(7)
    at = np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE
    white = random.normal(0, 1, len(at))
    if kind == "silence":
        sound = np.zeros(len(at))
    elif kind == "hum":
        sound = np.sum([np.sin(2 * np.pi * 60 * n * at) / n for n in range(1, 6)], axis=0)
    elif kind == "music":
        notes = 220 * 2 ** (random.integers(0, 12, 8) / 12)
        sound = np.sum([np.sin(2 * np.pi * n * notes[(at * 4).astype(int)] * at) / n for n in range(1, 5)], axis=0)
    elif kind == "far babble":
        brown = np.cumsum(white)
        brown -= np.convolve(brown, np.ones(200) / 200, "same")
        sound = brown * (0.55 + 0.45 * np.sin(2 * np.pi * 4 * at))
    else:
        sound = white
    peak = np.abs(sound).max() or 1.0
    return (np.asarray(sound) / peak * float(level)).astype(np.float32)
