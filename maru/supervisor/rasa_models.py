"""Trained Rasa models by what they were trained from: the same inputs, the same file name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

KEPT = 2
_REMEMBERED = "embedder.json"
_FILES = ("config.yml", "domain.yml", "requirements/rasa-py310.lock", "requirements/rasa-py311.lock")
_FOLDERS = (
    *(("domain", "*.yml"), ("data/nlu", "*.yml"), ("data/rules", "*.yml"), ("data/stories", "*.yml")),
    ("bot", "*.py"),
)


class RasaModels:
    """The models in ``folder``, trained from the checkout at ``root``."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self._root = root

    def file_for(self, fingerprint: str) -> Path:
        """Where the model of today's inputs and that embedder lies, or will lie once it is trained."""
        sha256 = hashlib.sha256(fingerprint.encode())
        for path in self._inputs():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            sha256.update(f"\n{path.relative_to(self._root).as_posix()} {content}".encode())
        # A model can't be read under another Python than it was written with.
        sha256.update(f"\n{sorted(path.name for path in self._root.glob('.venv-rasa/lib/python*'))}".encode())
        return self.folder / f"maru-{sha256.hexdigest()[:16]}.tar.gz"

    def expected(self, embedder: str) -> Path | None:
        """The model to start with before the app can say its fingerprint: same setting, so most likely the same
        embedder as last time. None when there is no such file."""
        try:
            remembered = json.loads((self.folder / _REMEMBERED).read_text("utf-8"))
            if remembered["embedder"] != embedder:
                return None
            model = self.file_for(remembered["fingerprint"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return model if model.is_file() else None

    def remember(self, embedder: str, fingerprint: str) -> None:
        """Keep which fingerprint belongs to the embedder setting."""
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / f"{_REMEMBERED}.partial"
        partial.write_text(json.dumps({"embedder": embedder, "fingerprint": fingerprint}), "utf-8")
        partial.replace(self.folder / _REMEMBERED)

    def prune(self, current: Path) -> None:
        """Remove all but the newest ``KEPT`` models; the current one stays in any case."""
        others = [path for path in self.folder.glob("maru-*.tar.gz") if path != current]
        others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in others[KEPT - 1 :]:
            path.unlink(missing_ok=True)

    def _inputs(self) -> Iterator[Path]:
        named = [self._root / name for name in _FILES]
        found = [path for folder, pattern in _FOLDERS for path in (self._root / folder).rglob(pattern)]
        yield from sorted(path for path in (*named, *found) if path.is_file())
