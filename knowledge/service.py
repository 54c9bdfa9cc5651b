"""The knowledge base as the rest of Maru sees it: always an index of the published entries, never a half-built one."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from hashlib import blake2b
from typing import NamedTuple

import structlog
from sqlalchemy import Engine

from knowledge.calibration import load_calibration
from knowledge.change_watch import watch_changes
from knowledge.danger import Danger, DangerModel, load_danger
from knowledge.decision import Decision
from knowledge.embedder import Embedder, Vectors
from knowledge.entry import Entry, Viewer
from knowledge.errors import EmbedderUnavailableError, IndexInconsistentError
from knowledge.files.seeds import read_seeds
from knowledge.index import Snapshot, build_snapshot, revise_snapshot
from knowledge.morphemes import shared_kiwi
from knowledge.searcher import Searcher
from knowledge.store import FaqStore, Published
from knowledge.vector_cache import VectorCache, open_vector_cache
from maru.clock import Clock
from maru.settings import Settings

_LOG = structlog.get_logger("maru.knowledge")
_EMBEDDINGS_KEPT = 256
_READINGS_KEPT = 64
_TRY_AGAIN_S = 1.0
_MOST_DRIFT = 0.05  # beyond, the mean that vectors are centred on is taken anew


class _Live(NamedTuple):
    """What is served, and the index over it."""

    published: Published
    snapshot: Snapshot


class Knowledge:
    """Holds the current snapshot, follows changes of the store, and answers searches from several threads."""

    def __init__(self, settings: Settings, engine: Engine, clock: Clock) -> None:
        self._settings = settings
        self._engine = engine
        self._clock = clock
        self.store = FaqStore(engine, clock)
        self._embedder: Embedder | None = None
        self._searcher: Searcher | None = None
        self._danger: DangerModel | None = None
        self._cache: VectorCache | None = None
        self._live: _Live | None = None
        self._refreshing = threading.Lock()
        self._stop = threading.Event()
        self._worn = threading.Event()
        self._threads: list[threading.Thread] = []
        # Keyed by a digest under a throw-away key: vectors of recent questions, not the questions.
        self._recent: OrderedDict[bytes, Vectors] = OrderedDict()
        self._recent_key = secrets.token_bytes(32)
        self._heard: OrderedDict[str, tuple[str, ...]] = OrderedDict()  # scrubbed, like all that comes here
        self._recent_lock = threading.Lock()

    def open(self, embedder: Embedder) -> None:
        """Load, and begin to follow changes; blocks until searches can be answered."""
        self.load(embedder)
        self._threads = [
            threading.Thread(target=self._follow, name="maru-knowledge", daemon=True),
            threading.Thread(target=self._keep_fresh, name="maru-knowledge-renewal", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def load(self, embedder: Embedder) -> None:
        """Seed the store and build the first index."""
        shared_kiwi()
        self._embedder = embedder
        self._searcher = Searcher(load_calibration(), self._settings, embedder.encode_queries)
        self._danger = load_danger(embedder.fingerprint)
        self._cache = open_vector_cache(self._settings, embedder)
        if self._settings.seed_dir.is_dir():
            report = self.store.save(read_seeds(self._settings.seed_dir), seeding=True)
            _LOG.info("seeded", created=report.created, updated=report.updated, skipped=report.skipped)
        self.refresh()

    def close(self) -> None:
        """Stop following changes."""
        self._stop.set()
        self._worn.set()
        for thread in self._threads:
            thread.join(timeout=5)

    @property
    def is_ready(self) -> bool:
        """Whether searches can be answered."""
        return self._live is not None

    @property
    def snapshot(self) -> Snapshot:
        """The current index; raises ``EmbedderUnavailableError`` before there is one."""
        if self._live is None:
            raise EmbedderUnavailableError("the knowledge base isn't loaded")
        return self._live.snapshot

    def refresh(self) -> bool:
        """Swap in an index of the newest revision, computing only what changed; False when there was nothing to do."""
        with self._refreshing:
            if self._live is not None and self.store.revision() == self._live.published.revision:
                return False
            self._live = self._caught_up(self._live)
            if self._live.snapshot.units.drift > _MOST_DRIFT:
                self._worn.set()
            return True

    def renew(self) -> None:
        """Build the whole index anew with a mean of its own, aside, while edits go on going live; then swap it in."""
        embedder, cache = self._opened()
        before = self._live
        if before is None:
            return
        entries = list(before.published.entries.values())
        anew = build_snapshot(before.published.revision, entries, embedder, cache)
        with self._refreshing:
            self._live = self._caught_up(_Live(before.published, anew))

    def _opened(self) -> tuple[Embedder, VectorCache]:
        if self._embedder is None or self._cache is None:
            raise EmbedderUnavailableError("the knowledge base isn't open")
        return self._embedder, self._cache

    def _caught_up(self, live: _Live | None) -> _Live:
        embedder, cache = self._opened()
        started = time.perf_counter()
        published, report = self.store.published_after(live.published if live else None)
        entries = list(published.entries.values())
        snapshot: Snapshot | None = None
        if live is not None:
            try:
                snapshot = revise_snapshot(live.snapshot, published.revision, entries, embedder, cache)
            except IndexInconsistentError as error:
                _LOG.error("index_not_revised", error=str(error))
        if snapshot is None:
            snapshot = build_snapshot(published.revision, entries, embedder, cache)
        _LOG.info(
            "index_swapped",
            revision=published.revision,
            entries=len(snapshot),
            vectors=snapshot.unit_count,
            **asdict(report),
            drift=round(snapshot.units.drift, 3),
            ms=round((time.perf_counter() - started) * 1000),
        )
        return _Live(published, snapshot)

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

    def note_readings(self, question: str, others: Sequence[str]) -> None:
        """That a question was spoken, and what else may have been said; the last few are kept, in memory only."""
        with self._recent_lock:
            self._heard[question] = (question, *others)
            while len(self._heard) > _READINGS_KEPT:
                self._heard.popitem(last=False)

    def search(self, question: str, viewer: Viewer, without: Collection[str] = ()) -> Decision:
        """Which entry answers, which may be meant, or none, as if the entries ``without`` weren't there.

        Raises ``KnowledgeError`` while it can't tell.
        """
        if self._searcher is None:
            raise EmbedderUnavailableError("the knowledge base isn't open")
        vector = self.embed(question)
        with self._recent_lock:
            heard = self._heard.get(question, ())
        return self._searcher.search(
            self.snapshot, question, viewer, self._clock.today(), vector=vector, heard=heard, without=without
        )

    def danger(self, text: str) -> Danger | None:
        """What the meaning of these words tells of a danger now; None also while nothing can be embedded."""
        return None if self._danger is None else self._danger.heard(self.embed(text))

    def find(self, entry_id: str, viewer: Viewer) -> Entry | None:
        """A published entry that this viewer may see, in the viewer's language where there is one."""
        return self.snapshot.find(entry_id, viewer, self._clock.today())

    def _prepare(self) -> None:
        """Make what the first spoken question would have to wait for."""
        _ = self.snapshot.respeller

    def _follow(self) -> None:
        watch = watch_changes(self._engine, self._settings.index_poll_s, self._stop)
        while not self._stop.is_set():
            self._tried(self._prepare)
            watch.wait()
            if not self._tried(self.refresh):
                self._stop.wait(_TRY_AGAIN_S)
        watch.close()

    def _keep_fresh(self) -> None:
        while not self._stop.is_set():
            self._worn.wait()
            self._worn.clear()
            self._tried(self.renew)

    def _tried(self, work: Callable[[], object]) -> bool:
        if self._stop.is_set():
            return True
        try:
            work()
        except Exception as error:
            # The index of before goes on answering; the next round tries again, whatever it was.
            _LOG.error("index_not_refreshed", error=type(error).__name__)
            return False
        return True
