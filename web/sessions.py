"""Session tokens: what ties the turns of a conversation together, signed so that nobody makes up an audience."""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import cast

from knowledge.entry import Audience, Locale
from maru.clock import Clock, new_identifier

LIFETIME = timedelta(hours=24)
_TOKEN = re.compile(
    r"([A-Za-z0-9_-]{32})\.(citizen|staff)\.(ko|en)\.([0-9]{1,12})(?:\.([A-Za-z0-9_-]{2,214}))?\.([A-Za-z0-9_-]{43})"
)


class UnknownSessionError(Exception):
    """The token is missing, forged, or older than a day: the client has to begin a new session."""


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation; ``key`` is what stores, vault and Rasa know it by, ``token`` is what its client holds.

    ``agency`` is the one that the client named, None where it takes the server's.
    """

    key: str
    token: str
    audience: Audience
    locale: Locale
    agency: str | None = None


class SessionTokens:
    """Issues and reads tokens; nothing is stored, so every app process knows every session, also after a restart."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._secret = hmac.digest(secret.encode(), b"maru session token", sha256)
        self._clock = clock

    def issue(self, audience: Audience, locale: Locale, agency: str | None = None) -> Session:
        """A new session."""
        return self._signed(new_identifier(), audience, locale, int(self._clock.now().timestamp()), agency)

    def read(self, token: str | None) -> Session:
        """The session of a token; raises ``UnknownSessionError``."""
        match = _TOKEN.fullmatch(token or "")
        if match is None:
            raise UnknownSessionError
        key, audience, locale, issued, encoded, _signature = match.groups()
        try:
            agency = _decoded(encoded) if encoded else None
        except ValueError:
            raise UnknownSessionError from None
        session = self._signed(key, cast("Audience", audience), cast("Locale", locale), int(issued), agency)
        age = self._clock.now().timestamp() - int(issued)
        if not hmac.compare_digest(session.token, token or "") or age > LIFETIME.total_seconds():
            raise UnknownSessionError
        return session

    def _signed(self, key: str, audience: Audience, locale: Locale, issued: int, agency: str | None) -> Session:
        body = f"{key}.{audience}.{locale}.{issued}" + (f".{_encoded(agency.encode())}" if agency else "")
        signature = _encoded(hmac.digest(self._secret, body.encode(), sha256))
        return Session(key, f"{body}.{signature}", audience, locale, agency)


def opens_staff(authorization: str, staff_token: str) -> bool:
    """Whether an ``Authorization`` header carries the installation's staff token."""
    return hmac.compare_digest(authorization.encode(), f"Bearer {staff_token}".encode())


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _decoded(text: str) -> str:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
