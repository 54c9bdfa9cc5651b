"""Bad input gets a clear error, and the next turn works as before."""

from __future__ import annotations

import httpx
import pytest

from tests.e2e.running_system import Conversation, System

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 422, "text_empty"),
        ({"text": "   \n "}, 422, "text_empty"),
        ({"text": "가" * 1001}, 413, "text_too_long"),
        ({"text": "가" * 100_000}, 413, "too_large"),
        ({}, 422, "text_or_entry"),
        ({"text": "안녕", "entry_id": "a"}, 422, "text_or_entry"),
        ({"entry_id": "../../etc/passwd"}, 422, "invalid_request"),
        ({"text": 5}, 422, "invalid_request"),
        ({"text": "안녕", "audience": "staff"}, 422, "invalid_request"),
        ({"text": "안녕", "locale": "xx"}, 422, "invalid_request"),
    ],
)
def test_when_a_turn_is_malformed_then_the_error_says_so_and_the_next_works(
    conversation: Conversation, body: dict[str, object], status: int, code: str
) -> None:
    response = conversation.send(**body)
    assert response.status_code == status
    error = response.json()["error"]
    assert error["code"] == code
    assert error["message"]
    assert conversation.ask("안녕하세요")["status"] == "smalltalk"


@pytest.mark.parametrize("token", ["", "abc", "x" * 200, "%EA%B0%80"])
def test_when_the_session_is_unknown_then_the_client_is_told(system: System, token: str) -> None:
    response = system.http.post("/api/v1/turns", json={"text": "안녕"}, headers={"X-Maru-Session": token})
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "session_unknown"


def test_when_the_body_isnt_json_then_the_error_says_so(conversation: Conversation) -> None:
    response = conversation.system.http.post(
        "/api/v1/turns", content=b"\xff\xfe{", headers={**conversation.headers, "Content-Type": "application/json"}
    )
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "bad_request"


def test_when_an_english_client_errs_then_the_error_is_in_english(system: System) -> None:
    conversation = system.begin()
    response = system.http.post(
        "/api/v1/turns", json={"text": ""}, headers={**conversation.headers, "Accept-Language": "en-US,en"}
    )
    assert response.json()["error"]["message"].startswith("The question is empty")


@pytest.mark.parametrize("path", ["/internal/embeddings", "/internal/actions", "/internal/embeddings/fingerprint"])
@pytest.mark.parametrize("secret", [None, "wrong"])
def test_when_somebody_without_the_secret_calls_the_inner_endpoints_then_nothing_answers(
    system: System, path: str, secret: str | None
) -> None:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    method = "GET" if path.endswith("fingerprint") else "POST"
    body = {"texts": ["안녕"]} if method == "POST" else None
    response = system.http.request(method, path, json=body, headers=headers)
    assert response.status_code == 403


def test_when_somebody_without_the_secret_calls_rasa_then_it_refuses(system: System) -> None:
    base = f"http://127.0.0.1:{system.environment['MARU_RASA_PORT']}"
    body: dict[str, object] = {"sender": "x" * 32, "text": "안녕", "choice": None, "vector": None, "metadata": {}}
    assert httpx.post(f"{base}/webhooks/maru/webhook", json=body, trust_env=False).status_code == 401
    for path in ("/conversations/x/tracker", "/model", "/webhooks/rest/webhook", "/status", "/domain"):
        assert httpx.get(f"{base}{path}", trust_env=False).status_code in {401, 404, 405}, path
