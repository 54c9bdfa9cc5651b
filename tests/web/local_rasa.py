"""A server on this machine that answers as Rasa's channel would, or as badly as a test wants."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from actions.outcome import Outcome


@dataclass
class LocalRasa:
    """``replies`` by path: (status, body); ``delay_s`` before each; ``requests`` that came: (path, headers, body)."""

    replies: dict[str, tuple[int, Any]] = field(default_factory=dict)
    delay_s: float = 0.0
    requests: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    url: str = ""

    def answers(self, outcome: Outcome, intent: str = "ask_faq", confidence: float = 0.98) -> None:
        """Let the next turns come to this."""
        body = {"messages": [outcome.to_message()], "intent": {"name": intent, "confidence": confidence}}
        self.replies["/webhooks/maru/webhook"] = (200, body)

    @property
    def said(self) -> str:
        """Everything that was ever sent here, as it came."""
        return b"\n".join(self.raw).decode()


@contextmanager
def serving(local: LocalRasa) -> Iterator[LocalRasa]:
    """Serve on a free port while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            local.raw.append(raw)
            headers = {name.lower(): value for name, value in self.headers.items()}
            local.requests.append((self.path, headers, json.loads(raw) if raw else None))
            time.sleep(local.delay_s)
            status, body = local.replies.get(self.path, (404, None))
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            try:
                self.send_response(status)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                return  # the other side has given up waiting

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    local.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield local
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
