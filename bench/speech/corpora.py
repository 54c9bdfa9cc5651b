"""Recordings with their words, from the evaluation data beside the checkout, and what can be done to them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.speech.sounds import over_the_telephone, with_noise
from maru.settings import ROOT, Settings
from voice.audio import AudioLimits, Waveform, decode

SHARED = ROOT.parent / "shared" / "data"
_NOISES_DB = (20, 12, 5)
_SEED = 2026


@dataclass(frozen=True, slots=True)
class Recording:
    """A decoded recording and what is said in it; ``group`` is what its figures are listed under.

    ``answer`` is the entry that answers the question (None: it is no question), ``voice`` and ``speed`` how the
    synthesiser spoke ("" and 0 where a person did).
    """

    group: str
    name: str
    waveform: Waveform
    said: str
    answer: str | None = None
    voice: str = ""
    speed: float = 0.0


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
            str(row["doc_id"]),
            row["voice"],
            row["speed"],
        )
        for row in rows
    ]


def in_other_conditions(clean: Sequence[Recording]) -> Iterator[Recording]:
    """The same recordings with noise of the bench's own over them, and as they come over the telephone."""
    randomness = np.random.default_rng(_SEED)
    for each in clean:
        samples = each.waveform.samples
        for db in _NOISES_DB:
            yield replace(each, group=f"noise, {db} dB", waveform=Waveform(with_noise(samples, db, randomness)))
        yield replace(each, group="telephone", waveform=Waveform(over_the_telephone(samples)))


def _read(path: Path, settings: Settings) -> Waveform:
    return decode(path.read_bytes(), AudioLimits.from_settings(settings))
