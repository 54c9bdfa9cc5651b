"""Which systems there are, under the names of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bench.retrieval.peers import Peer
from bench.retrieval.peers.elsewhere import Elsewhere
from bench.retrieval.peers.hybrid import NaiveHybrid
from bench.retrieval.peers.maru import Maru
from bench.retrieval.peers.vectors import PlainVectors
from bench.retrieval.peers.words import Words
from bench.worker_process import bench_python
from knowledge.embedder import BUNDLED, Embedder, load_embedder
from knowledge.vector_cache import VectorCache
from maru.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
OURS = "maru"


@dataclass(frozen=True, slots=True)
class System:
    """``limit`` is how many entries it can take in reasonable time (None: any), ``edits`` how often one is timed."""

    title: str
    make: Callable[[], Peer]
    limit: int | None = None
    edits: int = 5


def systems(settings: Settings, cache: Path, selector_entries: int) -> Mapping[str, System]:
    """Every system, by its name on the command line; Maru last. The models are loaded when they are first needed."""

    @lru_cache(maxsize=1)
    def plain_embedder() -> Embedder:
        """The model as its makers publish it, without what Maru has learned on top."""
        return load_embedder(settings.model_copy(update={"adaptation": "none"}))

    @lru_cache(maxsize=1)
    def our_embedder() -> Embedder:
        return load_embedder(settings)

    def vectors() -> PlainVectors:
        embedder = plain_embedder()
        return PlainVectors(embedder, VectorCache(cache / "vectors.db", embedder.fingerprint, embedder.dimension))

    def haystack() -> Peer:
        model = settings.models_dir / BUNDLED if settings.embedder == BUNDLED else Path(settings.embedder)
        return Elsewhere(
            bench_python(),
            "bench.retrieval.workers.haystack_hybrid",
            cache / "haystack.log",
            [str(model.resolve()) if model.exists() else settings.embedder],
        )

    def response_selector() -> Peer:
        python = ROOT / ".venv-rasa" / "bin" / "python"
        return Elsewhere(python, "bench.retrieval.workers.response_selector", cache / "response_selector.log")

    return {
        "bm25": System("BM25 (Kiwi)", Words),
        "e5": System("e5 + FAISS", vectors),
        "hybrid": System("e5 + BM25, 0.7 : 0.3", lambda: NaiveHybrid(vectors(), Words())),
        "haystack": System("Haystack hybrid", haystack),
        "rasa": System("Rasa ResponseSelector", response_selector, limit=selector_entries, edits=1),
        OURS: System("Maru", lambda: Maru(settings, our_embedder(), cache)),
    }
