"""What every speech engine must do. Inherit the class, override ``recognizer``, and the suite is yours.

The recordings are spoken Korean questions of our own and sounds that are no speech; no engine may be tuned to them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from bench.speech.sounds import no_speech
from tests.voice.recordings import Samples, hum, music, noise, silence, tone
from voice.audio import SAMPLE_RATE, AudioLimits, Waveform, decode
from voice.hints import NearTitles
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

# Published questions that nobody asks here.
TOLD = [
    "경로당 난방비는 어떻게 신청하나요?",
    "이발소 표시등 등의 등록면허세 세율은?",
    "구제역에 걸린 고기를 먹어도 되나요?",
    "국민주택채권은 어디에서 사나요?",
]

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

    @pytest.mark.parametrize("bias", [None, lambda _text: TOLD], ids=["alone", "told"])
    def test_when_the_speech_is_longer_than_half_a_minute_then_all_of_it_is_heard(
        self, bias: NearTitles | None, recognizer: SpeechRecognizer, clips: Path
    ) -> None:
        told = ["move-in.webm", "lost-passport.mp4", "bulky-waste.mp4", "move-in.mp4", "lost-passport.webm"] * 3
        parts = [decode((clips / name).read_bytes(), LIMITS).samples for name in told]
        story = np.concatenate([np.concatenate([part, silence(0.6)]) for part in parts])
        assert len(story) > 45 * SAMPLE_RATE

        transcript = recognizer.transcribe(Waveform(story), "ko", bias)

        edits, length = character_edits(transcript.text, " ".join(SAID[name] for name in told))
        assert edits <= 0.3 * length, transcript.text
        _holds_together(transcript)

    def test_when_the_speech_is_soft_then_it_is_heard_all_the_same(
        self, recognizer: SpeechRecognizer, clips: Path
    ) -> None:
        samples = decode((clips / "move-in.webm").read_bytes(), LIMITS).samples

        transcript = recognizer.transcribe(Waveform((samples * 0.05).astype(np.float32)), "ko")

        assert "신고" in normalise(transcript.text)

    def test_when_nobody_speaks_then_nothing_is_asked_for_and_nothing_is_made_up(
        self, recognizer: SpeechRecognizer, clips: Path
    ) -> None:
        """The whole bench has more of them (``make bench-speech``)."""
        asked: list[str] = []

        def bias(text: str) -> list[str]:
            asked.append(text)
            return TOLD

        speech = decode((clips / "lost-passport.webm").read_bytes(), LIMITS).samples
        for name, samples in islice(no_speech(speech), 3, None, 5):
            transcript = recognizer.transcribe(Waveform(samples), "ko", bias)

            assert (transcript.text, transcript.words) == ("", ()), name
        assert asked == []

    @pytest.mark.parametrize("name", ["lost-passport.webm", "bulky-waste.mp4", "move-in.mulaw.wav"])
    def test_when_other_questions_are_held_out_then_what_was_said_is_heard_all_the_same(
        self, name: str, recognizer: SpeechRecognizer, clips: Path
    ) -> None:
        asked: list[str] = []

        def bias(text: str) -> list[str]:
            asked.append(text)
            return TOLD

        waveform = decode((clips / name).read_bytes(), LIMITS)
        alone = recognizer.transcribe(waveform, "ko")

        transcript = recognizer.transcribe(waveform, "ko", bias)

        assert asked == [alone.text]
        edits, length = character_edits(transcript.text, SAID[name])
        assert edits <= 0.1 * length, transcript.text
        told = [normalise(question) for question in TOLD]
        assert all(normalise(each.text) not in told for each in transcript.hypotheses)
        _holds_together(transcript)
        assert normalise("".join(word.text for word in transcript.words)) == normalise(transcript.text)

    def test_when_nothing_is_held_out_then_it_stays_with_what_was_heard(
        self, recognizer: SpeechRecognizer, clips: Path
    ) -> None:
        waveform = decode((clips / "move-in.webm").read_bytes(), LIMITS)

        transcript = recognizer.transcribe(waveform, "ko", lambda _text: ())

        assert transcript.hypotheses == recognizer.transcribe(waveform, "ko").hypotheses
        assert normalise("".join(word.text for word in transcript.words)) == normalise(transcript.text)

    def test_when_asking_for_questions_fails_then_the_error_comes_out(
        self, recognizer: SpeechRecognizer, clips: Path
    ) -> None:
        def bias(_text: str) -> list[str]:
            raise LookupError("nothing to search in")

        with pytest.raises(LookupError):
            recognizer.transcribe(decode((clips / "move-in.webm").read_bytes(), LIMITS), "ko", bias)

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
    for word in transcript.words:
        assert 0.0 <= word.start_s <= word.end_s <= transcript.audio_s + 0.01
        assert 0.0 < word.probability <= 1.0
    assert transcript.timings.recognise_ms > 0
