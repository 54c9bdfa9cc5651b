"""What was said and what was heard, for ``maru train sounds``: ``python -m bench.speech.pairs FOLDER``.

``FOLDER`` holds recordings and their ``manifest.jsonl``, as ``bench/speech/speak.py`` writes them. Prints a line for
each: data/retrieval/heard.jsonl was made so, of every 20th spoken-style question in data/retrieval/entries.jsonl.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench.speech.corpora import spoken_questions
from maru.settings import get_settings
from voice.whisper_recognizer import WhisperRecognizer


def main() -> int:
    """Print the pairs; 1 where the folder has no recordings."""
    parser = argparse.ArgumentParser(prog="python -m bench.speech.pairs", description=__doc__)
    parser.add_argument("folder", type=Path, help="recordings and their manifest.jsonl")
    settings = get_settings()
    try:
        recordings = spoken_questions(settings, folder=parser.parse_args().folder)
    except FileNotFoundError as error:
        print(f"{error.filename} is not there", file=sys.stderr)
        return 1
    recognizer = WhisperRecognizer.load(settings)
    for each in recordings:
        heard = recognizer.transcribe(each.waveform, "ko").text
        print(json.dumps({"said": each.said, "heard": heard}, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
