"""``maru transcribe``: what the recogniser hears in audio files."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from maru.cli.output import fail, print_json
from maru.settings import get_settings
from voice.audio import AudioLimits, decode
from voice.errors import AudioError, VoiceError
from voice.whisper_recognizer import WhisperRecognizer


def transcribe(
    files: Annotated[list[Path], typer.Argument(help="소리 파일(webm, mp4, ogg, wav, flac, mp3 …)")],
    locale: Annotated[str, typer.Option(help="말의 언어: ko 또는 en")] = "ko",
    as_json: Annotated[bool, typer.Option("--json", help="파일마다 JSON 한 줄")] = False,
) -> None:
    """소리 파일을 글로 옮깁니다.

    JSON: 파일마다 {"file","text","confidence","audio_s","ms","hypotheses":[{"text","score"}]}
    """
    if locale not in ("ko", "en"):
        fail(f"--locale은 ko 또는 en이어야 합니다: {locale}", 2)
    settings = get_settings()
    try:
        recognizer = WhisperRecognizer.load(settings)
    except VoiceError as error:
        fail(str(error))
    failed = False
    for file in files:
        started = time.perf_counter()
        try:
            waveform = decode(file.read_bytes(), AudioLimits.from_settings(settings))
            transcript = recognizer.transcribe(waveform, locale)
        except (AudioError, OSError) as error:
            failed = True
            reason = error.code if isinstance(error, AudioError) else error.strerror
            typer.echo(f"{file}: {reason}", err=True)
            continue
        ms = round((time.perf_counter() - started) * 1000, 1)
        if as_json:
            print_json(
                {
                    "file": str(file),
                    "text": transcript.text,
                    "confidence": round(transcript.confidence, 4),
                    "audio_s": round(transcript.audio_s, 3),
                    "ms": ms,
                    "hypotheses": [{"text": h.text, "score": round(h.score, 4)} for h in transcript.hypotheses],
                }
            )
        else:
            typer.echo(f"{file}: {transcript.text}")
    if failed:
        raise typer.Exit(1)
