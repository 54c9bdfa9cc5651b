"""What was said and what was heard, for ``maru train sounds``: ``python -m bench.speech.pairs FOLDER``.

``FOLDER`` holds recordings and their ``manifest.jsonl``, as ``bench/speech/speak.py`` writes them. Prints a line for
each: data/retrieval/heard.jsonl was made so, of every 20th spoken-style question in data/retrieval/entries.jsonl.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from maru.settings import ROOT, get_settings
from voice.audio import AudioLimits, decode
from voice.whisper_recognizer import WhisperRecognizer


def main() -> int:
    """Print the pairs; 1 without a folder of recordings."""
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else ROOT / "nowhere"
    manifest = folder / "manifest.jsonl"
    if not manifest.is_file():
        print(f"{manifest} is not there", file=sys.stderr)
        return 1
    settings = get_settings()
    limits, recognizer = AudioLimits.from_settings(settings), WhisperRecognizer.load(settings)
    for line in manifest.read_text("utf-8").splitlines():
        row = json.loads(line)
        transcript = recognizer.transcribe(decode((folder / row["file"]).read_bytes(), limits), "ko")
        print(json.dumps({"said": row["text"], "heard": transcript.text}, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
