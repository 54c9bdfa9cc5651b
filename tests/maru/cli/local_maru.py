"""A server on this machine that speaks as much of docs/api.md as ``maru ask`` needs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REPLY: dict[str, Any] = {
    "turn_id": "t" * 32,
    "status": "answered",
    "text": "**14일 안에** 신고합니다.",
    "html": "<p>…</p>",
    "speech": "십사 일 안에 신고합니다.",
    "entry_id": "resident-move-in",
    "question": "전입신고는 어떻게 하나요?",
    "score": 0.93,
    "contact": "동주민센터",
    "source_url": None,
    "checked_on": None,
    "note": None,
    "suggestions": [],
    "locale": "ko",
    "ms": 41.2,
}


@dataclass
class LocalMaru:
    """What it answers with, and what it was asked: (path, headers, body)."""

    turn: tuple[int, Any] = (200, REPLY)
    session: tuple[int, Any] = (201, {"session_id": "token", "locale": "ko", "audience": "citizen", "consent": False})
    requests: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    url: str = ""


@contextmanager
def serving(local: LocalMaru) -> Iterator[LocalMaru]:
    """Serve on a free port while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            local.requests.append((self.path, headers, json.loads(raw)))
            status, body = {"/api/v1/sessions": local.session, "/api/v1/turns": local.turn}.get(self.path, (404, None))
            content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    local.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield local
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
