"""Maru as the app runs it: the store, the index that follows it, and the decision's own probability."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.retrieval.corpora import Question
from bench.retrieval.peers import KEPT, Found, InProcess, PeerUnavailableError
from knowledge.embedder import Embedder
from knowledge.entry import Entry, Viewer
from knowledge.errors import KnowledgeError
from knowledge.service import Knowledge
from maru.clock import SystemClock
from maru.database import migrate, open_engine
from maru.settings import Settings

_NEVER_S = 86_400.0  # edits are taken live by the benchmark, not by the watcher


class Maru(InProcess):
    """A knowledge base of its own; only vectors are kept in ``cache`` from one run to the next."""

    def __init__(self, settings: Settings, embedder: Embedder, cache: Path) -> None:
        self._embedder = embedder
        self._folder = tempfile.TemporaryDirectory(prefix="maru-bench-")
        own = Path(self._folder.name)
        update = {"data_dir": cache / "maru", "seed_dir": own / "no-seeds", "index_poll_s": _NEVER_S}
        own_settings = settings.model_copy(update=update)
        self._engine = open_engine(f"sqlite:///{own / 'maru.db'}")
        self._knowledge = Knowledge(own_settings, self._engine, SystemClock())

    def build(self, entries: Sequence[Entry]) -> None:
        migrate(self._engine)
        self._knowledge.store.save(entries)
        try:
            self._knowledge.open(self._embedder)
        except KnowledgeError as error:
            raise PeerUnavailableError(str(error)) from error

    def search(self, question: Question) -> Found:
        ranked = self._knowledge.search(question.text, Viewer(locale=question.locale)).ranked
        ids = dict.fromkeys(hit.entry.entry_id for hit in ranked)
        return Found(tuple(ids)[:KEPT], ranked[0].score if ranked else 0.0)

    def edit(self, entry: Entry) -> None:
        self._knowledge.store.save([entry])
        self._knowledge.refresh()

    def close(self) -> None:
        self._knowledge.close()
        self._engine.dispose()
        self._folder.cleanup()
