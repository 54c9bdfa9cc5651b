"""The two secrets an installation needs: from the settings, or made once and kept beside the data."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from maru.settings import Settings

FILE = "secrets.json"
_LOCK = ".secrets.lock"
_BYTES = 32


class SecretsFileError(Exception):
    """``secrets.json`` is there but holds something else; the message names the file and what to do."""


@dataclass(frozen=True)
class Secrets:
    """``rasa_secret``: by it app and Rasa know each other; ``staff_token`` opens staff sessions. Neither is printed."""

    rasa_secret: str = field(repr=False)
    staff_token: str = field(repr=False)


def load_secrets(settings: Settings) -> Secrets:
    """The secrets of the settings; those left empty come from ``<data_dir>/secrets.json`` (mode 0600), made once.

    Processes that start at the same time get the same ones. Raises SecretsFileError when the file can't be understood:
    new secrets in its place would silently lock out who knows the old ones.
    """
    rasa_secret, staff_token = _given(settings.rasa_secret), _given(settings.staff_token)
    if rasa_secret and staff_token:
        return Secrets(rasa_secret, staff_token)
    kept = _kept(settings.data_dir)
    return Secrets(rasa_secret or kept.rasa_secret, staff_token or kept.staff_token)


def _given(value: SecretStr | None) -> str:
    return value.get_secret_value().strip() if value is not None else ""


def _kept(folder: Path) -> Secrets:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE
    with _locked(folder / _LOCK):
        if path.exists():
            path.chmod(0o600)
            return _read(path)
        made = Secrets(secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES))
        _write(path, made)
        return made


def _read(path: Path) -> Secrets:
    try:
        content = json.loads(path.read_text("utf-8"))
        values = [content["rasa_secret"], content["staff_token"]]
    except (ValueError, KeyError, TypeError):
        values = []
    if not values or not all(isinstance(value, str) and value for value in values):
        raise SecretsFileError(
            f"{path} 에서 rasa_secret과 staff_token을 읽지 못했습니다. 지우면 새로 만듭니다."
        ) from None
    return Secrets(*values)


def _write(path: Path, made: Secrets) -> None:
    """Whole or not at all: written aside, then renamed."""
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    content = {"rasa_secret": made.rasa_secret, "staff_token": made.staff_token}
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
