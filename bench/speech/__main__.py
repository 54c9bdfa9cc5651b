"""``python -m bench.speech``: character error rate, speed and memory of speech recognition, by decoding setting.

Character error rates use the published normaliser (``voice/normalise.py``). Times are of one recording at a time on
``MARU_THREADS`` threads; the CPU time tells how busy the machine was with other things.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace
from itertools import groupby

import psutil

from bench.speech.corpora import speech_clips, spoken_questions
from bench.speech.measure import Figures, Heard, listen, summarise
from maru.settings import get_settings
from voice.whisper_recognizer import Decoding, WhisperRecognizer

_HEAD = (
    f"{'setting':<20} {'group':<14} {'n':>3} {'CER':>6} {'exact':>5} {'empty':>5} {'conf':>5} {'RTF':>5}"
    f" {'p50 ms':>7} {'p95 ms':>7} {'CPU ms':>7}"
)


def main() -> int:
    """Print a table (or, with ``--json``, a line of JSON a row); 1 when the evaluation data is absent."""
    arguments = _arguments()
    settings = get_settings()
    try:
        recordings = [*speech_clips(settings), *spoken_questions(settings, arguments.every)]
    except FileNotFoundError as error:
        print(f"the evaluation data beside the checkout is absent: {error.filename}", file=sys.stderr)
        return 1
    loaded = WhisperRecognizer.load(settings)
    if not arguments.json:
        print(_HEAD)
    for beam in arguments.beam:
        for context_s in arguments.context:
            name = f"beam {beam}, {'default' if context_s is None else f'{context_s:g} s'}"
            decoding = replace(Decoding(), beam=beam)
            if context_s is not None:
                decoding = replace(decoding, contexts_s=tuple(dict.fromkeys((context_s, 30.0))))
            heard = listen(loaded.with_decoding(decoding), recordings)
            for figures in _by_group(heard):
                _print(name, figures, arguments.json)
            if arguments.texts:
                _print_texts(heard)
    memory = psutil.Process().memory_info()
    print(json.dumps({"rss_mb": memory.rss / 1e6}) if arguments.json else f"RSS {memory.rss / 1e6:.0f} MB")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speech", description=__doc__)
    parser.add_argument("--beam", type=int, nargs="+", default=[Decoding().beam], help="beam sizes to compare")
    parser.add_argument(
        "--context",
        type=float,
        nargs="+",
        default=[None],
        help="seconds of silence after the speech that the encoder sees first (30: Whisper as it comes)",
    )
    parser.add_argument("--every", type=int, default=1, help="take each n-th spoken question")
    parser.add_argument("--texts", action="store_true", help="also print what was said and what was heard")
    parser.add_argument("--json", action="store_true", help="a JSON object a line")
    return parser.parse_args()


def _by_group(heard: list[Heard]) -> list[Figures]:
    def group(each: Heard) -> str:
        return each.recording.group

    groups = [summarise(name, list(members)) for name, members in groupby(sorted(heard, key=group), group)]
    spoken = [each for each in heard if group(each).startswith("spoken")]
    return [*groups, summarise("spoken, all", spoken)] if spoken else groups


def _print(setting: str, figures: Figures, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"setting": setting, **asdict(figures)}, ensure_ascii=False))
        return
    print(
        f"{setting:<20} {figures.group:<14} {figures.recordings:>3} {figures.cer:>6.3f} {figures.exact:>5}"
        f" {figures.empty:>5} {figures.confidence:>5.2f} {figures.real_time_factor:>5.2f} {figures.p50_ms:>7.0f}"
        f" {figures.p95_ms:>7.0f} {figures.cpu_ms:>7.0f}",
        flush=True,
    )


def _print_texts(heard: list[Heard]) -> None:
    for each in heard:
        print(f"  {each.recording.name} {each.edits}/{each.length} {each.confidence:.2f}")
        print(f"    {each.recording.said}\n    {each.text}")


if __name__ == "__main__":
    sys.exit(main())
