"""Spoken turns through the HTTP API, in the formats that browsers record."""

from __future__ import annotations

import io
import json
import wave
from pathlib import Path

import numpy as np
import pytest

from maru.settings import ROOT
from tests.e2e.running_system import Conversation

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
OWN = ROOT / "tests" / "fixtures" / "audio"
SHARED = ROOT.parent / "shared" / "data"
shared_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the evaluation data beside the checkout is absent")


def _wav(samples: np.ndarray) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((samples * 32_000).astype("<i2").tobytes())
    return out.getvalue()


@pytest.mark.parametrize("name", ["move-in.webm", "move-in.mp4", "move-in.ogg", "move-in.wav"])
def test_when_a_question_is_spoken_then_its_entry_answers_and_the_stages_are_timed(
    conversation: Conversation, name: str
) -> None:
    response = conversation.speak((OWN / name).read_bytes(), name)
    assert response.status_code == 200, response.text
    body = response.json()
    print(name, body["heard"], body["timings_ms"], body["reply"]["status"], body["reply"]["entry_id"])
    assert body["heard"]["text"]
    assert body["heard"]["audio_s"] > 0.5
    assert set(body["timings_ms"]) == {"decode", "recognise", "reply", "total"}
    found = {body["reply"]["entry_id"], *(s["entry_id"] for s in body["reply"]["suggestions"])}
    assert "resident-move-in-report" in found


@shared_data
def test_when_a_spoken_question_of_the_evaluation_set_comes_then_it_is_heard_and_answered(
    conversation: Conversation,
) -> None:
    folder = SHARED / "spoken-questions"
    manifest = [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]
    clean = next(row for row in manifest if row["snr_db"] is None)
    response = conversation.speak(_as_webm(folder / clean["file"]), "audio.webm")
    assert response.status_code == 200, response.text
    body = response.json()
    print(clean["text"], body["heard"], body["timings_ms"], body["reply"]["status"])
    assert len(body["heard"]["text"]) > 5
    assert body["reply"]["status"] in {"answered", "clarify", "no_answer"}


@shared_data
def test_when_people_speak_then_their_words_are_heard(conversation: Conversation) -> None:
    clips = sorted((SHARED / "speech-clips").rglob("*.wav"))
    assert clips
    for clip in clips[:2]:
        body = conversation.speak(clip.read_bytes(), clip.name).json()
        assert body["heard"]["text"], clip.name


@pytest.mark.parametrize(
    ("audio", "status", "code"),
    [
        (b"", 422, "audio_empty"),
        (b"this is text, not sound" * 50, 422, "audio_unreadable"),
        ((OWN / "move-in.webm").read_bytes()[:300], 422, "audio_unreadable"),
        (b"\0" * 11_000_000, 413, "too_large"),
    ],
)
def test_when_the_recording_is_bad_then_the_error_says_so(
    conversation: Conversation, audio: bytes, status: int, code: str
) -> None:
    response = conversation.speak(audio)
    assert response.status_code == status
    assert response.json()["error"]["code"] in {code, "audio_too_large" if code == "too_large" else code}


def test_when_the_recording_is_too_long_then_the_error_says_how_long_it_may_be(conversation: Conversation) -> None:
    response = conversation.speak(_wav(np.zeros(16_000 * 70)), "long.wav")
    assert response.status_code == 413
    assert "60" in response.json()["error"]["message"]


def test_when_nothing_is_said_then_maru_asks_to_say_it_again(conversation: Conversation) -> None:
    noise = np.random.default_rng(1).normal(0, 0.01, 16_000 * 3)
    for samples in (np.zeros(16_000 * 3), noise):
        body = conversation.speak(_wav(samples), "quiet.wav").json()
        assert body["heard"]["text"] == ""
        assert body["reply"]["status"] == "no_answer"


def test_when_a_webm_is_cut_off_then_what_can_be_heard_is_used(conversation: Conversation) -> None:
    whole = (OWN / "move-in.webm").read_bytes()
    response = conversation.speak(whole[: len(whole) * 3 // 4])
    assert response.status_code == 200


def _as_webm(path: Path) -> bytes:
    import av

    out = io.BytesIO()
    with av.open(str(path)) as source, av.open(out, "w", format="webm") as target:
        stream = target.add_stream("libopus", rate=48_000)
        for frame in source.decode(audio=0):
            frame.pts = None
            for packet in stream.encode(frame):
                target.mux(packet)
        for packet in stream.encode(None):
            target.mux(packet)
    return out.getvalue()
