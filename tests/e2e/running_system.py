"""A running Maru (a real app and a real Rasa under the real supervisor) and how tests talk to it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from maru.settings import ROOT

READY_S = 420.0


@dataclass
class System:
    """A running Maru and how to talk to it."""

    url: str
    data_dir: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    output: Path
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.url, timeout=60.0, trust_env=False)

    def begin(self, audience: str = "citizen", locale: str = "ko") -> Conversation:
        """A new conversation."""
        headers = {}
        if audience == "staff":
            headers["Authorization"] = f"Bearer {self.secret('staff_token')}"
        response = self.http.post("/api/v1/sessions", json={"audience": audience, "locale": locale}, headers=headers)
        assert response.status_code == 201, response.text
        return Conversation(self, response.json()["session_id"])

    def secret(self, name: str) -> str:
        """A secret of this installation."""
        return str(json.loads((self.data_dir / "secrets.json").read_text("utf-8"))[name])

    def pid_of(self, module: str) -> int:
        """The process id of the child that runs ``python -m module``."""
        for line in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = line.read_bytes().split(b"\0")
                parent = int((line.parent / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, ValueError):
                continue
            if module.encode() in words and parent == self.process.pid:
                return int(line.parent.name)
        raise AssertionError(f"no child runs {module}")

    def wait_ready(self, timeout_s: float = READY_S) -> None:
        """Wait until every part answers."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                pytest.fail(f"maru serve ended:\n{self.output.read_text('utf-8')}")
            try:
                if self.http.get("/api/v1/ready", timeout=5.0).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.3)
        pytest.fail(f"not ready in {timeout_s:.0f} s:\n{self.output.read_text('utf-8')}")


@dataclass
class Conversation:
    """One session."""

    system: System
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """What ties a request to the session."""
        return {"X-Maru-Session": self.token}

    def send(self, **body: Any) -> httpx.Response:
        """A turn as it came back."""
        return self.system.http.post("/api/v1/turns", json=body, headers=self.headers)

    def ask(self, text: str, **more: Any) -> dict[str, Any]:
        """The reply to a question."""
        response = self.send(text=text, **more)
        assert response.status_code == 200, response.text
        reply: dict[str, Any] = response.json()
        return reply

    def press(self, entry_id: str) -> dict[str, Any]:
        """The reply to a pressed suggestion."""
        response = self.send(entry_id=entry_id)
        assert response.status_code == 200, response.text
        reply: dict[str, Any] = response.json()
        return reply

    def speak(self, audio: bytes, name: str = "audio.webm", **form: str) -> httpx.Response:
        """A spoken turn as it came back."""
        return self.system.http.post(
            "/api/v1/voice", files={"audio": (name, audio, "application/octet-stream")}, data=form, headers=self.headers
        )

    def consent(self, given: bool) -> None:
        """Allow or forbid keeping."""
        response = self.system.http.put("/api/v1/session/consent", json={"consent": given}, headers=self.headers)
        assert response.json() == {"consent": given}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_system(data_dir: Path, **settings: str) -> System:
    """Start ``maru serve`` on free ports with its own data; models are the checkout's."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MARU_")},
        "MARU_DATA_DIR": str(data_dir),
        "MARU_PORT": str(free_port()),
        "MARU_RASA_PORT": str(free_port()),
        **settings,
    }
    output = data_dir.with_name(f"{data_dir.name}-serve.log")
    command = [sys.executable, "-c", "from maru.cli.main import app; app(['serve'])"]
    with output.open("ab") as stream:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stream, stderr=subprocess.STDOUT)
    return System(f"http://127.0.0.1:{environment['MARU_PORT']}", data_dir, environment, process, output)


def stop_system(running: System) -> None:
    """Stop it as Ctrl-C would."""
    running.http.close()
    running.process.send_signal(signal.SIGINT)
    try:
        running.process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        running.process.kill()
        running.process.wait()
