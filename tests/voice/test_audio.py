"""Decoding: every container people record in, and everything hostile or broken that arrives instead."""

from __future__ import annotations

import io
import time
import tracemalloc
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.voice.recordings import encode, main_frequency, noise, silence, tone, wav
from voice.audio import MIN_SECONDS, SAMPLE_RATE, AudioLimits, Waveform, decode
from voice.errors import AudioEmpty, AudioError, AudioTooLarge, AudioTooLong, AudioUnreadable

LIMITS = AudioLimits(max_bytes=10_000_000, max_seconds=60.0)


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("move-in.webm", 2.35),
        ("move-in.mp4", 2.38),
        ("move-in.ogg", 2.35),
        ("move-in.wav", 2.35),
        ("move-in.mulaw.wav", 2.35),
        ("move-in.mic.wav", 4.35),
        ("lost-passport.webm", 3.12),
        ("bulky-waste.mp4", 3.32),
    ],
)
def test_when_a_browser_or_a_telephone_recorded_then_it_becomes_16_khz_mono(
    name: str, seconds: float, clips: Path, limits: AudioLimits
) -> None:
    waveform = decode((clips / name).read_bytes(), limits)

    assert waveform.seconds == pytest.approx(seconds, abs=0.05)
    assert waveform.samples.dtype == np.float32
    assert waveform.samples.ndim == 1
    assert 0.5 < np.abs(waveform.samples).max() <= 1.0


@pytest.mark.parametrize(
    "form",
    [
        {"container": "wav", "codec": "pcm_s16le", "rate": 44_100, "layout": "stereo"},
        {"container": "wav", "codec": "pcm_u8", "rate": 11_025},
        {"container": "wav", "codec": "pcm_f32le", "rate": 48_000},
        {"container": "wav", "codec": "pcm_mulaw", "rate": 8_000},
        {"container": "wav", "codec": "pcm_alaw", "rate": 8_000},
        {"container": "au", "codec": "pcm_mulaw", "rate": 8_000},
        {"container": "flac", "codec": "flac", "rate": 16_000, "sample_format": "s16"},
        {"container": "mp3", "codec": "libmp3lame", "rate": 44_100, "sample_format": "fltp", "layout": "stereo"},
        {"container": "adts", "codec": "aac", "rate": 48_000, "sample_format": "fltp"},
        {"container": "mp4", "codec": "aac", "rate": 44_100, "sample_format": "fltp"},
        {"container": "webm", "codec": "libopus", "rate": 48_000, "sample_format": "s16"},
        {"container": "ogg", "codec": "libopus", "rate": 48_000, "sample_format": "s16", "layout": "stereo"},
        {"container": "ogg", "codec": "flac", "rate": 16_000, "sample_format": "s16"},
        {"container": "matroska", "codec": "pcm_s16le", "rate": 16_000},
    ],
    ids=lambda form: f"{form['container']}-{form['codec']}-{form['rate']}",
)
def test_when_a_tone_is_encoded_then_its_pitch_and_length_survive(form: dict[str, Any]) -> None:
    waveform = decode(encode(tone(2.0, 440.0, form["rate"]), **form), LIMITS)

    assert waveform.seconds == pytest.approx(2.0, abs=0.12)
    assert main_frequency(waveform.samples) == pytest.approx(440.0, abs=2.0)
    loudness = float(np.sqrt(np.mean(waveform.samples[4000:-4000] ** 2)))
    assert loudness == pytest.approx(0.5 / np.sqrt(2), abs=0.04)


def test_when_rate_and_channels_change_in_mid_stream_then_both_parts_are_heard() -> None:
    mono = encode(tone(1.0, 440.0, 48_000), "adts", "aac", 48_000, sample_format="fltp")
    stereo = encode(tone(1.0, 880.0, 44_100), "adts", "aac", 44_100, "stereo", sample_format="fltp")

    waveform = decode(mono + stereo, LIMITS)

    assert waveform.seconds == pytest.approx(2.0, abs=0.2)
    assert main_frequency(waveform.samples[2_000:14_000]) == pytest.approx(440.0, abs=3.0)
    assert main_frequency(waveform.samples[-13_000:-2_000]) == pytest.approx(880.0, abs=3.0)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", AudioEmpty),
        (wav(b"", 16_000), AudioEmpty),
        (encode(tone(0.2)), AudioUnreadable),
        (encode(tone(61.0, rate=8_000), codec="pcm_mulaw", rate=8_000), AudioTooLong),
        (encode(tone(600.0, rate=8_000), codec="pcm_mulaw", rate=8_000), AudioTooLong),
        (b"\0" * (LIMITS.max_bytes + 1), AudioTooLarge),
        (b"\0" * 5_000, AudioUnreadable),
        ("여권은 어디서 만드나요?\n".encode() * 40, AudioUnreadable),
        (b"%PDF-1.7\n" + b"0 0 obj\n" * 100, AudioUnreadable),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 300, AudioUnreadable),
        (b"\x1a\x45\xdf\xa3" + b"\xff" * 2_000, AudioUnreadable),
        (b"PK\x03\x04" + b"\0" * 2_000, AudioUnreadable),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n", AudioUnreadable),
    ],
    ids=[
        "nothing",
        "no-samples",
        "a-click",
        "too-long",
        "ten-minutes",
        "too-large",
        "zeros",
        "text",
        "pdf",
        "png",
        "ebml",
        "zip",
        "m3u8",
    ],
)
def test_when_it_is_not_a_usable_recording_then_the_error_says_why(data: bytes, error: type[AudioError]) -> None:
    with pytest.raises(AudioError) as caught:
        decode(data, LIMITS)

    assert type(caught.value) is error


def test_when_a_recorder_stopped_just_after_the_limit_then_nothing_is_lost() -> None:
    data = encode(tone(2.2))
    limits = AudioLimits(max_bytes=len(data), max_seconds=2.0)

    assert decode(data, limits).seconds == pytest.approx(2.2, abs=0.01)


def test_when_a_playlist_names_a_file_on_the_server_then_it_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.wav").write_bytes(encode(tone(1.0)))
    monkeypatch.chdir(tmp_path)
    playlist = b"ffconcat version 1.0\nfile secret.wav\n"
    with av.open(io.BytesIO(playlist)) as container:
        assert container.streams.audio, "FFmpeg by itself follows the list, so the refusal below means something"

    with pytest.raises(AudioUnreadable):
        decode(playlist, LIMITS)


def test_when_a_film_has_no_sound_then_it_is_unreadable() -> None:
    out = io.BytesIO()
    with av.open(out, mode="w", format="mp4") as file:
        stream = file.add_stream("mpeg4", rate=10, width=32, height=32, pix_fmt="yuv420p")
        for _ in range(5):
            file.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        file.mux(stream.encode(None))

    with pytest.raises(AudioUnreadable, match="no audio stream"):
        decode(out.getvalue(), LIMITS)


def test_when_a_small_file_unfolds_to_twenty_minutes_then_it_stops_early() -> None:
    bomb = encode(silence(1200.0, 8_000), "flac", "flac", 8_000, sample_format="s16")
    assert len(bomb) < 300_000

    tracemalloc.start()
    started = time.process_time()
    with pytest.raises(AudioTooLong):
        decode(bomb, LIMITS)
    spent = time.process_time() - started
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 8_000_000
    assert spent < 2.0


@pytest.mark.parametrize("rate", [1, 100, 3_999, 655_350])
def test_when_the_sample_rate_is_absurd_then_it_is_refused_before_resampling(rate: int) -> None:
    with pytest.raises(AudioUnreadable):
        decode(wav(b"\1\0" * 4_000, rate), AudioLimits(10_000_000, 1e9))


def test_when_float_samples_are_not_numbers_then_they_become_silence() -> None:
    samples = tone(1.0)
    head = encode(samples, codec="pcm_f32le")[: -samples.nbytes]
    samples[100:200] = np.nan
    samples[300] = np.inf
    samples[400] = 1e30

    waveform = decode(head + samples.tobytes(), LIMITS)

    assert np.isfinite(waveform.samples).all()
    assert np.abs(waveform.samples).max() <= 1.0


@pytest.mark.parametrize("ending", ["webm", "ogg", "mp4"])
def test_when_an_upload_was_cut_off_then_what_arrived_is_used_or_refused(ending: str, clips: Path) -> None:
    whole = (clips / f"move-in.{ending}").read_bytes()
    lengths = []
    for kept in range(64, len(whole), 331):
        try:
            lengths.append(decode(whole[:kept], LIMITS).seconds)
        except (AudioUnreadable, AudioEmpty):
            lengths.append(0.0)

    assert lengths == sorted(lengths), "more bytes never give less sound"
    assert all(seconds == 0.0 or seconds >= MIN_SECONDS for seconds in lengths)
    assert lengths[0] == 0.0
    assert lengths[-1] > 1.0


def test_when_a_webm_breaks_off_within_the_first_words_then_it_is_unreadable(clips: Path) -> None:
    with pytest.raises(AudioUnreadable):
        decode((clips / "move-in.webm").read_bytes()[:1_200], LIMITS)


@given(st.binary(min_size=1, max_size=3_000))
@example(b"RIFF\xff\xff\xff\xffWAVE")
@example(b"OggS" + b"\0" * 60)
@settings(max_examples=150, deadline=None)
def test_when_the_bytes_are_random_then_only_our_errors_come_out(data: bytes) -> None:
    _decodes_or_refuses(data)


@given(
    name=st.sampled_from(["move-in.webm", "move-in.mp4", "move-in.ogg", "move-in.mulaw.wav"]),
    changes=st.lists(st.tuples(st.integers(0, 6_000), st.integers(0, 255)), min_size=1, max_size=40),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_when_a_recording_is_damaged_then_only_our_errors_come_out(
    name: str, changes: list[tuple[int, int]], clips: Path
) -> None:
    data = bytearray((clips / name).read_bytes())
    for place, value in changes:
        data[place] = value

    _decodes_or_refuses(bytes(data))


def _decodes_or_refuses(data: bytes) -> None:
    try:
        waveform = decode(data, LIMITS)
    except AudioError:
        return
    assert MIN_SECONDS <= waveform.seconds <= LIMITS.max_seconds + 0.6
    assert np.isfinite(waveform.samples).all()
    assert np.abs(waveform.samples).max() <= 1.0


def test_when_anything_is_decoded_then_ffmpeg_says_nothing_and_no_file_appears(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for variable in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.chdir(tmp_path)

    decode((clips / "move-in.mp4").read_bytes(), LIMITS)
    decode((clips / "move-in.webm").read_bytes()[:4_000], LIMITS)
    with pytest.raises(AudioUnreadable):
        decode(b"OggS" + noise(0.05, 1.0).tobytes(), LIMITS)

    assert list(tmp_path.iterdir()) == []
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_when_the_fault_is_in_the_file_then_the_message_holds_none_of_its_text() -> None:
    with pytest.raises(AudioUnreadable) as caught:
        decode("제 번호는 010-1234-5678 입니다".encode() * 30, LIMITS)

    assert "010" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_when_asked_for_its_length_then_a_waveform_counts_16_000_samples_a_second() -> None:
    assert Waveform(silence(1.5)).seconds == 1.5
    assert SAMPLE_RATE == 16_000
