"""Train Rasa: ``python -m bot.train --out models/rasa.tar.gz`` (the app must be up: it makes the sentence features).

Prints one line of progress and one JSON line: ``{"model", "sha256", "embedder", "dimension", "seconds"}``.
Ends with 1 and one line on stderr when something is missing.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bot import log_redaction
from bot.embedding_service import EmbeddingService
from bot.environment import read_app_access
from bot.errors import BotError, bot_error_behind
from bot.model_file import ModelFile, read_model_file
from bot.project import ROOT, quiet_libraries

SEED = 42
PROBE_TIMEOUT_S = 30.0


def train(out: Path) -> ModelFile:
    """Train on config.yml, domain.yml and data/, and put the model at ``out`` in one step. Raises BotError."""
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    # Before seconds of imports: is the app there at all?
    EmbeddingService(read_app_access(), PROBE_TIMEOUT_S).embed(["안녕하세요"])
    random.seed(SEED)
    np.random.seed(SEED)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".training-") as folder:
        # A model is made from what lies here now, never from a cache of an earlier embedder.
        os.environ.update(RASA_CACHE_DIRECTORY=folder, RASA_MAX_CACHE_SIZE="0")
        trained = _train_rasa(Path(folder), out.name)
        read_model_file(trained)
        trained.replace(out)
    return read_model_file(out)


def _train_rasa(folder: Path, name: str) -> Path:
    import skops.io  # noqa: F401  (before TensorFlow: 0.7 s instead of 9 s)
    from rasa.model_training import train as train_rasa

    log_redaction.seal()
    try:
        # Rasa prints its success in colours; stdout belongs to our two lines.
        with contextlib.redirect_stdout(io.StringIO()):
            result = train_rasa(
                domain=str(ROOT / "domain.yml"),
                config=str(ROOT / "config.yml"),
                training_files=[str(ROOT / "data" / part) for part in ("nlu", "rules")],
                output=str(folder),
                fixed_model_name=name,
                force_training=True,
            )
    except SystemExit as error:  # how Rasa reports a slot or an action that the domain does not know
        raise BotError("Rasa refuses the training data; check data/rules against domain.yml") from error
    except Exception as error:
        known = bot_error_behind(error)
        if known is None:
            raise
        raise known from None
    if result.code or not result.model:
        raise BotError("Rasa found nothing to train on; check data/nlu, data/rules and domain.yml")
    return Path(result.model)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bot.train", description=__doc__)
    parser.add_argument("--out", type=_model_path, required=True, help="model file to write, ending in .tar.gz")
    parser.add_argument("--log-level", default="WARNING", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
    options = parser.parse_args()
    quiet_libraries()
    log_redaction.install(options.log_level)
    started = time.monotonic()
    _say("training intents and rules ...")
    try:
        model = train(options.out)
    except BotError as error:
        sys.stderr.write(f"training failed: {error}\n")
        return 1
    result = {
        "model": str(model.path),
        "sha256": model.sha256,
        "embedder": model.embedder,
        "dimension": model.dimension,
        "seconds": round(time.monotonic() - started, 1),
    }
    _say(json.dumps(result, ensure_ascii=False))
    return 0


def _model_path(given: str) -> Path:
    if not given.endswith(".tar.gz"):
        raise argparse.ArgumentTypeError(f"must end in .tar.gz, not {given}")
    return Path(given)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
