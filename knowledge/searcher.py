"""From a question and its vector to a decision, over one snapshot."""

from __future__ import annotations

from datetime import date
from itertools import accumulate

from knowledge.calibration import Calibration
from knowledge.decision import Decision, Hit, decide
from knowledge.embedder import Vectors
from knowledge.entry import Viewer
from knowledge.index import Snapshot
from knowledge.question import Encode, read_question
from knowledge.ranking import rank
from maru.settings import Settings

_KEYWORD_CHARS = 12


class Searcher:
    """Ranks, calibrates and decides: everything between a question's vector and a decision."""

    def __init__(self, calibration: Calibration, settings: Settings, encode: Encode | None = None) -> None:
        """``encode`` embeds more questions; with it a question's keywords are searched for beside the whole."""
        self._calibration = calibration
        self._settings = settings
        self._encode = encode

    def search(
        self, snapshot: Snapshot, question: str, viewer: Viewer, today: date, *, vector: Vectors, top: int = 10
    ) -> Decision:
        """The decision for a question with its query vector (dimension,); up to ``top`` hits in rank order."""
        ranking = rank(
            snapshot,
            read_question(question, vector, self._encode),
            viewer,
            today,
            weights=self._calibration.evidence_weights,
            scope=self._calibration.scope(vector),
            english_offset=self._calibration.offset_for(vector),
        )
        hits = tuple(
            Hit(ranked.entry, self._calibration.probability(ranking, position))
            for position, ranked in enumerate(ranking.candidates[:top])
        )
        # Rank order is by the fused score; no later hit may look surer than the one before it.
        levelled = tuple(accumulate(hits, lambda before, hit: Hit(hit.entry, min(hit.score, before.score))))
        return decide(
            levelled,
            self._settings.answer_threshold,
            self._settings.clarify_threshold,
            bare_keyword=bool(levelled) and ranking.is_bare_keyword and len(question) <= _KEYWORD_CHARS,
        )
