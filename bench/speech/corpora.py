"""Recordings with their words, from the evaluation data beside the checkout and from our own fixtures."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from maru.settings import ROOT, Settings
from voice.audio import AudioLimits, Waveform, decode

SHARED = ROOT.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Recording:
    """A decoded recording and what is said in it; ``group`` is what its figures are listed under."""

    group: str
    name: str
    waveform: Waveform
    said: str


def speech_clips(settings: Settings, folder: Path = SHARED / "speech-clips") -> list[Recording]:
    """The human and synthetic clips with transcripts; raises FileNotFoundError where the data is absent."""
    with (folder / "transcripts.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [Recording("speech-clips", row["file"], _read(folder / row["file"], settings), row["text"]) for row in rows]


def spoken_questions(settings: Settings, every: int = 1, folder: Path = SHARED / "spoken-questions") -> list[Recording]:
    """Each ``every``-th spoken question, grouped by noise; raises FileNotFoundError where the data is absent."""
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines][::every]
    return [
        Recording(
            "spoken, clean" if row["snr_db"] is None else f"spoken, {row['snr_db']} dB",
            row["file"],
            _read(folder / row["file"], settings),
            row["text"],
        )
        for row in rows
    ]


def _read(path: Path, settings: Settings) -> Waveform:
    return decode(path.read_bytes(), AudioLimits.from_settings(settings))
