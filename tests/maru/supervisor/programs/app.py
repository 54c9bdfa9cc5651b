"""Stands in for the app in the supervisor's tests. FAKE_APP: ``dies``, ``stubborn`` (ignores SIGTERM) or unset."""

import json
import os
import signal
import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MODE = os.environ.get("FAKE_APP", "")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/api/v1/health":
            self._answer(200, {"status": "ok"})
        elif self.path == "/internal/embeddings/fingerprint":
            known = (Path(os.environ["MARU_DATA_DIR"]) / "secrets.json").read_text("utf-8")
            allowed = self.headers["Authorization"] == f"Bearer {json.loads(known)['rasa_secret']}"
            self._answer(200 if allowed else 403, {"model": os.environ.get("FAKE_EMBEDDER", "e5-test")})
        elif self.path == "/api/v1/ready":
            ready = _listens(int(os.environ["MARU_RASA_PORT"]))
            self._answer(200 if ready else 503, {"ready": ready, "parts": {"knowledge": True, "rasa": ready}})
        else:
            self._answer(404, {})

    def log_message(self, *_arguments: object) -> None:
        print("app-log-line", flush=True)

    def _answer(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if MODE == "dies":
    print("last-word-of-the-app", flush=True)
    sys.exit(3)
if MODE == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    print(f"grandchild {grandchild.pid}", flush=True)
ThreadingHTTPServer(("127.0.0.1", int(os.environ["MARU_PORT"])), Handler).serve_forever()
