"""What every speech engine must do. Inherit the class, override ``recognizer``, and the suite is yours.

The recordings are spoken Korean questions of our own and sounds that are no speech; no engine may be tuned to them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.voice.recordings import Samples, hum, music, noise, silence, tone
from voice.audio import SAMPLE_RATE, AudioLimits, Waveform, decode
from voice.normalise import character_edits, normalise
from voice.recognizer import SpeechRecognizer, Transcript

SAID = {
    "move-in.webm": "전입신고는 어떻게 하나요?",
    "move-in.mp4": "전입신고는 어떻게 하나요?",
    "move-in.ogg": "전입신고는 어떻게 하나요?",
    "move-in.wav": "전입신고는 어떻게 하나요?",
    "move-in.mulaw.wav": "전입신고는 어떻게 하나요?",
    "move-in.mic.wav": "전입신고는 어떻게 하나요?",
    "lost-passport.webm": "여권을 잃어버렸는데 어떻게 하나요?",
    "lost-passport.mp4": "여권을 잃어버렸는데 어떻게 하나요?",
    "bulky-waste.webm": "대형 쓰레기는 어떻게 버리나요?",
    "bulky-waste.mp4": "대형 쓰레기는 어떻게 버리나요?",
}

NO_SPEECH: dict[str, Callable[[], Samples]] = {
    "silence": lambda: silence(3.0),
    "a-moment-of-silence": lambda: silence(0.3),
    "half-a-minute-of-silence": lambda: silence(31.0),
    "hiss": lambda: noise(5.0, 0.003),
    "fan": lambda: noise(5.0, 0.05),
    "rush": lambda: noise(5.0, 0.5),
    "hum": lambda: hum(5.0, 0.4),
    "tone": lambda: tone(4.0),
    "soft-music": lambda: music(12.0, 0.05),
    "loud-music": lambda: music(5.0, 0.5),
}

LIMITS = AudioLimits(10_000_000, 60.0)


class RecognizerConformance:
    """The suite. An engine's own test class overrides the fixture ``recognizer``."""

    @pytest.fixture
    def recognizer(self) -> SpeechRecognizer:
        raise NotImplementedError

    @pytest.mark.parametrize("name", SAID)
    def test_when_a_question_is_spoken_then_it_is_heard_in_any_format(
        self, name: str, recognizer: SpeechRecognizer, clips: Path
    ) -> None:
        transcript = recognizer.transcribe(decode((clips / name).read_bytes(), LIMITS), "ko")

        edits, length = character_edits(transcript.text, SAID[name])
        assert edits <= 0.1 * length, transcript.text
        _holds_together(transcript)

    @pytest.mark.parametrize("name", NO_SPEECH)
    def test_when_nobody_speaks_then_the_text_is_empty(self, name: str, recognizer: SpeechRecognizer) -> None:
        transcript = recognizer.transcribe(Waveform(NO_SPEECH[name]()), "ko")

        assert transcript.text == ""
        assert transcript.confidence == 0.0
        assert (transcript.hypotheses, transcript.segments, transcript.words) == ((), (), ())

    def test_when_the_speech_is_longer_than_half_a_minute_then_all_of_it_is_heard(
        self, recognizer: SpeechRecognizer, clips: Path
    ) -> None:
        told = ["move-in.webm", "lost-passport.mp4", "bulky-waste.mp4", "move-in.mp4", "lost-passport.webm"] * 3
        parts = [decode((clips / name).read_bytes(), LIMITS).samples for name in told]
        story = np.concatenate([np.concatenate([part, silence(0.6)]) for part in parts])
        assert len(story) > 45 * SAMPLE_RATE

        transcript = recognizer.transcribe(Waveform(story), "ko")

        edits, length = character_edits(transcript.text, " ".join(SAID[name] for name in told))
        assert edits <= 0.3 * length, transcript.text
        _holds_together(transcript)

    def test_when_the_speech_is_soft_then_it_is_heard_all_the_same(
        self, recognizer: SpeechRecognizer, clips: Path
    ) -> None:
        samples = decode((clips / "move-in.webm").read_bytes(), LIMITS).samples

        transcript = recognizer.transcribe(Waveform((samples * 0.05).astype(np.float32)), "ko")

        assert "신고" in normalise(transcript.text)

    def test_when_asked_twice_then_the_text_is_the_same(self, recognizer: SpeechRecognizer, clips: Path) -> None:
        waveform = decode((clips / "bulky-waste.webm").read_bytes(), LIMITS)

        assert recognizer.transcribe(waveform, "ko").text == recognizer.transcribe(waveform, "ko-KR").text

    def test_when_the_language_is_unknown_then_it_is_a_value_error(
        self, recognizer: SpeechRecognizer, clips: Path
    ) -> None:
        waveform = decode((clips / "move-in.wav").read_bytes(), LIMITS)

        with pytest.raises(ValueError, match="language"):
            recognizer.transcribe(waveform, "qq")

    def test_when_the_recording_was_clear_then_confidence_is_higher_than_in_noise(
        self, recognizer: SpeechRecognizer, clips: Path
    ) -> None:
        samples = decode((clips / "move-in.mic.wav").read_bytes(), LIMITS).samples
        noisy = (samples + noise(len(samples) / SAMPLE_RATE, 0.1)).clip(-1, 1).astype(np.float32)

        clear = recognizer.transcribe(Waveform(samples), "ko").confidence

        assert clear > 0.6
        assert recognizer.transcribe(Waveform(noisy), "ko").confidence < clear


def _holds_together(transcript: Transcript) -> None:
    """What is true of every transcript with text."""
    assert 0.0 < transcript.confidence <= 1.0
    assert transcript.hypotheses[0].text == transcript.text
    assert sum(each.score for each in transcript.hypotheses) == pytest.approx(1.0)
    heard = [normalise(each.text) for each in transcript.hypotheses]
    assert len(set(heard)) == len(heard)
    for segment in transcript.segments:
        assert 0.0 <= segment.start_s < segment.end_s <= transcript.audio_s + 0.01
        assert 0.0 < segment.confidence <= 1.0
    assert transcript.timings.recognise_ms > 0
