"""Unit vectors of entries, searchable: a large block that edits leave alone and a small one that they replace."""

from __future__ import annotations

import numpy as np

from knowledge.embedder import Vectors
from knowledge.vector_index import Choice, Mask, Positions, VectorIndex

NOBODY = -1  # owner of a unit whose entry has changed or gone since its block was built


class Units:
    """The units of a snapshot: those of the base block first, then the fresh ones, each owned by an entry or nobody.

    An entry's units lie side by side in one block.
    """

    def __init__(self, owner: Positions, base: VectorIndex, fresh: VectorIndex) -> None:
        """``owner`` (len(base) + len(fresh),) are positions of entries, or ``NOBODY``."""
        self.owner = owner
        self.base = base
        self.fresh = fresh
        live = np.flatnonzero(owner != NOBODY)
        entries = int(owner.max(initial=NOBODY)) + 1
        self.count = np.bincount(owner[live], minlength=entries)
        self._start = np.zeros(entries, dtype=np.int64)
        self._start[owner[live][::-1]] = live[::-1]  # the first of each entry is written last

    def __len__(self) -> int:
        """How many vectors the index holds for entries of now."""
        return len(self.base) + len(self.fresh) - int(np.count_nonzero(self.owner == NOBODY))

    @property
    def drift(self) -> float:
        """How much has come and gone since the base block was built, as a share of it."""
        gone = int(np.count_nonzero(self.owner[: len(self.base)] == NOBODY))
        return (gone + len(self.fresh)) / max(1, len(self.base))

    def of(self, entry: int) -> Vectors:
        """The vectors (n, dimension) of the entry at a position."""
        start, count, edge = self._start[entry], self.count[entry], len(self.base)
        if start < edge:
            return self.base.vectors[start : start + count]
        return self.fresh.vectors[start - edge : start - edge + count]

    def choice(self, entries: Mask) -> tuple[Choice, Choice]:
        """The units of the chosen entries (n_entries,), in the base and in the fresh block."""
        chosen = np.append(entries, False)[self.owner]  # NOBODY's is the last
        return Choice(chosen[: len(self.base)]), Choice(chosen[len(self.base) :])

    def nearest(self, vector: Vectors, wanted: int, choice: tuple[Choice, Choice]) -> Positions:
        """Owners of the ``wanted`` units nearest to a vector (dimension,), best first; an owner comes once a unit."""
        scores, units = self.base.search(vector, wanted, choice[0])
        fresh_scores, fresh_units = self.fresh.search(vector, wanted, choice[1])
        scores, units = np.append(scores, fresh_scores), np.append(units, fresh_units + len(self.base))
        best = np.argsort(-scores, kind="stable")[:wanted]
        return self.owner[units[best]]
