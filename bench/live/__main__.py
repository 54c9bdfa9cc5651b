"""``python -m bench.live``: live speech through the running system, spoken in real time.

Start Maru first (``make run``). Each recording is spoken twice: hands free (the server finds the end of speech; time
runs from the last sound) and with a tap at the last sound. Recordings are those of ``spoken-questions`` between
``--shortest`` and ``--longest`` seconds of speech, and our own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

import httpx
import numpy as np
from numpy.typing import NDArray

from bench.live.speaker import Ending, Spoken, speak, speech_ends
from maru.settings import ROOT, get_settings
from maru.supervisor.listening import local_url
from voice.audio import SAMPLE_RATE, AudioLimits, decode
from voice.normalise import character_edits

_OWN = (ROOT / "tests" / "fixtures" / "audio", {"move-in.wav": "전입신고는 어떻게 하나요?"})
_SHARED = ROOT.parent / "shared" / "data" / "spoken-questions"

Utterance = tuple[str, NDArray[np.float32]]


def utterances(shortest_s: float, longest_s: float, most: int) -> list[Utterance]:
    """What is said and the sound of it (16 kHz), ours first."""
    limits = AudioLimits.from_settings(get_settings())
    folder, own = _OWN
    named = [(folder / name, text) for name, text in own.items()]
    if (_SHARED / "manifest.jsonl").is_file():
        rows = map(json.loads, (_SHARED / "manifest.jsonl").read_text("utf-8").splitlines())
        named += [(_SHARED / row["file"], row["text"]) for row in rows]
    chosen: list[Utterance] = []
    for path, text in named:
        samples = decode(path.read_bytes(), limits).samples
        try:
            begins, ends = speech_ends(samples)
        except ValueError:
            continue
        if path.parent == folder or shortest_s <= ends - begins <= longest_s:
            chosen.append((text, samples))
        if len(chosen) == most:
            break
    return chosen


async def measure(url: str, said: Sequence[Utterance], ending: Ending, speakers: int) -> list[tuple[str, Spoken]]:
    """Each utterance as it came back, ``speakers`` speaking at a time."""
    todo = iter(said)
    came: list[tuple[str, Spoken]] = []
    stream = f"ws{url.removeprefix('http')}/api/v1/voice/stream"
    async with httpx.AsyncClient(base_url=url, timeout=60.0, trust_env=False) as client:

        async def one_after_the_other(number: int) -> None:
            await asyncio.sleep(number * 0.7)
            for text, samples in todo:
                response = await client.post("/api/v1/sessions", json={})
                response.raise_for_status()
                came.append((text, await speak(stream, response.json()["session_id"], samples, ending)))

        await asyncio.gather(*(one_after_the_other(number) for number in range(speakers)))
    return came


def figures(came: Sequence[tuple[str, Spoken]]) -> dict[str, float | int | None]:
    """Milliseconds at the median and the 95th percentile, the errors, and the character error rate."""
    edits = [character_edits(spoken.text, text) for text, spoken in came if spoken.error is None]
    first = [spoken.first_text_ms for _text, spoken in came if spoken.first_text_ms is not None]
    reply = [spoken.reply_ms for _text, spoken in came if spoken.reply_ms is not None]
    return {
        "utterances": len(came),
        "errors": sum(spoken.error is not None for _text, spoken in came),
        "cut_off": sum(spoken.cut_off for _text, spoken in came),
        "without_partial": len(came) - len(first),
        "first_text_p50_ms": _quantile(first, 0.5),
        "first_text_p95_ms": _quantile(first, 0.95),
        "reply_p50_ms": _quantile(reply, 0.5),
        "reply_p95_ms": _quantile(reply, 0.95),
        "cer": round(sum(e for e, _n in edits) / max(1, sum(n for _e, n in edits)), 3),
    }


def _quantile(values: Sequence[float], share: float) -> float | None:
    if len(values) < 2:
        return round(values[0]) if values else None
    return round(statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1])


def main() -> int:
    """Print a line of JSON for each way of ending and number of speakers; 1 where there is nothing to say."""
    settings = get_settings()
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("--url", default=local_url(settings.host, settings.port))
    parser.add_argument("--shortest", type=float, default=3.0, help="seconds of speech")
    parser.add_argument("--longest", type=float, default=5.5)
    parser.add_argument("--most", type=int, default=20, help="utterances for each line")
    parser.add_argument("--speakers", default="1", help="how many at a time, comma-separated")
    parser.add_argument("--endings", default="hands-free,tapped")
    parser.add_argument("--texts", action="store_true", help="also print what was said, the texts so far and the last")
    arguments = parser.parse_args()
    said = utterances(arguments.shortest, arguments.longest, arguments.most)
    if not said:
        print(f"no recordings in {Path(_OWN[0])} or {_SHARED}", file=sys.stderr)
        return 1
    lengths = [ends - begins for begins, ends in (speech_ends(samples) for _text, samples in said)]
    print(json.dumps({"speech_s_p50": round(statistics.median(lengths), 1), "sound_rate": SAMPLE_RATE}))
    for ending in arguments.endings.split(","):
        for speakers in map(int, arguments.speakers.split(",")):
            every = list(islice(cycle(said), max(len(said), 2 * speakers)))
            came = asyncio.run(measure(arguments.url, every, ending, speakers))
            print(json.dumps({"ending": ending, "speakers": speakers, **figures(came)}))
            if arguments.texts:
                for text, spoken in came:
                    print(f"  {text}\n    {' | '.join(spoken.partials)} ({spoken.first_text_ms or 0:.0f} ms)")
                    print(f"    {spoken.text} {spoken.error or ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
