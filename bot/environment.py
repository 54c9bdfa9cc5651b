"""Every environment variable this process reads, checked before anything slow is imported."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import BotError

SECRET = "MARU_RASA_SECRET"  # noqa: S105  (the name of a variable)
APP_URL = "MARU_APP_URL"
HOST = "MARU_RASA_HOST"
PORT = "MARU_RASA_PORT"
DATABASE_URL = "MARU_RASA_DATABASE_URL"


@dataclass(frozen=True)
class AppAccess:
    """Where the app answers, and the secret both sides share."""

    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class ServerEnvironment:
    """What the server needs to start; ``port`` 0 means any free one."""

    app: AppAccess
    host: str
    port: int
    database_url: str = field(repr=False)


def read_app_access() -> AppAccess:
    """The app's address and the shared secret. Raises BotError when one is missing or malformed."""
    url = _required(APP_URL)
    if not re.fullmatch(r"https?://[^/\s?#@]+(/[^\s?#]*[^\s?#/])?", url):
        raise BotError(f"{APP_URL} must look like http://127.0.0.1:8000 (no trailing slash, query or password)")
    secret = _required(SECRET)
    if not re.fullmatch(r"[!-~]{16,}", secret):
        raise BotError(f"{SECRET} must be at least 16 printable ASCII characters without spaces")
    return AppAccess(url, secret)


def read_server_environment() -> ServerEnvironment:
    """Everything the server needs. Raises BotError naming the variable that is missing or malformed."""
    app = read_app_access()
    port = os.environ.get(PORT, "5005")
    if not re.fullmatch(r"\d{1,5}", port) or int(port) > 65535:
        raise BotError(f"{PORT} must be a number from 0 to 65535, not {port!r}")
    host = os.environ.get(HOST, "127.0.0.1")
    return ServerEnvironment(app, host, int(port), _checked_database_url(_required(DATABASE_URL)))


def _required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise BotError(f"{name} is not set; start Rasa through `maru serve` or set it")
    return value


def _checked_database_url(url: str) -> str:
    """Rasa would make a new file, or none at all, for a mistyped address: refuse instead."""
    if url.startswith("sqlite:"):
        path = Path(url[len("sqlite:///") :])
        if not url.startswith("sqlite:////") or not path.parent.is_dir():
            raise BotError(f"{DATABASE_URL} must be sqlite:////absolute/path in a folder that exists")
    elif not re.match(r"postgresql(\+\w+)?://", url):
        raise BotError(f"{DATABASE_URL} must begin with sqlite://// or postgresql://")
    return url
