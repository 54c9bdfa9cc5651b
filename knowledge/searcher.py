"""From a question and its vector to a decision, over one snapshot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

from knowledge.calibration import Calibration
from knowledge.decision import Decision, Hit, decide, thresholds_of, thresholds_when_heard
from knowledge.embedder import Vectors
from knowledge.entry import Viewer
from knowledge.index import Snapshot
from knowledge.question import Encode, Question, is_english, read_question
from knowledge.ranking import rank
from maru.settings import Settings

_KEYWORD_CHARS = 12
_OTHER_READINGS = 4


class Searcher:
    """Ranks, calibrates and decides: everything between a question's vector and a decision."""

    def __init__(self, calibration: Calibration, settings: Settings, encode: Encode | None = None) -> None:
        """``encode`` embeds more questions; with it a question's keywords are searched for beside the whole."""
        self._calibration = calibration
        self._typed = thresholds_of(settings)
        self._heard = thresholds_when_heard(self._typed)
        self._encode = encode

    def search(
        self,
        snapshot: Snapshot,
        question: str,
        viewer: Viewer,
        today: date,
        *,
        vector: Vectors,
        heard: Sequence[str] = (),
        without: Collection[str] = (),
        top: int = 10,
    ) -> Decision:
        """The decision for a question with its query vector (dimension,); up to ``top`` hits in rank order.

        ``heard`` are all readings of a question that was spoken, the best first; the question is one of them. The
        entries ``without`` count as if they weren't there.
        """
        calibration = self._calibration
        ranking = rank(
            snapshot,
            self._readings(snapshot, question, vector, heard),
            viewer,
            today,
            weights=calibration.heard_weights if heard else calibration.evidence_weights,
            scope=calibration.scope(question, vector),
            english_offset=calibration.offset_for(vector),
        )
        if without:
            left = tuple(ranked for ranked in ranking.candidates if ranked.entry.entry_id not in without)
            ranking = replace(ranking, candidates=left)
        hits = tuple(
            Hit(ranked.entry, calibration.probability(ranking, position, heard=bool(heard)))
            for position, ranked in enumerate(ranking.candidates[:top])
        )
        # Rank order is by the fused score; no later hit may look surer than the one before it.
        levelled = tuple(accumulate(hits, lambda before, hit: Hit(hit.entry, min(hit.score, before.score))))
        return decide(
            levelled,
            self._heard if heard else self._typed,
            bare_keyword=bool(levelled) and ranking.is_bare_keyword and len(question) <= _KEYWORD_CHARS,
            heard=bool(heard),
        )

    def _readings(self, snapshot: Snapshot, question: str, vector: Vectors, heard: Sequence[str]) -> list[Question]:
        if not heard:
            return [read_question(question, vector, self._encode)]
        # No keywords of what was misheard: its words are cut in the wrong places.
        others = [text for text in dict.fromkeys(heard) if text != question][:_OTHER_READINGS]
        if self._encode is not None and not is_english(question):
            respelled = snapshot.respeller.respell([question, *others])
            others += [respelled] if respelled else []
        vectors = self._encode(others) if others and self._encode is not None else ()
        pairs = zip([question, *others], [vector, *vectors], strict=False)
        return [read_question(text, each) for text, each in pairs]
