"""The session vault in Redis, encrypted, for app processes that share their sessions.

A session is one hash, ``maru:vault:<HMAC of the session under the vault key>``, which Redis lets go ``ttl_s`` after the
last ``keep``. Its field ``secret`` is the session's own throw-away secret, sealed under the vault key. Every other
field is a value: named by its fingerprint (an HMAC under that secret), holding placeholder and original, sealed under a
key that comes from that secret. Sealed is AES-256-GCM, bound to the session and the field.

So Redis, its memory, dumps and logs, and whoever listens, see how many values a session has told, and nothing else.
Nothing here asks Redis to write to a disk; it is to run without (``save ""``, ``appendonly no``).
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import redis
import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from redis.backoff import NoBackoff
from redis.retry import Retry

from privacy.errors import VaultFull, VaultUnavailable

_LOG = structlog.get_logger("maru.vault")

_PREFIX = b"maru:vault:"
_SECRET = b"secret"
_SECRET_BYTES = 32
_NONCE_BYTES = 12
_BLOCK_BYTES = 64
"""Boxes come in such lengths, so that theirs doesn't tell a name from a number."""

# Writes and renews only where the session still is as it was read: the same secret, as many fields.
_COMMIT = """
local secret = redis.call('HGET', KEYS[1], 'secret') or ''
if secret ~= ARGV[1] or redis.call('HLEN', KEYS[1]) ~= tonumber(ARGV[2]) then return 0 end
if #ARGV > 3 then redis.call('HSET', KEYS[1], unpack(ARGV, 4)) end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
"""


class RedisVault:
    """``Vault`` in Redis. Thread-safe, and safe beside others of its kind in other processes with the same ``key``.

    ``key`` are the 32 bytes that all of them share. Whatever is wrong with Redis, or with what it holds, is a
    ``VaultUnavailable``, after at most ``timeout_s`` without an answer.
    """

    def __init__(self, url: str, *, key: bytes, ttl_s: float, timeout_s: float, max_values: int = 500) -> None:
        self._redis = redis.Redis.from_url(
            url,
            socket_timeout=timeout_s,
            socket_connect_timeout=timeout_s,
            # Once more for a connection that died while idle; never again for a Redis that is slow.
            retry=Retry(NoBackoff(), 1, (redis.ConnectionError,)),
        )
        self._script = self._redis.register_script(_COMMIT)
        self._naming_key = hmac.digest(key, b"maru vault: name of a session", sha256)
        self._secrets = _Box(hmac.digest(key, b"maru vault: secret of a session", sha256))
        self._ttl_ms = max(1, round(ttl_s * 1000))
        self._max_values = max_values

    def __repr__(self) -> str:
        return "<RedisVault>"

    def close(self) -> None:
        """Let the connections go."""
        self._redis.close()

    def keep(self, session: str, label: str, normal: str, original: str) -> str:
        for _attempt in range(self._max_values + 1):  # whoever was faster has kept a value, so there is an end
            held = self._read(session)
            fingerprint = hmac.digest(held.secret, f"{label}\0{normal}".encode(), sha256)
            placeholder, _ = held.values.get(fingerprint, (None, None))
            more = {}
            if placeholder is None:
                if len(held.values) >= self._max_values:
                    raise VaultFull("this session holds too many values")
                placeholder = _next_placeholder(label, held)
                more = {**held.unsaved, fingerprint: held.box.seal(_packed(placeholder, original), fingerprint)}
            if self._commit(held, more):
                return placeholder
        raise VaultUnavailable("the session was changed too often meanwhile")

    def resolve(self, session: str, placeholder: str) -> str | None:
        return dict(self.known(session)).get(placeholder)

    def known(self, session: str) -> list[tuple[str, str]]:
        return sorted(self._read(session).values.values())

    def wipe(self, session: str) -> None:
        self._ask(lambda: self._redis.delete(self._key(session)))

    def sweep(self) -> int:
        return 0  # Redis lets expired sessions go by itself

    def _key(self, session: str) -> bytes:
        return _PREFIX + hmac.digest(self._naming_key, session.encode(), sha256).hex().encode()

    def _read(self, session: str) -> _Held:
        """What Redis holds of a session, opened; with a fresh secret where it holds nothing."""
        key = self._key(session)
        fields: dict[bytes, bytes] = self._ask(lambda: self._redis.hgetall(key))
        try:
            return self._opened(key, fields) if fields else self._begun(key)
        except (InvalidTag, KeyError, ValueError) as error:
            kind = type(error).__name__
        raise _unavailable(kind)  # outside the handler: no chain, no frames that hold what was read

    def _begun(self, key: bytes) -> _Held:
        secret = secrets.token_bytes(_SECRET_BYTES)
        return _Held(key, b"", secret, _values_box(secret, key), unsaved={_SECRET: self._secrets.seal(secret, key)})

    def _opened(self, key: bytes, fields: dict[bytes, bytes]) -> _Held:
        sealed = fields.pop(_SECRET)
        secret = self._secrets.open(sealed, key)
        box = _values_box(secret, key)
        values = {name: _unpacked(box.open(value, name)) for name, value in fields.items()}
        return _Held(key, sealed, secret, box, values)

    def _commit(self, held: _Held, more: dict[bytes, bytes]) -> bool:
        """Add fields and renew the time to live, if nobody has changed the session since it was read."""
        size = len(held.values) + bool(held.sealed)
        added = [part for pair in more.items() for part in pair]
        return bool(self._ask(lambda: self._script([held.key], [held.sealed, size, self._ttl_ms, *added])))

    def _ask(self, question: Callable[[], Any]) -> Any:
        try:
            return question()
        except (redis.RedisError, OSError) as error:
            kind = type(error).__name__
        raise _unavailable(kind)


class _Box:
    """Seals bytes; what is sealed opens at the same place only."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, content: bytes, place: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """Raises InvalidTag or ValueError for anything else."""
        return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)


@dataclass(frozen=True, slots=True, repr=False)
class _Held:
    """A session as it was read: its secret, as sealed in Redis (empty: not yet there) and opened, and its values."""

    key: bytes
    sealed: bytes
    secret: bytes
    box: _Box
    values: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    unsaved: dict[bytes, bytes] = field(default_factory=dict)


def _values_box(secret: bytes, key: bytes) -> _Box:
    return _Box(hmac.digest(secret, b"maru vault: values of " + key, sha256))


def _next_placeholder(label: str, held: _Held) -> str:
    start = f"<{label}_"
    numbers = (int(name[len(start) : -1]) for name, _ in held.values.values() if name.startswith(start))
    return f"{start}{max(numbers, default=0) + 1}>"


def _packed(placeholder: str, original: str) -> bytes:
    content = json.dumps([placeholder, original], ensure_ascii=False).encode()
    return content + b" " * (-len(content) % _BLOCK_BYTES)


def _unpacked(content: bytes) -> tuple[str, str]:
    placeholder, original = json.loads(content)
    return placeholder, original


def _unavailable(kind: str) -> VaultUnavailable:
    _LOG.error("vault_unavailable", error=kind)
    return VaultUnavailable("the shared vault doesn't answer, or not with what was put there")
