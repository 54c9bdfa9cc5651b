"""The route that reads a reply aloud: only what Maru said, bounded, and never kept."""

from __future__ import annotations

import io
import wave
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from voice.errors import SynthesisBusy, SynthesisError, SynthesisUnavailable
from voice.espeak import EspeakSynthesizer
from voice.synthesis_service import SynthesisService
from voice.synthesizer import Speech


class Told:
    """Says nothing, and remembers what it should have said."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.told: list[tuple[str, str, float]] = []

    def speak(self, text: str, locale: str, rate: float = 1.0) -> Speech:
        self.told.append((text, locale, rate))
        if self.error is not None:
            raise self.error
        return Speech(b"\1\0" * 160, 16_000)


async def begun(client: httpx.AsyncClient, locale: str = "ko") -> tuple[dict[str, str], dict[str, Any]]:
    body = (await client.post("/api/v1/sessions", json={"locale": locale})).json()
    return {"X-Maru-Session": body["session_id"]}, body["reply"]


async def test_when_a_reply_is_asked_for_then_its_speech_is_read_aloud(app: FastAPI, client: httpx.AsyncClient) -> None:
    told = Told()
    app.state.synthesis = SynthesisService(told, places=1)
    headers, reply = await begun(client)
    response = await client.post("/api/v1/speech", json={"turn_id": reply["turn_id"], "rate": 0.8}, headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == "audio/wav"
    assert response.headers["cache-control"] == "no-store"
    with wave.open(io.BytesIO(response.content)) as file:
        assert (file.getframerate(), file.getnframes()) == (16_000, 160)
    assert told.told == [(reply["speech"], "ko", 0.8)]


async def test_when_the_reply_was_of_another_session_then_it_is_not_read(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    told = Told()
    app.state.synthesis = SynthesisService(told, places=1)
    _, reply = await begun(client)
    other, _ = await begun(client)
    response = await client.post("/api/v1/speech", json={"turn_id": reply["turn_id"]}, headers=other)
    assert (response.status_code, response.json()["error"]["code"]) == (404, "turn_unknown")
    assert told.told == []


@pytest.mark.parametrize(
    "body",
    [
        {"text": "아무 말이나"},
        {"turn_id": "a" * 32, "text": "아무 말이나"},
        {"turn_id": "짧음"},
        {"turn_id": "a" * 32, "rate": 9},
        {},
    ],
)
async def test_when_a_client_sends_words_of_its_own_then_they_are_refused(
    client: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    headers, _ = await begun(client)
    response = await client.post("/api/v1/speech", json=body, headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_request")


async def test_when_there_is_no_session_then_nothing_is_read(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/speech", json={"turn_id": "a" * 32})
    assert (response.status_code, response.json()["error"]["code"]) == (404, "session_unknown")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SynthesisUnavailable("no"), "synthesis_unavailable"),
        (SynthesisBusy("no"), "synthesis_busy"),
        (SynthesisError("no"), "synthesis_failed"),
        (ValueError("too long"), "synthesis_failed"),
    ],
)
async def test_when_it_cant_be_read_then_the_client_is_told_why(
    app: FastAPI, client: httpx.AsyncClient, error: Exception, code: str
) -> None:
    app.state.synthesis = SynthesisService(Told(error), places=1)
    headers, reply = await begun(client)
    response = await client.post("/api/v1/speech", json={"turn_id": reply["turn_id"]}, headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (503, code)
    assert "retry-after" in response.headers


@pytest.mark.skipif(not EspeakSynthesizer().is_installed, reason="espeak-ng is not installed")
async def test_when_espeak_is_installed_then_the_greeting_sounds(client: httpx.AsyncClient) -> None:
    for locale in ("ko", "en"):
        headers, reply = await begun(client, locale)
        response = await client.post("/api/v1/speech", json={"turn_id": reply["turn_id"]}, headers=headers)
        with wave.open(io.BytesIO(response.content)) as file:
            assert file.getnframes() / file.getframerate() > 2
