"""One peer in a process of its own: ``python -m bench.privacy.worker PEER``, JSON lines in and out.

Nothing of Maru is imported for another peer, so that its memory is its own.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import psutil

from bench.privacy.peers import Peer

PEERS = {
    "presidio": ("bench.privacy.peers.presidio", "Presidio"),
    "ko-pii": ("bench.privacy.peers.ko_pii", "KoPii"),
    "maskingtape": ("bench.privacy.peers.maskingtape", "MaskingTape"),
    "korean-pii": ("bench.privacy.peers.korean_pii", "KoreanPii"),
    "maru": ("bench.privacy.peers.maru", "Maru"),
}
_FIRST = "안녕하세요 전화번호는 010-0000-0000이고 a@example.com입니다"


def load(key: str) -> Peer:
    """A peer by its name on the command line."""
    module, name = PEERS[key]
    peer: Peer = getattr(import_module(module), name)()
    return peer


def serve(peer: Peer) -> None:
    """Until stdin ends. An error ends the process: its last line on stderr is the reason."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # libraries may print
    find: dict[str, Callable[[Any], object]] = {"text": peer.find, "whole": peer.find_whole, "live": peer.find_live}
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "about":
            peer.find(_FIRST)  # whatever loads with the first text
            megabytes = psutil.Process().memory_info().rss / 1e6
            reply: dict[str, object] = {"name": peer.name, "version": peer.version, "rss_mb": megabytes}
        else:
            found, cpu_ms, wall_ms = [], [], []
            for each in request["each"]:
                cpu, wall = time.process_time(), time.perf_counter()
                found.append(find[request["do"]](each))
                wall_ms.append((time.perf_counter() - wall) * 1000)
                cpu_ms.append((time.process_time() - cpu) * 1000)
            reply = {"found": found, "cpu_ms": cpu_ms, "wall_ms": wall_ms}
        replies.write(json.dumps(reply, ensure_ascii=False) + "\n")
        replies.flush()


if __name__ == "__main__":
    serve(load(sys.argv[1]))
