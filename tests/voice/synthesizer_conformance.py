"""What every speech synthesiser must do; a new one inherits the class and overrides the fixture."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
import pytest

from voice.errors import SynthesisUnavailable
from voice.synthesizer import LONGEST_TEXT, SpeechSynthesizer


class SynthesizerConformance:
    """Override ``synthesizer``."""

    @pytest.fixture
    def synthesizer(self) -> SpeechSynthesizer:
        raise NotImplementedError

    @pytest.mark.parametrize(
        ("text", "locale"), [("전입신고는 십사 일 안에 합니다.", "ko"), ("Report it soon.", "en-US")]
    )
    def test_when_a_sentence_is_read_then_it_sounds(
        self, synthesizer: SpeechSynthesizer, text: str, locale: str
    ) -> None:
        speech = synthesizer.speak(text, locale)
        samples = np.frombuffer(speech.pcm, dtype="<i2")
        assert 8_000 <= speech.sample_rate <= 48_000
        assert 0.5 < speech.seconds < 10
        assert np.abs(samples).max() > 1_000

    def test_when_it_is_asked_for_as_wav_then_its_head_tells_the_truth(self, synthesizer: SpeechSynthesizer) -> None:
        speech = synthesizer.speak("안녕하세요", "ko")
        with wave.open(io.BytesIO(speech.as_wav())) as file:
            assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, speech.sample_rate)
            assert file.readframes(file.getnframes()) == speech.pcm

    def test_when_it_is_read_slower_then_it_takes_longer(self, synthesizer: SpeechSynthesizer) -> None:
        slow, usual, fast = (synthesizer.speak("천천히 읽어 드립니다.", "ko", rate).seconds for rate in (0.6, 1.0, 1.6))
        assert slow > 1.2 * usual > 1.2 * fast

    def test_when_a_longer_text_is_read_then_all_of_it_is(self, synthesizer: SpeechSynthesizer) -> None:
        once = synthesizer.speak("동주민센터에 신고합니다.", "ko").seconds
        assert synthesizer.speak("동주민센터에 신고합니다.\n" * 4, "ko").seconds > 3 * once

    @pytest.mark.parametrize("text", ["--version", "-w /tmp/maru-spoken.wav", "-f/etc/passwd"])
    def test_when_a_text_looks_like_an_option_then_it_is_read(self, synthesizer: SpeechSynthesizer, text: str) -> None:
        assert synthesizer.speak(text, "ko").seconds > 0.3
        assert not Path("/tmp/maru-spoken.wav").exists()

    @pytest.mark.parametrize(
        "text", ["$(id) `id` ; id", "<audio src='a.wav'/>하나", "[[kk#@]] 하나", "하나\x00둘", "하\r\n나"]
    )
    def test_when_a_text_holds_marks_then_nothing_but_reading_happens(
        self, synthesizer: SpeechSynthesizer, text: str
    ) -> None:
        assert 0.1 < synthesizer.speak(text, "ko").seconds < 20

    @pytest.mark.parametrize("text", ["", " \n", "…", "가" * (LONGEST_TEXT + 1)])
    def test_when_there_is_nothing_or_too_much_to_read_then_it_is_refused(
        self, synthesizer: SpeechSynthesizer, text: str
    ) -> None:
        with pytest.raises(ValueError, match=r"nothing|at most"):
            synthesizer.speak(text, "ko")

    @pytest.mark.parametrize("rate", [0.4, 2.1, float("nan")])
    def test_when_the_rate_is_out_of_range_then_it_is_refused(
        self, synthesizer: SpeechSynthesizer, rate: float
    ) -> None:
        with pytest.raises(ValueError, match="rate"):
            synthesizer.speak("하나", "ko", rate)

    def test_when_there_is_no_voice_for_a_language_then_it_says_so(self, synthesizer: SpeechSynthesizer) -> None:
        with pytest.raises(SynthesisUnavailable):
            synthesizer.speak("unë", "sq")

    def test_when_text_is_read_then_no_file_is_left(
        self, synthesizer: SpeechSynthesizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        synthesizer.speak("하나 둘 셋", "ko")
        assert list(tmp_path.iterdir()) == []
