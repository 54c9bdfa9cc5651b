from __future__ import annotations

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from web.body_limit import BodyLimit

DEFAULT, VOICE = 100, 2_000_000


async def counting(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the whole body and says how long it was."""
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


async def swallowing(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the body as FastAPI does: whatever goes wrong there becomes its own 400."""
    try:
        body = await Request(scope, receive).body()
    except Exception:
        await PlainTextResponse("There was an error parsing the body", 400)(scope, receive, send)
    else:
        await PlainTextResponse(str(len(body)))(scope, receive, send)


async def hasty(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers before it reads."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"begun ", "more_body": True})
    body = await Request(scope, receive).body()
    await send({"type": "http.response.body", "body": str(len(body)).encode()})


def client(app: object) -> httpx.AsyncClient:
    limited = BodyLimit(app, default=DEFAULT, limits={"/voice": VOICE, "/internal/": 500})  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=httpx.ASGITransport(limited), base_url="http://maru")


async def chunks(size: int) -> AsyncIterator[bytes]:
    """A body whose length isn't declared."""
    step = max(64, size // 50)
    for start in range(0, size, step):
        yield b"x" * min(step, size - start)


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/", 0, 200),
        ("/", DEFAULT, 200),
        ("/", DEFAULT + 1, 413),
        ("/voice", VOICE, 200),
        ("/voice", VOICE + 1, 413),
        ("/internal/actions", 500, 200),
        ("/internal/actions", 501, 413),
        ("/internal", 101, 413),
        ("/other/voice", 101, 413),
    ],
)
@pytest.mark.parametrize("app", [counting, swallowing], ids=["plain", "like FastAPI"])
async def test_when_a_body_is_sent_then_only_one_within_the_limit_gets_through(
    app: object, path: str, size: int, status: int, declared: bool
) -> None:
    async with client(app) as http:
        response = await http.post(path, content=b"x" * size if declared else chunks(size))
    assert response.status_code == status
    if status == 413:
        body = response.json()
        assert body["error"]["code"] == "too_large"
        assert "보낸 내용이 너무 큽니다" in body["error"]["message"]
        assert response.headers["content-type"] == "application/json"
    else:
        assert response.text == str(size)


@pytest.mark.parametrize("length", ["abc", "-5", "", "1e9"])
async def test_when_the_declared_length_is_nonsense_then_the_bytes_are_counted(length: str) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * 101, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-length", length.encode())]}
    await BodyLimit(counting, default=DEFAULT, limits={})(scope, receive, send)
    assert sent[0]["status"] == 413
    assert json.loads(sent[1]["body"])["error"]["code"] == "too_large"
    assert len([message for message in sent if message["type"] == "http.response.start"]) == 1


async def test_when_the_answer_has_begun_then_it_breaks_off_and_no_second_one_starts() -> None:
    for size, said in ((90, b"begun 90"), (5000, b"begun ")):
        sent: list[Message] = []
        pieces = chunks(size)

        async def receive(pieces: AsyncIterator[bytes] = pieces) -> Message:
            piece = await anext(pieces, b"")
            return {"type": "http.request", "body": piece, "more_body": bool(piece)}

        async def send(message: Message, sent: list[Message] = sent) -> None:
            sent.append(message)

        scope: Scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
        await BodyLimit(hasty, default=DEFAULT, limits={})(scope, receive, send)
        assert [message["type"] for message in sent].count("http.response.start") == 1
        assert b"".join(message.get("body", b"") for message in sent) == said


async def test_when_it_isnt_http_then_it_passes_unread() -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    await BodyLimit(app, default=1, limits={})({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert seen == [{"type": "lifespan"}]
