"""The number of a conversation as people read it out on the telephone."""

from __future__ import annotations

from hashlib import sha256


def session_number(session: str) -> str:
    """Twelve digits in groups of four that a session's key always comes to, and from which nobody gets back to it."""
    digits = f"{int.from_bytes(sha256(f'maru session number {session}'.encode()).digest()) % 10**12:012d}"
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"
