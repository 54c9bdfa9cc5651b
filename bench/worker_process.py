"""A peer that runs in a process (and often an environment) of its own, spoken to in JSON lines."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# One thread for every system, and nobody goes out on the network or reports home.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "RASA_TELEMETRY_ENABLED": "false",
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class PeerUnavailableError(Exception):
    """This system can't be run here; the message says why in one line."""


class WorkerProcess:
    """``python -m module``, which answers each line of JSON on its stdin with one on its stdout."""

    def __init__(
        self,
        python: Path,
        module: str,
        log: Path,
        arguments: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """``log`` takes what the process prints; its last line is the reason when it ends early."""
        if not python.exists():
            raise PeerUnavailableError(f"{python.parent.parent.name} is missing")
        self._log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                [str(python), "-m", module, *arguments],
                cwd=ROOT,
                env={**os.environ, **_ENVIRONMENT, **(environment or {})},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=out,
                text=True,
                encoding="utf-8",
            )

    def ask(self, request: Mapping[str, object], *, timeout_s: float | None = None) -> dict[str, Any]:
        """Its reply; ``PeerUnavailableError`` where it ended, ``TimeoutError`` where it took longer (then close it)."""
        assert self._process.stdin is not None  # noqa: S101 - both are pipes
        assert self._process.stdout is not None  # noqa: S101
        try:
            self._process.stdin.write(json.dumps(request, ensure_ascii=False) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise PeerUnavailableError(self._last_words()) from None
        if timeout_s is not None:
            with selectors.DefaultSelector() as selector:
                selector.register(self._process.stdout, selectors.EVENT_READ)
                if not selector.select(timeout_s):
                    self._process.kill()
                    raise TimeoutError
        line = self._process.stdout.readline()
        if not line:
            raise PeerUnavailableError(self._last_words())
        reply: dict[str, Any] = json.loads(line)
        return reply

    def close(self) -> None:
        # communicate() closes its stdin, which is how a worker is told to end.
        try:
            self._process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def _last_words(self) -> str:
        lines = [line for line in self._log.read_text("utf-8", "replace").splitlines() if line.strip()]
        return f"{lines[-1].strip()[:200] if lines else 'it ended without a word'} ({self._log})"


def bench_python() -> Path:
    """The Python of ``.venv-bench``, made when it is missing; raises ``PeerUnavailableError`` where it can't be."""
    done = subprocess.run(
        [sys.executable, "scripts/bootstrap.py", "bench"],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise PeerUnavailableError(f"no environment: {lines[0].strip() if lines else 'the set-up failed'}")
    return ROOT / ".venv-bench" / "bin" / "python"
