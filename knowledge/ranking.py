"""Which entries a question may mean: meaning (FAISS) and words (BM25) together, one row an entry id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from knowledge.embedder import Vectors
from knowledge.entry import Entry, Viewer
from knowledge.index import Snapshot

_DENSE_CANDIDATES = 50
_LEXICAL_CANDIDATES = 20

FEATURES = (
    "fused",
    "dense",
    "lexical",
    "fused_gap",
    "dense_gap",
    "fused_gap_third",
    "known_words",
    "agreement",
    "words",
    "scope",
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with its centred cosine, its share of the question's words, and both together."""

    entry: Entry
    dense: float
    lexical: float
    fused: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates in rank order, and what the calibration needs to know about the question."""

    candidates: tuple[Ranked, ...]
    known_words: float
    word_count: int
    scope: float

    def features(self, position: int = 0) -> npt.NDArray[np.float64]:
        """The features (len(FEATURES),) of the candidate at ``position``, for the calibration."""
        this = self.candidates[position]
        others = [c for i, c in enumerate(self.candidates) if i != position]
        rival = max((c.fused for c in others), default=0.0)
        third = sorted((c.fused for c in others), reverse=True)[1] if len(others) > 1 else 0.0
        best_lexical = max((c.lexical for c in others), default=0.0)
        best_dense = max((c.dense for c in others), default=0.0)
        return np.array(
            [
                this.fused,
                this.dense,
                this.lexical,
                this.fused - rival,
                this.dense - best_dense,
                this.fused - third,
                self.known_words,
                float(this.lexical > best_lexical and this.dense >= best_dense),
                np.log1p(self.word_count),
                self.scope,
            ]
        )


def rank(
    snapshot: Snapshot,
    vector: Vectors,
    morphemes: Sequence[str],
    viewer: Viewer,
    today: date,
    *,
    lexical_weight: float,
    scope: float,
) -> Ranking:
    """Rank what the viewer may see. ``vector`` (dimension,) is the question's unit vector, not yet centred; ``scope`` is
    the log-odds that it is a question for a city at all.

    Words count only as far as the index knows them: a question in another language, or misheard, is ranked by meaning.
    """
    centred = snapshot.centre.questions(vector)
    visible = snapshot.visible(viewer.audience, viewer.agency, today)
    lexical, known = snapshot.lexical.score(morphemes)
    if len(lexical):
        lexical = np.where(visible, lexical, 0.0)
    positions = set(snapshot.nearest(centred, viewer, today, _DENSE_CANDIDATES))
    positions.update(int(p) for p in np.argsort(-lexical)[:_LEXICAL_CANDIDATES] if lexical[p] > 0)
    best: dict[str, Ranked] = {}
    for position in sorted(positions):
        entry = snapshot.entries[position]
        dense = snapshot.dense_score(position, centred)
        words = float(lexical[position])
        ranked = Ranked(entry, dense, words, dense + lexical_weight * words)
        held = best.get(entry.entry_id)
        if held is None or ranked.fused > held.fused:
            best[entry.entry_id] = ranked
    ordered = sorted(best.values(), key=lambda r: (-r.fused, r.entry.entry_id))
    return Ranking(tuple(ordered), known, len(morphemes), scope)
