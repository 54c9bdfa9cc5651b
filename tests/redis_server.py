"""A Redis server of the tests' own, where one is installed."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis

# Debian's redis-tools, which adds no service, holds the server under the last of these names.
PROGRAM = shutil.which("redis-server") or shutil.which("valkey-server") or shutil.which("redis-check-rdb")
needs_redis = pytest.mark.skipif(PROGRAM is None, reason="no Redis server is installed (apt-get install redis-tools)")


class RedisServer:
    """One server that listens on a socket in its ``folder`` only, and can be paused, killed and started again.

    Unlike one of a city's, it writes whatever it can: each command to its append-only file, and a verbose log.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once it answers."""
        options = ["--port", "0", "--unixsocket", str(self.socket), "--dir", str(self.folder)]
        options += ["--save", "", "--appendonly", "yes", "--loglevel", "debug", "--slowlog-log-slower-than", "0"]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(["redis-server", *options], executable=PROGRAM, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while not self._answers():
            assert self._process.poll() is None, (self.folder / "log").read_text("utf-8", "replace")[-2000:]
            assert time.monotonic() < deadline, "redis-server doesn't answer"
            time.sleep(0.02)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Gone at once, as with ``kill -9``; or another signal, and it may live on."""
        assert self._process is not None
        self._process.send_signal(number)
        if number == signal.SIGKILL:
            self._process.wait(30)

    @contextmanager
    def client(self) -> Iterator[Any]:
        """A client, to look inside (its types leave open whether an answer is bytes or text)."""
        with redis.Redis(unix_socket_path=str(self.socket), socket_timeout=30) as client:
            yield client

    def _answers(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


@contextmanager
def a_server() -> Iterator[RedisServer]:
    """A running server with nothing in it, gone afterwards with all that it has written."""
    folder = Path(tempfile.mkdtemp(prefix="maru-redis-", dir="/tmp"))  # a socket's path has to be short
    server = RedisServer(folder)
    try:
        server.start()
        yield server
    finally:
        if server._process is not None and server._process.poll() is None:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
