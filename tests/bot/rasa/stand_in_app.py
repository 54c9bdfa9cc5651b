"""Stands in for the app: embeddings from hashed letters (no model needed) and actions that tell what they were sent."""

from __future__ import annotations

import base64
import json
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

SECRET = "fictional-secret-0001"
FINGERPRINT = "stand-in"
DIMENSION = 384


def embed(text: str) -> np.ndarray:
    """A unit vector (384,) of hashed letters, pairs and triples."""
    vector = np.zeros(DIMENSION, dtype=np.float32)
    padded = f" {text} "
    for length in (1, 2, 3):
        for start in range(len(padded) - length + 1):
            vector[zlib.crc32(padded[start : start + length].encode()) % DIMENSION] += 1
    return vector / np.linalg.norm(vector)


def encode(text: str) -> str:
    """The vector as it travels."""
    return base64.b64encode(embed(text).astype("<f2").tobytes()).decode()


class StandInApp:
    """A context manager; ``calls`` are the bodies sent to the action endpoint, ``fail`` makes it answer 500."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.embedded: list[str] = []
        self.fail = False
        app = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_arguments: Any) -> None:
                return

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Authorization") != f"Bearer {SECRET}":
                    self._answer(401, {})
                elif self.path == "/internal/embeddings":
                    texts = json.loads(content)["texts"]
                    app.embedded.extend(texts)
                    self._answer(200, {"model": FINGERPRINT, "vectors": [encode(text) for text in texts]})
                elif self.path == "/internal/actions":
                    call = json.loads(content)
                    app.calls.append(call)
                    heard = call["tracker"]["latest_message"]["text"]
                    reply = {"action": call["next_action"], "heard": heard}
                    slot = {"event": "slot", "name": "suggestions", "value": ["first-entry"], "timestamp": None}
                    body = {"events": [slot], "responses": [{"custom": reply, "buttons": [], "text": None}]}
                    self._answer(500 if app.fail else 200, {"quoted": heard} if app.fail else body)
                else:
                    self._answer(404, {})

            def _answer(self, status: int, body: dict[str, Any]) -> None:
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> StandInApp:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self._server.shutdown()
        self._server.server_close()
