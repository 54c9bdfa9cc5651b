"""The key that seals what a shared vault holds: how it is written down."""

from __future__ import annotations

import base64
import secrets

_BYTES = 32


def new_vault_key() -> str:
    """A fresh key, written down."""
    return secrets.token_urlsafe(_BYTES)


def read_vault_key(written: str) -> bytes:
    """The 32 bytes of a key in base64 of either alphabet, padded or not; ValueError (without the key) for others."""
    text = written.strip().rstrip("=").replace("+", "-").replace("/", "_")
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:  # also what isn't ASCII
        key = b""
    if len(key) != _BYTES:
        raise ValueError("the vault key isn't 32 bytes in base64")
    return key
