"""The app's sentence embeddings over HTTP: asked for in training, else only for a message without its vector."""

from __future__ import annotations

import base64
import binascii
import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.environment import AppAccess
from bot.errors import BotError

PATH = "/internal/embeddings"
MAX_TEXTS = 256


class EmbeddingServiceDown(BotError):
    """The app did not answer, or not as agreed."""


@dataclass(frozen=True)
class Embeddings:
    """``vectors`` is float32 (n, dimension) of unit rows; ``model`` is the fingerprint of the embedder."""

    model: str
    vectors: np.ndarray


def decode_vector(encoded: str) -> np.ndarray:
    """A base64 little-endian float16 vector as float32 (dimension,). Raises ValueError when it is not one."""
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64") from error
    if not raw or len(raw) % 2:
        raise ValueError("not a float16 vector")
    vector = np.frombuffer(raw, dtype="<f2").astype(np.float32)
    if not np.isfinite(vector).all():
        raise ValueError("not finite")
    return vector


class EmbeddingService:
    """Client of the app's embedding endpoint; proxies are ignored, the app is near."""

    def __init__(self, app: AppAccess, timeout_s: float) -> None:
        self._app = app
        self._timeout_s = timeout_s
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Vectors in the order of the texts. Raises EmbeddingServiceDown."""
        if not texts:
            raise ValueError("no text to embed")
        parts = [self._embed_batch(texts[start : start + MAX_TEXTS]) for start in range(0, len(texts), MAX_TEXTS)]
        if len({part.model for part in parts}) > 1:
            raise EmbeddingServiceDown("the app changed its embedder between two calls; try again")
        return Embeddings(parts[0].model, np.vstack([part.vectors for part in parts]))

    def _embed_batch(self, texts: Sequence[str]) -> Embeddings:
        request = urllib.request.Request(  # noqa: S310  (environment.py lets http and https through only)
            self._app.url + PATH,
            data=json.dumps({"texts": list(texts)}).encode(),
            headers={"Authorization": f"Bearer {self._app.secret}", "Content-Type": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=self._timeout_s) as response:
                answer = json.load(response)
            vectors = np.vstack([decode_vector(vector) for vector in answer["vectors"]])
            model = str(answer["model"])
        except urllib.error.HTTPError as error:
            # Without the cause: the app's error body could quote the text.
            raise EmbeddingServiceDown(f"the app at {self._app.url}{PATH} answered {error.code}") from None
        except (OSError, http.client.HTTPException):
            raise EmbeddingServiceDown(
                f"the app's embeddings at {self._app.url}{PATH} cannot be reached; is the app running?"
            ) from None
        except (ValueError, KeyError, TypeError):
            raise EmbeddingServiceDown(f"the app at {self._app.url}{PATH} answered something else") from None
        if vectors.shape[0] != len(texts):
            raise EmbeddingServiceDown(
                f"the app at {self._app.url}{PATH} answered {vectors.shape[0]} vectors, not {len(texts)}"
            )
        return Embeddings(model, vectors)
