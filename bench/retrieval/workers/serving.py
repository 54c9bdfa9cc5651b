"""Answers JSON lines on stdin with JSON lines on stdout, whatever the libraries print meanwhile."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any, Protocol


class System(Protocol):
    """What a worker can be asked to do; entries are objects with key, id, question, answer and variants."""

    def build(self, entries: list[dict[str, Any]]) -> None:
        """Index these entries."""

    def search(self, text: str) -> tuple[list[str], float]:
        """Entry ids, best first, and the best score."""

    def edit(self, entry: dict[str, Any]) -> None:
        """Replace the entry of this key."""


def serve(system: System) -> None:
    """Until stdin ends. An error ends the process: its last line on stderr is the reason."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        request = json.loads(line)
        reply: dict[str, object] = {}
        if request["do"] == "build":
            system.build(request["entries"])
        elif request["do"] == "edit":
            system.edit(request["entry"])
        else:
            ids, certainty = system.search(request["text"])
            reply = {"ids": ids, "certainty": certainty}
        replies.write(json.dumps({**reply, "cpu_s": time.process_time()}) + "\n")
        replies.flush()
