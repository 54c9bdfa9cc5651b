"""No orphans: when the supervisor is gone, this process ends too."""

from __future__ import annotations

import os
import signal
import threading
import time

POLL_S = 0.5
GRACE_S = 3.0


def end_with_parent() -> None:
    """Watch the parent from a thread. (prctl's death signal fires when the parent's *thread* ends: too early.)"""
    parent = os.getppid()
    if parent > 1:
        threading.Thread(target=_watch, args=(parent,), name="parent-watch", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(POLL_S)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_S)
    os._exit(1)
