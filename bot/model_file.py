"""The one model file to serve: it must exist, be a Rasa model and say which embedder it was trained with."""

from __future__ import annotations

import hashlib
import json
import tarfile
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError

# Written by bot.sentence_features into its component folder.
EMBEDDER_FILE = "embedder.json"


@dataclass(frozen=True)
class ModelFile:
    """``embedder`` is the fingerprint of the app's embedder in training, ``dimension`` the length of its vectors."""

    path: Path
    sha256: str
    embedder: str
    dimension: int


def read_model_file(path: Path) -> ModelFile:
    """Describe a trained model. Raises BotError when it is missing or of another kind."""
    if not path.is_file():
        raise BotError(f"no model file at {path}; run `maru train`")
    try:
        with tarfile.open(path) as archive:
            member = next(name for name in archive.getnames() if name.endswith(f"/{EMBEDDER_FILE}"))
            content = archive.extractfile(member)
            trained = json.load(content) if content else {}
        embedder, dimension = str(trained["model"]), len(trained["mean"])
    except (tarfile.TarError, EOFError, OSError, StopIteration, ValueError, KeyError, TypeError) as error:
        raise BotError(
            f"{path} is not a model trained by bot.train ({type(error).__name__}); run `maru train`"
        ) from error
    return ModelFile(path, hashlib.sha256(path.read_bytes()).hexdigest(), embedder, dimension)
