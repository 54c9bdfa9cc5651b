"""How the processes are started, and what each is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from maru.secrets import Secrets
from maru.settings import ROOT, Settings
from maru.supervisor.child import Command
from maru.supervisor.listening import local_url

# Without bytecode Rasa's imports take 15 s instead of 6; the others would make Python look elsewhere.
_DROPPED = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Programs:
    """The programs; tests put others in."""

    app: tuple[str, ...] = (sys.executable, "-m", "web.serve")
    rasa_server: tuple[str, ...] = (str(ROOT / ".venv-rasa" / "bin" / "python"), "-m", "bot.serve")
    rasa_training: tuple[str, ...] = (str(ROOT / ".venv-rasa" / "bin" / "python"), "-m", "bot.train")
    root: Path = ROOT


class Commands:
    """Commands for one set of settings whose ports are known."""

    def __init__(self, programs: Programs, settings: Settings, secrets: Secrets) -> None:
        self._programs = programs
        self._settings = settings
        self._secrets = secrets

    @property
    def app_url(self) -> str:
        return local_url(self._settings.host, self._settings.port)

    def app(self) -> Command:
        """The app; it gets every setting that was said, and paths that don't depend on its working folder."""
        given = {
            f"MARU_{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            for name in sorted(self._settings.model_fields_set)
            if (value := getattr(self._settings, name)) is not None
        }
        paths = {
            "MARU_DATA_DIR": str(self._settings.data_dir.resolve()),
            "MARU_MODELS_DIR": str(self._settings.models_dir.resolve()),
            "MARU_SEED_DIR": str(self._settings.seed_dir.resolve()),
        }
        ports = {"MARU_PORT": str(self._settings.port), "MARU_RASA_PORT": str(self._settings.rasa_port)}
        return Command("앱", self._programs.app, {**_inherited(), **given, **paths, **ports}, self._programs.root)

    def rasa_server(self, model: Path) -> Command:
        """Rasa serving exactly that model."""
        arguments = (*self._programs.rasa_server, "--model", str(model), "--log-level", self._settings.log_level)
        return Command("Rasa", arguments, self._rasa_environment(), self._programs.root)

    def rasa_training(self, out: Path) -> Command:
        """Training into that file."""
        arguments = (*self._programs.rasa_training, "--out", str(out))
        return Command("Rasa 학습", arguments, self._rasa_environment(), self._programs.root)

    def _rasa_environment(self) -> dict[str, str]:
        """Only what Rasa needs: none of the app's settings, no staff token."""
        absolute = self._settings.model_copy(update={"data_dir": self._settings.data_dir.resolve()})
        return {
            **{name: value for name, value in _inherited().items() if not name.startswith("MARU_")},
            "MARU_APP_URL": self.app_url,
            "MARU_RASA_SECRET": self._secrets.rasa_secret,
            "MARU_RASA_HOST": self._settings.rasa_host,
            "MARU_RASA_PORT": str(self._settings.rasa_port),
            "MARU_RASA_DATABASE_URL": absolute.rasa_tracker_url,
        }


def _inherited(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name not in _DROPPED}
