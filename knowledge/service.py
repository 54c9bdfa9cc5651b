"""The knowledge base as the rest of Maru sees it: always an index of the published entries, never a half-built one."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from hashlib import blake2b

import structlog
from sqlalchemy import Engine

from knowledge.calibration import load_calibration
from knowledge.decision import Decision
from knowledge.embedder import Embedder, Vectors
from knowledge.entry import Entry, Viewer
from knowledge.errors import EmbedderUnavailableError
from knowledge.files.seeds import read_seeds
from knowledge.index import Snapshot, build_snapshot
from knowledge.morphemes import shared_kiwi
from knowledge.searcher import Searcher
from knowledge.store import FaqStore
from knowledge.vector_cache import VectorCache, open_vector_cache
from maru.clock import Clock
from maru.settings import Settings

_LOG = structlog.get_logger("maru.knowledge")
_EMBEDDINGS_KEPT = 256


class Knowledge:
    """Holds the current snapshot, follows changes of the store, and answers searches from several threads."""

    def __init__(self, settings: Settings, engine: Engine, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self.store = FaqStore(engine, clock)
        self._embedder: Embedder | None = None
        self._searcher: Searcher | None = None
        self._cache: VectorCache | None = None
        self._snapshot: Snapshot | None = None
        self._refreshing = threading.Lock()
        self._stop = threading.Event()
        self._watcher: threading.Thread | None = None
        # Keyed by a digest under a throw-away key: vectors of recent questions, not the questions.
        self._recent: OrderedDict[bytes, Vectors] = OrderedDict()
        self._recent_key = secrets.token_bytes(32)
        self._recent_lock = threading.Lock()

    def open(self, embedder: Embedder) -> None:
        """Seed the store, build the first index and begin to follow changes; blocks until searches can be answered."""
        shared_kiwi()
        self._embedder = embedder
        self._searcher = Searcher(load_calibration(), self._settings, embedder.encode_queries)
        self._cache = open_vector_cache(self._settings, embedder)
        if self._settings.seed_dir.is_dir():
            report = self.store.save(read_seeds(self._settings.seed_dir), seeding=True)
            _LOG.info("seeded", created=report.created, updated=report.updated, skipped=report.skipped)
        self.refresh()
        self._watcher = threading.Thread(target=self._follow, name="maru-knowledge", daemon=True)
        self._watcher.start()

    def close(self) -> None:
        """Stop following changes."""
        self._stop.set()
        if self._watcher is not None:
            self._watcher.join(timeout=5)

    @property
    def is_ready(self) -> bool:
        """Whether searches can be answered."""
        return self._snapshot is not None

    @property
    def snapshot(self) -> Snapshot:
        """The current index; raises ``EmbedderUnavailableError`` before there is one."""
        if self._snapshot is None:
            raise EmbedderUnavailableError("the knowledge base isn't loaded")
        return self._snapshot

    def refresh(self) -> bool:
        """Build and swap in an index of the newest revision; False when there was nothing to do."""
        with self._refreshing:
            if self._embedder is None or self._cache is None:
                raise EmbedderUnavailableError("the knowledge base isn't open")
            if self._snapshot is not None and self.store.revision() == self._snapshot.revision:
                return False
            revision, entries = self.store.published()
            self._snapshot = build_snapshot(revision, entries, self._embedder, self._cache)
            _LOG.info("index_swapped", revision=revision, entries=len(entries), vectors=self._snapshot.unit_count)
            return True

    def embed(self, question: str) -> Vectors:
        """The question's unit vector (dimension,); the last few are kept."""
        key = blake2b(question.encode(), key=self._recent_key, digest_size=16).digest()
        with self._recent_lock:
            held = self._recent.get(key)
            if held is not None:
                self._recent.move_to_end(key)
                return held
        if self._embedder is None:
            raise EmbedderUnavailableError("the embedder isn't loaded")
        vector: Vectors = self._embedder.encode_queries([question])[0]
        with self._recent_lock:
            self._recent[key] = vector
            while len(self._recent) > _EMBEDDINGS_KEPT:
                self._recent.popitem(last=False)
        return vector

    def search(self, question: str, viewer: Viewer) -> Decision:
        """Which entry answers, which may be meant, or none; raises ``KnowledgeError`` while it can't tell."""
        if self._searcher is None:
            raise EmbedderUnavailableError("the knowledge base isn't open")
        vector = self.embed(question)
        return self._searcher.search(self.snapshot, question, viewer, self._clock.today(), vector=vector)

    def find(self, entry_id: str, viewer: Viewer) -> Entry | None:
        """A published entry that this viewer may see, in the viewer's language where there is one."""
        return self.snapshot.find(entry_id, viewer, self._clock.today())

    def _follow(self) -> None:
        while not self._stop.wait(self._settings.index_poll_s):
            try:
                self.refresh()
            except Exception as error:
                # The index of before goes on answering; the next round tries again, whatever it was.
                _LOG.error("index_not_refreshed", error=type(error).__name__)
