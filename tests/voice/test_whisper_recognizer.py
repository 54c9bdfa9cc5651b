"""Whisper: the conformance suite, real speech, and what it does when a reading goes wrong."""

from __future__ import annotations

import asyncio
import csv
import re
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from faster_whisper.tokenizer import Tokenizer

from bench.commands.clips import spoken_clips
from maru.settings import Settings
from tests.voice.recognizer_conformance import LIMITS, RecognizerConformance
from tests.voice.recordings import encode
from voice import whisper_recognizer
from voice.audio import SAMPLE_RATE, Waveform, decode
from voice.errors import ModelFileMissing, SpeechBusy
from voice.hints import Hints, NearTitles
from voice.normalise import character_edits
from voice.recognizer import SpeechRecognizer, Transcript
from voice.second_reading import SecondReading
from voice.speech_activity import SpeechWindow
from voice.speech_service import SpeechService
from voice.whisper_recognizer import Decoding, WhisperRecognizer, goes_round

pytestmark = pytest.mark.slow

# Measured 0.079 on the six clips; a change for the worse should be noticed, other machines' rounding should not.
MOST_ERRORS = 0.12


class TestWhisper(RecognizerConformance):
    @pytest.fixture
    def recognizer(self, whisper: WhisperRecognizer) -> SpeechRecognizer:
        return whisper


@pytest.fixture(scope="module")
def transcripts(shared_clips: Path) -> dict[str, str]:
    with (shared_clips / "transcripts.tsv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["text"] for row in csv.DictReader(file, delimiter="\t")}


def test_when_people_read_aloud_then_few_characters_are_wrong(
    whisper: WhisperRecognizer, shared_clips: Path, transcripts: dict[str, str]
) -> None:
    counts = [
        character_edits(whisper.transcribe(decode((shared_clips / name).read_bytes(), LIMITS), "ko").text, said)
        for name, said in transcripts.items()
    ]

    assert len(counts) >= 6
    assert sum(edits for edits, _length in counts) / sum(length for _edits, length in counts) <= MOST_ERRORS


@pytest.mark.parametrize(
    ("container", "codec", "rate", "sample_format"),
    [
        ("webm", "libopus", 48_000, "s16"),
        ("mp4", "aac", 48_000, "fltp"),
        ("mp3", "libmp3lame", 44_100, "fltp"),
        ("flac", "flac", 16_000, "s16"),
        ("wav", "pcm_mulaw", 8_000, None),
    ],
)
def test_when_a_persons_voice_comes_in_another_format_then_it_is_still_understood(
    container: str,
    codec: str,
    rate: int,
    sample_format: str | None,
    whisper: WhisperRecognizer,
    shared_clips: Path,
    transcripts: dict[str, str],
) -> None:
    name = "koreanfa/fv01_t01_s02.wav"
    original = decode((shared_clips / name).read_bytes(), LIMITS).samples
    at_rate = np.interp(np.arange(0, len(original), SAMPLE_RATE / rate), np.arange(len(original)), original)
    data = encode(at_rate.astype(np.float32), container, codec, rate, sample_format=sample_format)

    transcript = whisper.transcribe(decode(data, LIMITS), "ko")

    edits, length = character_edits(transcript.text, transcripts[name])
    assert edits <= 0.2 * length, transcript.text


def test_when_a_reading_is_improbable_then_the_window_is_read_again_with_more_context(
    whisper: WhisperRecognizer, clips: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contexts: list[float] = []
    plain = whisper._attempt
    impatient = whisper.with_decoding(Decoding(retry_log_probability=0.0))

    def watched(window: SpeechWindow, tokenizer: Tokenizer, context_s: float) -> Any:
        contexts.append(context_s)
        return plain(window, tokenizer, context_s)

    monkeypatch.setattr(impatient, "_attempt", watched)

    transcript = impatient.transcribe(decode((clips / "move-in.webm").read_bytes(), LIMITS), "ko")

    assert contexts == [4.0, 30.0]
    assert "신고" in transcript.text


def test_when_speech_is_read_in_words_alone_then_no_syllable_passes_for_a_figure(whisper: WhisperRecognizer) -> None:
    clip = next(clip for clip in spoken_clips() if clip.text == "소리 줄여 줘" and clip.voice == "jf_tebukuro")
    speech = clip.waveform(Settings())
    in_words = whisper.with_decoding(Decoding(figures_from_s=5.0)).transcribe(speech, "ko").text
    assert re.search("[0-9]", whisper.transcribe(speech, "ko").text)
    assert in_words
    assert not re.search("[0-9]", in_words)


def test_when_no_reading_is_probable_then_nothing_is_made_up(whisper: WhisperRecognizer, clips: Path) -> None:
    strict = whisper.with_decoding(Decoding(floor_log_probability=0.0))

    assert strict.transcribe(decode((clips / "move-in.webm").read_bytes(), LIMITS), "ko").text == ""


def test_when_the_text_is_a_known_phantom_then_it_is_refused(
    whisper: WhisperRecognizer, clips: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waveform = decode((clips / "move-in.webm").read_bytes(), LIMITS)
    heard = whisper.transcribe(waveform, "ko").text
    monkeypatch.setattr(whisper_recognizer, "is_phantom", lambda text: text == heard)

    assert whisper.transcribe(waveform, "ko").text == ""


def test_when_another_language_is_asked_for_then_whisper_is_told_so(
    whisper: WhisperRecognizer, clips: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waveform = decode((clips / "move-in.webm").read_bytes(), LIMITS)
    languages: list[str] = []
    plain = whisper._attempt

    def watched(window: SpeechWindow, tokenizer: Tokenizer, context_s: float) -> Any:
        languages.append(tokenizer.language_code)
        return plain(window, tokenizer, context_s)

    monkeypatch.setattr(whisper, "_attempt", watched)

    assert whisper.transcribe(waveform, "en-US").locale == "en-US"
    assert set(languages) == {"en"}


@pytest.mark.parametrize(
    ("text", "loops"),
    [
        ("콩물을 치우고, " * 20, True),
        ("팽팽팽팽팽팽팽팽", True),
        ("으 으 으 으 으 으", True),
        ("1 2 3 4 5 5 5 5 5 5 5 5 5 5 5 5 5", True),
        ("네, 네, 네, 네.", False),
        ("0000000 0000", False),
        ("공무원이 주민들에게 자기 교회에 나오라고 권해도 되나요?", False),
        ("", False),
    ],
)
def test_when_a_text_goes_round_in_circles_then_it_is_a_loop(text: str, loops: bool) -> None:
    assert goes_round(text) is loops


def test_when_the_model_was_not_assembled_then_the_error_tells_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelFileMissing, match="make setup"):
        WhisperRecognizer.load(Settings(models_dir=tmp_path))


def test_when_a_folder_is_named_in_the_settings_then_that_model_is_loaded(clips: Path) -> None:
    recognizer = WhisperRecognizer.load(Settings(whisper=str(Settings().models_dir / "whisper-base"), threads=1))

    assert "신고" in recognizer.transcribe(decode((clips / "move-in.webm").read_bytes(), LIMITS), "ko").text


def test_when_the_microphone_only_has_an_offset_then_nothing_is_heard(whisper: WhisperRecognizer) -> None:
    assert whisper.transcribe(Waveform(np.full(SAMPLE_RATE, 0.25, dtype=np.float32)), "ko").text == ""


async def test_when_fifty_recordings_come_at_once_then_each_is_read_or_told_to_wait_and_memory_stays_bounded(
    whisper: WhisperRecognizer, clips: Path
) -> None:
    clip = (clips / "move-in.webm").read_bytes()
    settings = Settings(speech_queue=4, speech_timeout_s=60.0)
    asked: list[str] = []

    def bias(text: str) -> list[str]:
        asked.append(text)
        return ["전입신고는 어디에 하나요?"]

    async with SpeechService(whisper, settings) as service:
        assert "신고" in (await service.transcribe(clip, "ko", Hints(bias=bias))).text
        before = psutil.Process().memory_info().rss

        answers = await asyncio.gather(
            *(service.transcribe(clip, "ko", Hints(bias=bias)) for _ in range(50)), return_exceptions=True
        )

        served = [each for each in answers if isinstance(each, Transcript)]
        assert all(isinstance(each, Transcript | SpeechBusy) for each in answers)
        assert len(served) >= settings.speech_queue
        assert all("신고" in each.text for each in served)
        assert len(asked) == len(served) + 1
        assert service.waiting == 0
        assert psutil.Process().memory_info().rss - before < 200_000_000


@pytest.mark.parametrize(
    ("clip", "told", "misheard", "said"),
    [
        ("d014.flac", "국민주택채권이란?", "책원", "국민주택채권"),
        ("d015.flac", "은평구 관내 볼링장 이용안내", "은평 후에서", "은평구에서 볼링"),
    ],
)
def test_when_a_published_question_is_told_then_its_words_are_heard_and_the_first_reading_stays_a_hypothesis(
    clip: str, told: str, misheard: str, said: str, whisper: WhisperRecognizer, shared_clips: Path
) -> None:
    waveform = decode((shared_clips.parent / "spoken-questions" / clip).read_bytes(), LIMITS)

    transcript = whisper.transcribe(waveform, "ko", _telling(told))

    assert misheard not in transcript.text
    assert said in transcript.text
    assert any(misheard in each.text for each in transcript.hypotheses)


def test_when_nothing_told_is_borne_out_by_the_speech_then_nothing_is_kept_of_it(
    whisper: WhisperRecognizer, clips: Path
) -> None:
    waveform = decode((clips / "move-in.webm").read_bytes(), LIMITS)
    doubting = whisper.with_decoding(Decoding(second=SecondReading(believed=-9.0)))

    transcript = doubting.transcribe(waveform, "ko", _telling("국민주택채권이란?"))

    assert transcript.hypotheses == whisper.transcribe(waveform, "ko").hypotheses


def _telling(question: str) -> NearTitles:
    return lambda _text: [question]
