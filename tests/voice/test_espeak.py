from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.voice.synthesizer_conformance import SynthesizerConformance
from voice.errors import SynthesisError, SynthesisUnavailable
from voice.espeak import EspeakSynthesizer
from voice.synthesizer import SpeechSynthesizer

INSTALLED = EspeakSynthesizer().is_installed


@pytest.mark.skipif(not INSTALLED, reason="espeak-ng is not installed")
class TestEspeak(SynthesizerConformance):
    @pytest.fixture
    def synthesizer(self) -> SpeechSynthesizer:
        return EspeakSynthesizer()


def program(folder: Path, script: str) -> str:
    path = folder / "speaks"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_when_the_program_is_not_installed_then_it_says_so() -> None:
    absent = EspeakSynthesizer("no-such-program")
    assert not absent.is_installed
    with pytest.raises(SynthesisUnavailable):
        absent.speak("하나", "ko")


@pytest.mark.parametrize("script", ["exec sleep 30", "exit 3", "cat > /dev/null; echo hello", "cat > /dev/null"])
def test_when_the_program_hangs_or_fails_then_an_error_that_quotes_nothing_is_raised(
    tmp_path: Path, script: str
) -> None:
    broken = EspeakSynthesizer(program(tmp_path, script), timeout_s=0.3)
    with pytest.raises(SynthesisError) as caught:
        broken.speak("홍가상의 말", "ko")
    assert "홍가상" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_when_a_text_is_read_then_it_never_stands_on_the_command_line(tmp_path: Path) -> None:
    told = tmp_path / "arguments"
    with pytest.raises(SynthesisError):
        EspeakSynthesizer(program(tmp_path, f'echo "$@" > "{told}"')).speak("비밀이야기", "ko")
    assert "비밀이야기" not in told.read_text("utf-8")
    assert told.read_text("utf-8").split() == ["--stdin", "--stdout", "-b", "1", "-v", "ko", "-s", "150"]
