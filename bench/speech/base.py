"""Seoul's 120 entries as the app would hold them, so that what was heard can be searched for in process."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from knowledge.embedder import load_embedder
from knowledge.entry import Viewer
from knowledge.service import Knowledge
from knowledge.training.seoul import read_seoul_entries
from maru.clock import SystemClock
from maru.database import migrate, open_engine
from maru.settings import Settings

_NEVER_S = 86_400.0
_CITIZEN = Viewer(locale="ko")


class SeoulBase:
    """A knowledge base of its own; only vectors are kept in ``cache`` (the first time takes a minute or two)."""

    def __init__(self, settings: Settings, shared: Path, cache: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="maru-bench-")
        own = Path(self._folder.name)
        update = {"data_dir": cache, "seed_dir": own / "no-seeds", "index_poll_s": _NEVER_S}
        self._engine = open_engine(f"sqlite:///{own / 'maru.db'}")
        migrate(self._engine)
        self._knowledge = Knowledge(settings.model_copy(update=update), self._engine, SystemClock())
        self._knowledge.store.save(read_seoul_entries(shared / "seoul-120"))
        self._knowledge.load(load_embedder(settings))

    def typed(self, question: str) -> list[str]:
        """The ids found for a question as it was written, in rank order."""
        return [hit.entry.entry_id for hit in self._knowledge.search(question, _CITIZEN).ranked]

    def spoken(self, text: str, others: Sequence[str] = ()) -> list[str]:
        """The ids found for what was heard and what it may have been besides; none for nothing."""
        if not text:
            return []
        self._knowledge.note_readings(text, others)
        return self.typed(text)

    def near(self, text: str, most: int) -> list[str]:
        """The questions of the ``most`` entries nearest to a first text, for the recogniser."""
        self._knowledge.note_readings(text, ())  # ranked as what was heard, not as what was typed
        ranked = self._knowledge.search(text, _CITIZEN).ranked
        return [hit.entry.question for hit in ranked[:most]]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._knowledge.close()
        self._engine.dispose()
        self._folder.cleanup()
