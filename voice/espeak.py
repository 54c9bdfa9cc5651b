"""espeak-ng as a subprocess: the voice of a kiosk whose browser has none. Robotic, small, and wholly offline."""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata

from voice.errors import SynthesisError, SynthesisUnavailable
from voice.synthesizer import Speech, check_request

PROGRAM = "espeak-ng"
TIMEOUT_S = 10.0
_VOICES = {"ko": "ko", "en": "en"}
_WORDS_PER_MINUTE = {"ko": 150, "en": 160}
_HEAD = 44  # bytes of WAV head; its lengths are made up, because the program writes to a pipe


class EspeakSynthesizer:
    """A :class:`voice.synthesizer.SpeechSynthesizer` on espeak-ng; text goes in and sound comes out through pipes."""

    def __init__(self, program: str = PROGRAM, timeout_s: float = TIMEOUT_S) -> None:
        self._program = program
        self._timeout_s = timeout_s

    @property
    def is_installed(self) -> bool:
        """Whether the program is there."""
        return shutil.which(self._program) is not None

    def speak(self, text: str, locale: str, rate: float = 1.0) -> Speech:
        """See :meth:`voice.synthesizer.SpeechSynthesizer.speak`."""
        check_request(text, rate)
        language = locale.replace("_", "-").split("-")[0].lower()
        program = shutil.which(self._program)
        if program is None or language not in _VOICES:
            raise SynthesisUnavailable(f"{self._program} is not installed or has no voice for {language!r}")
        speed = round(_WORDS_PER_MINUTE[language] * rate)
        command = [program, "--stdin", "--stdout", "-b", "1", "-v", _VOICES[language], "-s", str(speed)]
        try:
            done = subprocess.run(
                command,
                input=_plain(text).encode(),
                capture_output=True,
                timeout=self._timeout_s,
                check=True,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            )
        except (OSError, subprocess.SubprocessError) as error:
            # The original error may quote the text; only its kind is passed on.
            raise SynthesisError(f"{self._program} failed ({type(error).__name__})") from None
        sound = done.stdout
        if len(sound) <= _HEAD or sound[:4] != b"RIFF":
            raise SynthesisError(f"{self._program} gave no sound")
        rate_hz = int.from_bytes(sound[24:28], "little")
        pcm = sound[_HEAD:]
        return Speech(pcm[: len(pcm) // 2 * 2], rate_hz)


def _plain(text: str) -> str:
    """Without control characters, and without the brackets by which the program is told phonemes."""
    kept = "".join(char if char == "\n" or unicodedata.category(char)[0] != "C" else " " for char in text)
    return kept.replace("[[", " ").replace("]]", " ")
