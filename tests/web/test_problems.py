from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from maru.settings import ROOT
from privacy.errors import VaultUnavailable
from voice import errors as voice_errors
from web.problems import error_catalogue

OWN_WORDS = "홍가상 010-0000-1234"


def codes_in_the_code() -> set[str]:
    """Every code that the web package raises, and those of the voice package that reach the API."""
    found = {
        code
        for path in (ROOT / "web").glob("*.py")
        for code in re.findall(r'Problem\(\s*[\w.]+,\s*"(\w+)"', path.read_text("utf-8"))
    }
    raised = [e for e in vars(voice_errors).values() if isinstance(e, type) and issubclass(e, Exception)]
    audio = (voice_errors.AudioError, voice_errors.SpeechError)
    return (
        found
        | {str(e.code) for e in raised if issubclass(e, audio)}
        | {"not_found", "method_not_allowed", "bad_request"}
    )


def test_when_an_error_has_a_code_then_both_languages_have_its_sentence() -> None:
    korean, english = error_catalogue("ko"), error_catalogue("en")
    assert korean.keys() == english.keys()
    codes = codes_in_the_code()
    assert {"session_unknown", "text_empty", "speech_busy", "staff_token_required"} <= codes
    assert codes <= korean.keys()
    for code in korean:
        assert re.search("[가-힣]", korean[code])
        assert not re.search("[가-힣]", english[code])
        assert set(re.findall(r"\{(\w+)\}", korean[code])) == set(re.findall(r"\{(\w+)\}", english[code]))


async def session(client: httpx.AsyncClient) -> dict[str, str]:
    begun = await client.post("/api/v1/sessions", json={})
    return {"X-Maru-Session": begun.json()["session_id"]}


@pytest.mark.parametrize(
    ("method", "path", "more", "status", "code"),
    [
        ("GET", "/api/v1/nothing", {}, 404, "not_found"),
        ("GET", "/api/v1/turns", {}, 405, "method_not_allowed"),
        ("POST", "/api/v1/turns", {"json": {"text": "a"}, "headers": {"X-Maru-Session": "x"}}, 404, "session_unknown"),
        ("POST", "/api/v1/turns", {"json": {"text": "a"}, "headers": {}}, 404, "session_unknown"),
        ("GET", "/api/v1/session", {"headers": {}}, 404, "session_unknown"),
        ("POST", "/api/v1/turns", {"json": {}}, 422, "text_or_entry"),
        ("POST", "/api/v1/turns", {"json": {"text": "a", "entry_id": "b"}}, 422, "text_or_entry"),
        ("POST", "/api/v1/turns", {"json": {"text": " \n\x00 "}}, 422, "text_empty"),
        ("POST", "/api/v1/turns", {"json": {"text": "가" * 1001}}, 413, "text_too_long"),
        ("POST", "/api/v1/turns", {"json": {"text": "가" * 100_000}}, 413, "too_large"),
        ("POST", "/api/v1/turns", {"json": {"text": 5}}, 422, "invalid_request"),
        ("POST", "/api/v1/turns", {"json": {"entry_id": "../etc"}}, 422, "invalid_request"),
        ("POST", "/api/v1/turns", {"json": {"entry_id": "a" * 81}}, 422, "invalid_request"),
        ("POST", "/api/v1/turns", {"json": {"text": "a", "locale": "fr"}}, 422, "invalid_request"),
        ("POST", "/api/v1/turns", {"json": {"text": "a", OWN_WORDS: 1}}, 422, "invalid_request"),
        ("POST", "/api/v1/turns", {"content": b"{"}, 422, "invalid_request"),
        ("POST", "/api/v1/turns", {"content": b'{"text": "\\ud800"}'}, 422, "invalid_request"),
        ("POST", "/api/v1/turns", {"content": b"\xff\xfe"}, 422, "invalid_request"),
        ("POST", "/api/v1/turns", {"json": [OWN_WORDS]}, 422, "invalid_request"),
        ("POST", "/api/v1/sessions", {"json": {"audience": "staff"}}, 403, "staff_token_required"),
        ("POST", "/api/v1/sessions", {"json": {"audience": "everyone"}}, 422, "invalid_request"),
        ("POST", "/api/v1/voice", {"files": {"audio": ("a.webm", b"x")}}, 503, "speech_unavailable"),
        ("POST", "/api/v1/voice", {"data": {"locale": "ko"}}, 422, "invalid_request"),
        ("PUT", "/api/v1/session/consent", {"json": {"consent": "maybe"}}, 422, "invalid_request"),
        ("DELETE", "/api/v1/session", {}, 503, "rasa_unreachable"),
        ("POST", "/api/v1/feedback", {"json": {"turn_id": "a" * 32 + "\n", "value": "up"}}, 422, "invalid_request"),
        ("POST", "/api/v1/feedback", {"json": {"turn_id": "a" * 32, "value": "sideways"}}, 422, "invalid_request"),
        ("POST", "/internal/actions", {"json": {}}, 403, "forbidden"),
        ("POST", "/internal/embeddings", {"json": {"texts": ["a"]}}, 403, "forbidden"),
        ("GET", "/internal/embeddings/fingerprint", {"headers": {"Authorization": "Bearer x"}}, 403, "forbidden"),
    ],
)
@pytest.mark.parametrize("language", ["ko-KR,ko;q=0.9", "en-US,en;q=0.9"])
async def test_when_a_request_cant_be_served_then_the_error_has_one_shape_and_quotes_nothing(
    client: httpx.AsyncClient, method: str, path: str, more: dict[str, Any], status: int, code: str, language: str
) -> None:
    headers = {"Accept-Language": language, **more.get("headers", await session(client))}
    response = await client.request(method, path, **{**more, "headers": headers})
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert body["error"]["code"] == code
    assert bool(re.search("[가-힣]", body["error"]["message"])) == (language.startswith("ko") or code == "too_large")
    assert "{" not in body["error"]["message"]
    assert "홍가상" not in response.text
    assert ("retry-after" in response.headers) == (status == 503)


async def test_when_something_unforeseen_happens_then_the_error_has_the_same_shape_and_no_detail(
    client: httpx.AsyncClient, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_args: object) -> None:
        raise RuntimeError(OWN_WORDS)

    monkeypatch.setattr(app.state.turns, "handle_text", broken)
    response = await client.post("/api/v1/turns", json={"text": "a"}, headers=await session(client))
    assert response.status_code == 500
    assert set(response.json()["error"]) == {"code", "message"}
    assert "홍가상" not in response.text


@pytest.mark.parametrize("size", [33_000, 200_000])
async def test_when_a_body_of_undeclared_length_is_too_large_then_it_is_refused_as_too_large(
    client: httpx.AsyncClient, size: int
) -> None:
    async def pieces() -> Any:
        yield b'{"text": "'
        for _ in range(size // 1000):
            yield b"x" * 1000
        yield b'"}'

    response = await client.post("/api/v1/turns", content=pieces(), headers=await session(client))
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


async def test_when_the_shared_vault_cant_be_wiped_then_nobody_is_told_that_it_was(
    client: httpx.AsyncClient, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreachable(*_args: object) -> None:
        raise VaultUnavailable

    monkeypatch.setattr(app.state.turns, "forget", unreachable)
    response = await client.delete("/api/v1/session", headers=await session(client))
    assert (response.status_code, response.json()["error"]["code"]) == (503, "storage_failed")
