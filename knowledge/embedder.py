"""Sentence embeddings through sentence-transformers: questions and passages to unit vectors."""

from __future__ import annotations

import contextlib
import copy
import ctypes
import gc
import hashlib
import json
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.adaptation import SHIPPED, Adaptation, read_adaptation
from knowledge.errors import EmbedderUnavailableError
from knowledge.model_files import MANIFEST, is_assembled
from maru.settings import Settings

Vectors = npt.NDArray[np.float32]

BUNDLED = "e5-small"
_TYPICAL_QUESTION = "query: 이사를 했는데 주소를 바꾸려면 어디에 가서 무엇을 내야 하나요?"


class Embedder:
    """One sentence-transformers model; safe to call from several threads.

    ``fingerprint`` names the model's files and prompts: vectors of one fingerprint may be compared, others may not.
    """

    def __init__(self, model: Any, fingerprint: str) -> None:
        self._model = model
        self._lock = threading.Lock()  # fast tokenizers can't be borrowed twice at a time
        prompts: dict[str, str] = dict(getattr(model, "prompts", None) or {})
        self._query_prompt = prompts.get("query") or ""
        self._passage_prompt = prompts.get("passage") or prompts.get("document") or ""
        self.fingerprint = fingerprint
        self.dimension = int(model.get_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (n, dimension) of what people ask."""
        return self._encode([self._query_prompt + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (n, dimension) of what entries say."""
        return self._encode([self._passage_prompt + text for text in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode(
                texts, batch_size=32, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        # In half precision the model's own unit vectors are a little off.
        normed: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return normed


def load_embedder(settings: Settings) -> Embedder:
    """Load the configured model without touching the network when it is the bundled one or a folder.

    Raises ``EmbedderUnavailableError`` naming the setting and what to do.
    """
    name = model_name(settings)
    try:
        model = open_model(name, settings.device)
    except (OSError, ValueError) as error:
        raise EmbedderUnavailableError(f"MARU_EMBEDDER={settings.embedder}: {error}") from error
    base = base_fingerprint(name, model)
    adaptation = _adaptation(settings.adaptation, base)
    if adaptation is not None:
        adaptation.add_to(model)
    if settings.device == "cpu":
        model = _quickest(model)
        _return_freed_memory()
    return Embedder(model, base if adaptation is None else _digest(f"{base}|{adaptation.digest}"))


def model_name(settings: Settings) -> str:
    """The configured model's folder or name; raises ``EmbedderUnavailableError`` where the bundled one is missing."""
    folder = settings.models_dir / BUNDLED if settings.embedder == BUNDLED else Path(settings.embedder)
    if settings.embedder == BUNDLED and not is_assembled(folder):
        raise EmbedderUnavailableError(f"{folder} is missing or incomplete; run make setup (or maru models)")
    return str(folder) if folder.is_dir() else settings.embedder


def open_model(name: str | Path, device: str) -> Any:
    """A sentence-transformers model from a folder (then without the network) or by its name.

    Raises ``OSError`` or ``ValueError``.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    # A question is a few tokens: a second thread saves nothing, and OpenMP's waiting burns the core that Rasa needs.
    torch.set_num_threads(1)
    return SentenceTransformer(str(name), device=device, local_files_only=Path(name).is_dir())


def _adaptation(setting: str, base: str) -> Adaptation | None:
    """What to add to the model: the shipped additions fit one model only, a file's have to fit."""
    if setting == "none":
        return None
    adaptation = read_adaptation(SHIPPED if setting == "shipped" else Path(setting))
    if adaptation.base == base:
        return adaptation
    if setting == "shipped":
        return None
    raise EmbedderUnavailableError(f"MARU_ADAPTATION={setting} was learned on another model; run maru train embeddings")


def _quickest(model: Any) -> Any:
    """The model, or its bfloat16 copy where this CPU computes that faster (twice with AVX512-BF16, slower without).

    Measured when loading, in a second; the vectors stay the same (cosine 0.99999).
    """
    import torch

    halved = copy.deepcopy(model).to(torch.bfloat16)
    return halved if _seconds(halved) < 0.8 * _seconds(model) else model


def _return_freed_memory() -> None:
    """Loading and the copy that wasn't chosen leave 0.8 GB free that glibc would keep to itself."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # not glibc
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _seconds(model: Any) -> float:
    best = float("inf")
    for _ in range(6):
        started = time.perf_counter()
        model.encode([_TYPICAL_QUESTION], show_progress_bar=False)
        best = min(best, time.perf_counter() - started)
    return best


def base_fingerprint(name: str, model: Any) -> str:
    """What the model's files and prompts come to, before anything is added."""
    manifest = Path(name) / MANIFEST
    if manifest.is_file():
        files: dict[str, dict[str, str]] = json.loads(manifest.read_text("utf-8"))["files"]
        identity = json.dumps({file: facts["sha256"] for file, facts in files.items()}, sort_keys=True)
    else:
        # No manifest: the weights themselves identify the model.
        digest = hashlib.sha256(name.encode())
        for key, tensor in sorted(model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.detach().cpu().numpy().tobytes())
        identity = digest.hexdigest()
    prompts = json.dumps(dict(getattr(model, "prompts", None) or {}), sort_keys=True)
    return _digest(f"{identity}|{prompts}")


def _digest(identity: str) -> str:
    return hashlib.sha256(identity.encode()).hexdigest()[:16]
