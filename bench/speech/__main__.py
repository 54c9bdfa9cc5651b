"""``python -m bench.speech``: what is heard of speech, what is found by it, and what it costs.

Run ``make bench-speech`` (options through ``ARGS``). Character error rates use the published normaliser
(``voice/normalise.py``). Everything runs in process, on ``MARU_THREADS`` threads, one recording at a time but for the
speakers at once; ``--into docs/benchmarks.md`` puts the tables there.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import psutil

from bench.options import among
from bench.speech.base import SeoulBase
from bench.speech.corpora import SHARED, Recording, in_other_conditions, speech_clips, spoken_questions
from bench.speech.load import SLOW_MS, SPEAKERS, Load, recorded, speak_at_once
from bench.speech.measure import Figures, Heard, listen, summarise
from bench.speech.report import Report
from bench.speech.sounds import no_speech
from maru.clock import SystemClock
from maru.logging import configure_logging
from maru.settings import ROOT, Settings, get_settings
from voice.audio import AudioLimits, Waveform, decode
from voice.hints import Hints, NearTitles
from voice.speech_service import SpeechService
from voice.whisper_recognizer import Decoding, WhisperRecognizer
from web.spoken_turn import NEAR

PARTS = ("questions", "conditions", "silence", "load")
_MARKS = ("<!-- bench-speech -->", "<!-- /bench-speech -->")


def main() -> int:
    """Measure and print the tables; 1 when the evaluation data is absent."""
    options = _options()
    settings = get_settings().model_copy(update={"log_level": "WARNING"})
    configure_logging(settings)
    try:
        clips, spoken = speech_clips(settings), spoken_questions(settings, options.every, options.spoken)
    except FileNotFoundError as error:
        print(f"the evaluation data beside the checkout is absent: {error.filename}", file=sys.stderr)
        return 1
    recognizer = WhisperRecognizer.load(settings, _decoding(options))
    with SeoulBase(settings, SHARED, options.cache) as base:
        bias: NearTitles | None = (lambda text: base.near(text, options.near)) if options.near else None
        report = Report(_machine(settings, options))
        if "questions" in options.parts:
            heard = listen(recognizer, [*clips, *spoken], bias, base.spoken)
            typed = [base.typed(each.said).index(each.answer or "") for each in spoken if _is_found(base, each)]
            shares = tuple(sum(rank < most for rank in typed) / len(spoken) for most in (1, 3))
            report = replace(report, groups=_by_group(heard), typed=(shares[0], shares[1]))
            if options.texts:
                _print_texts(heard)
        if "conditions" in options.parts:
            clean = [each for each in spoken if each.group == "spoken, clean"]
            heard = listen(recognizer, list(in_other_conditions(clean)), bias, base.spoken)
            report = replace(report, groups=[*report.groups, *_groups(heard, lambda each: each.group)])
        if "silence" in options.parts:
            report = _silence(report, recognizer, bias, spoken[0].waveform)
        if "load" in options.parts:
            loads = asyncio.run(_load(recognizer, settings, base, bias))
            report = replace(report, loads=loads)
    report = replace(report, memory_mb=psutil.Process().memory_info().rss / 1e6)
    _publish(report, options)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speech", description=__doc__)
    parser.add_argument("--parts", type=among(PARTS), default=PARTS, help=f"of {','.join(PARTS)}")
    parser.add_argument("--every", type=int, default=1, help="take each n-th spoken question")
    parser.add_argument(
        "--spoken", type=Path, default=SHARED / "spoken-questions", help="folder of spoken questions with a manifest"
    )
    parser.add_argument(
        "--near", type=int, default=NEAR, help="how many near entries the recogniser is told of (0: none)"
    )
    parser.add_argument("--beam", type=int, default=Decoding().beam, help="beam size")
    parser.add_argument(
        "--context",
        type=float,
        help="seconds of silence after the speech that the encoder sees first (30: as it comes)",
    )
    parser.add_argument("--texts", action="store_true", help="also print what was said and what was heard")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "speech", help="where vectors are kept")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure as JSON")
    parser.add_argument("--into", type=Path, metavar="FILE", help=f"put the tables between {_MARKS[0]} and {_MARKS[1]}")
    return parser.parse_args()


def _decoding(options: argparse.Namespace) -> Decoding:
    decoding = replace(Decoding(), beam=options.beam)
    if options.context is None:
        return decoding
    return replace(decoding, contexts_s=tuple(dict.fromkeys((options.context, 30.0))))


def _machine(settings: Settings, options: argparse.Namespace) -> str:
    told = f"told of the {options.near} nearest entries" if options.near else "told of nothing"
    return (
        f"{SystemClock().today().isoformat()}, {platform.machine()}, {os.cpu_count()} cores (load"
        f" {os.getloadavg()[0]:.1f} at the start), {settings.threads} threads, Whisper {settings.whisper}, beam"
        f" {options.beam}, {told}"
    )


def _is_found(base: SeoulBase, question: Recording) -> bool:
    return question.answer in base.typed(question.said)


def _by_group(heard: Sequence[Heard]) -> list[Figures]:
    """By corpus and noise, then all spoken questions together, then those by voice and by speed."""
    spoken = [each for each in heard if each.recording.answer is not None]
    return [
        *_groups(heard, lambda each: each.group),
        summarise("spoken, all", spoken),
        *_groups(spoken, lambda each: each.voice),
        *_groups(spoken, lambda each: f"speed {each.speed:g}"),
    ]


def _groups(heard: Sequence[Heard], name: Callable[[Recording], str]) -> list[Figures]:
    def group(each: Heard) -> str:
        return name(each.recording)

    return [summarise(title, list(members)) for title, members in groupby(sorted(heard, key=group), group)]


def _silence(report: Report, recognizer: WhisperRecognizer, bias: NearTitles | None, speech: Waveform) -> Report:
    sounds = list(no_speech(speech.samples))
    invented = [name for name, samples in sounds if recognizer.transcribe(Waveform(samples), "ko", bias).text]
    return replace(report, silent=len(sounds), invented=invented)


async def _load(
    recognizer: WhisperRecognizer, settings: Settings, base: SeoulBase, bias: NearTitles | None
) -> list[Load]:
    limits = AudioLimits.from_settings(settings)
    clips = [(data, decode(data, limits).seconds) for data in recorded()]
    loads: list[Load] = []
    async with SpeechService(recognizer, settings) as service:
        for speakers in SPEAKERS:
            loads.append(await speak_at_once(service, base.spoken, Hints(bias=bias), clips, speakers))
            if loads[-1].p95_ms > SLOW_MS:
                break
    return loads


def _publish(report: Report, options: argparse.Namespace) -> None:
    tables = report.markdown()
    print(tables, end="")
    if options.json:
        options.json.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    if options.into:
        before, _, rest = options.into.read_text("utf-8").partition(_MARKS[0])
        _, mark, after = rest.partition(_MARKS[1])
        if not mark:
            raise SystemExit(f"no {_MARKS[0]} … {_MARKS[1]} in the page")
        options.into.write_text(f"{before}{_MARKS[0]}\n{tables}{mark}{after}", "utf-8")


def _print_texts(heard: Sequence[Heard]) -> None:
    for each in heard:
        print(f"  {each.recording.name} {each.edits}/{each.length} {each.confidence:.2f} {each.rank}")
        print(f"    {each.recording.said}\n    {each.text}")


if __name__ == "__main__":
    sys.exit(main())
