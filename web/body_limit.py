"""Refuses bodies that are larger than a route may need, before they fill the memory."""

from __future__ import annotations

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyTooLargeError(Exception):
    """More bytes came than the route takes."""


class BodyLimit:
    """ASGI middleware: ``limits`` maps a path prefix to its most bytes; other paths take ``default``."""

    def __init__(self, app: ASGIApp, default: int, limits: dict[str, int]) -> None:
        self._app = app
        self._default = default
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = next((n for prefix, n in self._limits.items() if scope["path"].startswith(prefix)), self._default)
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > limit:
            await _refuse(send, limit)
            return
        seen = 0
        started = refused = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise BodyTooLargeError
            return message

        async def watched(message: Message) -> None:
            nonlocal started, refused
            if seen > limit and not started:
                # The application made an error of its own out of ours: the client has to hear the true one.
                if not refused:
                    refused = True
                    await _refuse(send, limit)
                return
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except BodyTooLargeError:
            if not started and not refused:
                await _refuse(send, limit)


async def _refuse(send: Send, limit: int) -> None:
    size = f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit // 1000} KB"
    message = f"보낸 내용이 너무 큽니다({size}까지). / The request is too large (up to {size})."
    body = json.dumps({"error": {"code": "too_large", "message": message}}, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
