"""``python -m bench.commands``: how surely spoken commands, yes and no are recognised, and what is taken for one.

Recognised means: through the recogniser and the spotter, with nothing expected, to the very command. Weights and the
threshold were chosen on three voices (``--fit`` shows how); the other two voices, the unlisted forms and each second
question are held out.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from bench.commands.clips import Clip, noise_clips, spoken_clips
from maru.settings import Settings, get_settings
from voice.commands import COMMANDS, Command, command_in_text
from voice.commands_spotter import Candidate, CommandSpotter, Spotting
from voice.whisper_recognizer import WhisperRecognizer


@dataclass(frozen=True, slots=True)
class Heard:
    """A clip as it was heard; milliseconds of CPU that spotting cost on top of recognising."""

    clip: Clip
    text: str
    plain: Command | None
    candidates: Sequence[Candidate]
    cpu_ms: float

    def command(self, spotting: Spotting, *, expected: bool = False) -> Command | None:
        """What it comes to; ``expected``: after a question that asks for yes or no."""
        return self.plain or spotting.choose(self.candidates, "yes_no" if expected else None)


def listen(clips: Iterable[Clip], recognizer: WhisperRecognizer, settings: Settings) -> list[Heard]:
    """Recognise every clip and gather the candidates, one after the other."""
    spotter = CommandSpotter(recognizer)
    heard = []
    for clip in clips:
        waveform = clip.waveform(settings)
        transcript = recognizer.transcribe(waveform, clip.locale)
        before = time.process_time()
        plain = command_in_text(transcript.text, clip.locale)
        candidates = (
            spotter.candidates(waveform, transcript, clip.locale) if plain is None and transcript.hypotheses else []
        )
        heard.append(Heard(clip, transcript.text, plain, candidates, (time.process_time() - before) * 1000))
    return heard


def fit(heard: Sequence[Heard]) -> Spotting:
    """The weights that recognise most of the fitted clips; a question or a noise taken for a command costs three."""
    commands = [each for each in heard if each.clip.fitted and each.clip.command is not None]
    others = [each for each in heard if each.clip.kind == "noise" or (each.clip.fitted and each.clip.command is None)]
    best, most = Spotting(), -math.inf
    weights = product((0.0, 0.015, 0.03), (0.1, 0.2, 0.3, 0.4), (0.0, 0.01, 0.02), (0.1, 0.15, 0.2, 0.25, 0.3))
    for chosen, step in product(weights, range(30)):
        spotting = Spotting(*chosen, threshold=round(0.5 + 0.01 * step, 2))
        right = sum(each.command(spotting) == each.clip.command for each in commands)
        false = sum(each.command(spotting, expected=True) is not None for each in others)
        # The higher threshold wins a tie: what is no command must not become one.
        gain = right - 3 * false + 0.001 * step
        if gain > most:
            best, most = spotting, gain
    return best


def main() -> int:
    """Print the table."""
    arguments = _arguments()
    settings = get_settings()
    clips = [*spoken_clips(arguments.every), *noise_clips()]
    heard = listen(clips, WhisperRecognizer.load(settings), settings)
    spotting = Spotting()
    if arguments.fit:
        print(f"fitted: {fit(heard)}\nin use: {spotting}\n")
    report(heard, spotting)
    if arguments.misses:
        _print_misses(heard, spotting)
    return 0


def report(heard: Sequence[Heard], spotting: Spotting) -> None:
    """Recognised commands by command, voice and part; false commands by part; cost."""
    print(f"{'':<26} {'clips':>5} {'by text':>8} {'spotted':>8} {'expected':>8} {'wrong':>6}")
    korean = [each for each in heard if each.clip.kind == "listed" and each.clip.locale == "ko"]
    for command in COMMANDS:
        _row(f"ko {command}", [each for each in korean if each.clip.command == command], spotting)
    _row("ko, all listed", korean, spotting)
    for voice in sorted({each.clip.voice for each in korean}):
        _row(f"  {voice}", [each for each in korean if each.clip.voice == voice], spotting)
    _row("  held-out voices", [each for each in korean if not each.clip.fitted], spotting)
    _row("ko, forms not listed", [each for each in heard if each.clip.kind == "unlisted"], spotting)
    _row("en, all listed", [each for each in heard if each.clip.locale == "en"], spotting)
    for name, kind in (("questions", "question"), ("noise", "noise")):
        for part, held in (("fitted", False), ("held out", True)):
            clips = [each for each in heard if each.clip.kind == kind and each.clip.fitted != held]
            false = [each for each in clips if each.command(spotting, expected=True) is not None]
            if clips:
                print(f"false commands, {name}, {part}: {len(false)} of {len(clips)}", [e.clip.text for e in false])
    costs = sorted(each.cpu_ms for each in heard if each.candidates)
    if costs:
        print(f"spotting, CPU ms: p50 {costs[len(costs) // 2]:.0f}, p95 {costs[int(len(costs) * 0.95)]:.0f}")


def _row(name: str, heard: Sequence[Heard], spotting: Spotting) -> None:
    if not heard:
        return
    text = sum(each.plain == each.clip.command for each in heard)
    spotted = sum(each.command(spotting) == each.clip.command for each in heard)
    expected = sum(each.command(spotting, expected=True) == each.clip.command for each in heard)
    wrong = sum(each.command(spotting) not in {None, each.clip.command} for each in heard)
    count = len(heard)
    print(f"{name:<26} {count:>5} {text / count:>8.3f} {spotted / count:>8.3f} {expected / count:>8.3f} {wrong:>6}")


def _print_misses(heard: Sequence[Heard], spotting: Spotting) -> None:
    for each in heard:
        if (got := each.command(spotting)) != each.clip.command:
            best = max(each.candidates, key=lambda c: spotting.score(c, None), default=None)
            print(f"{each.clip.text} ({each.clip.voice}): {got}; heard “{each.text}”; {best}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.commands", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take each n-th clip")
    parser.add_argument("--fit", action="store_true", help="also choose weights and threshold anew, and print them")
    parser.add_argument("--misses", action="store_true", help="also print what was not recognised")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
