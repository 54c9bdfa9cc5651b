"""The secrets an installation needs: from the settings, or made once and kept beside the data."""

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
from maru.vault_key import new_vault_key, read_vault_key

FILE = "secrets.json"
_LOCK = ".secrets.lock"
_ALWAYS = ("rasa_secret", "staff_token")
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
    return Secrets(rasa_secret or kept["rasa_secret"], staff_token or kept["staff_token"])


def load_vault_key(settings: Settings) -> bytes:
    """The 32 bytes that seal a shared vault: of the settings or, like the secrets, made once and kept."""
    return read_vault_key(_given(settings.vault_key) or _kept(settings.data_dir)["vault_key"])


def _given(value: SecretStr | None) -> str:
    return value.get_secret_value().strip() if value is not None else ""


def _kept(folder: Path) -> dict[str, str]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE
    with _locked(folder / _LOCK):
        if path.exists():
            path.chmod(0o600)
            kept = _read(path)
        else:
            kept = {name: secrets.token_urlsafe(_BYTES) for name in _ALWAYS}
        if "vault_key" not in kept:  # files of earlier versions have none
            kept["vault_key"] = new_vault_key()
            _write(path, kept)
        return kept


def _read(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text("utf-8"))
        kept = {name: content[name] for name in (*_ALWAYS, "vault_key") if name in _ALWAYS or name in content}
        if "vault_key" in kept:
            read_vault_key(kept["vault_key"])
    except (ValueError, KeyError, TypeError, AttributeError):
        kept = {}
    if not kept or not all(isinstance(value, str) and value for value in kept.values()):
        raise SecretsFileError(
            f"{path} 에서 rasa_secret, staff_token, vault_key를 읽지 못했습니다. 지우면 새로 만듭니다."
        ) from None
    return kept


def _write(path: Path, content: dict[str, str]) -> None:
    """Whole or not at all: written aside, then renamed."""
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
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
