"""No core dumps: a crash would write a process's memory, and with it what was just said, to the disk."""

from __future__ import annotations

import resource


def forbid_core_dumps() -> None:
    """Forbid them to this process and to all that it starts.

    The limit is 1 byte and not 0: either keeps the kernel from writing a file, but a program that is handed the dumps
    (``|`` in ``core_pattern``) is called in spite of 0; at 1 the kernel gives up (``fs/coredump.c``).
    """
    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    most = 0 if hard == 0 else 1  # a limit may only be lowered
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
