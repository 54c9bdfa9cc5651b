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
_TOKEN = re.compile(r"([A-Za-z0-9_-]{32})\.(citizen|staff)\.(ko|en)\.([0-9]{1,12})\.([A-Za-z0-9_-]{43})")


class UnknownSessionError(Exception):
    """The token is missing, forged, or older than a day: the client has to begin a new session."""


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation; ``key`` is what stores, vault and Rasa know it by, ``token`` is what its client holds."""

    key: str
    token: str
    audience: Audience
    locale: Locale


class SessionTokens:
    """Issues and reads tokens; nothing is stored, so every app process knows every session, also after a restart."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._secret = hmac.digest(secret.encode(), b"maru session token", sha256)
        self._clock = clock

    def issue(self, audience: Audience, locale: Locale) -> Session:
        """A new session."""
        return self._signed(new_identifier(), audience, locale, int(self._clock.now().timestamp()))

    def read(self, token: str | None) -> Session:
        """The session of a token; raises ``UnknownSessionError``."""
        match = _TOKEN.fullmatch(token or "")
        if match is None:
            raise UnknownSessionError
        key, audience, locale, issued, _signature = match.groups()
        session = self._signed(key, cast("Audience", audience), cast("Locale", locale), int(issued))
        age = self._clock.now().timestamp() - int(issued)
        if not hmac.compare_digest(session.token, token or "") or age > LIFETIME.total_seconds():
            raise UnknownSessionError
        return session

    def _signed(self, key: str, audience: Audience, locale: Locale, issued: int) -> Session:
        body = f"{key}.{audience}.{locale}.{issued}"
        signature = base64.urlsafe_b64encode(hmac.digest(self._secret, body.encode(), sha256)).decode().rstrip("=")
        return Session(key, f"{body}.{signature}", audience, locale)
