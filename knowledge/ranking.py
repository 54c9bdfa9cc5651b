"""Which entries a question may mean: by meaning (FAISS), words and sounds (BM25) together, one row an entry id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from knowledge.embedder import Vectors
from knowledge.entry import Entry, Viewer
from knowledge.index import Snapshot
from knowledge.question import Question, direction
from knowledge.visibility import Mask

_DENSE_CANDIDATES = 50
_LEXICAL_CANDIDATES = 20
_SOUND_CANDIDATES = 10

# What a candidate is ranked by.
EVIDENCE = ("question", "best_two", "passage", "lexical", "sound")
# What the best candidate's probability is read from.
FEATURES = (
    "fused",
    "fused_gap",
    "fused_gap_third",
    "share",
    "known_words",
    "agreement",
    "lexical_gap",
    "dense_gap",
    "words",
    "scope",
    "off_scope",
)

Evidence = npt.NDArray[np.float64]

_KEYWORDS = 2
_MANY_WORDS = 12  # more of them say no more
_LONE_GAP = 6.0  # log-odds: no gap says more than this


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry with its evidence (len(EVIDENCE),) and its fused score, in log-odds against the other candidates."""

    entry: Entry
    evidence: Evidence
    fused: float

    @property
    def dense(self) -> float:
        """The centred cosine: its questions and its passage together."""
        question, best_two, passage = self.evidence[:3].tolist()
        return float(0.2 * question + 0.2 * best_two + 0.6 * passage)

    @property
    def lexical(self) -> float:
        """The share of the question's words that it holds, by BM25."""
        return float(self.evidence[3])


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates in rank order, and what the calibration needs to know about the question."""

    candidates: tuple[Ranked, ...]
    known_words: float
    word_count: int
    scope: float

    @property
    def is_bare_keyword(self) -> bool:
        """Whether the question is one or two words that the best candidate holds."""
        return 0 < self.word_count <= _KEYWORDS and self.known_words > 0.99 and self.candidates[0].lexical > 0

    def features(self, position: int = 0) -> npt.NDArray[np.float64]:
        """The features (len(FEATURES),) of the candidate at ``position``, for the calibration."""
        this = self.candidates[position]
        others = [c for i, c in enumerate(self.candidates) if i != position]
        rivals = sorted((c.fused for c in others), reverse=True)[:2]
        rival = rivals[0] if rivals else this.fused - _LONE_GAP
        third = rivals[1] if len(rivals) > 1 else this.fused - _LONE_GAP
        total = float(np.exp([c.fused - this.fused for c in self.candidates]).sum())
        lexical_gap = this.lexical - max((c.lexical for c in others), default=0.0)
        dense_gap = this.dense - max((c.dense for c in others), default=0.0)
        return np.array(
            [
                this.fused,
                np.clip(this.fused - rival, -_LONE_GAP, _LONE_GAP),
                np.clip(this.fused - third, -_LONE_GAP, _LONE_GAP),
                1.0 / total,
                self.known_words,
                float(lexical_gap > 0 and dense_gap >= 0),
                lexical_gap,
                dense_gap,
                min(self.word_count, _MANY_WORDS),
                self.scope,
                min(self.scope, 0.0),  # what is hardly a city's business needs far better evidence
            ]
        )


def rank(
    snapshot: Snapshot,
    readings: Sequence[Question],
    viewer: Viewer,
    today: date,
    *,
    weights: Sequence[float],
    scope: float,
    english_offset: Vectors | None = None,
) -> Ranking:
    """Rank what the viewer may see by ``weights`` of EVIDENCE; ``scope`` is the log-odds that it is a city's business.

    ``readings`` are the question or, when it was spoken, what may have been said: an entry counts by the reading that
    fits it best. Words count only as far as the index knows them: a question in another language is ranked by meaning,
    a misheard one by its sounds, too.
    """
    visible = snapshot.visible(viewer.audience, viewer.agency, today)
    factor = np.asarray(weights, dtype=np.float64)
    best: dict[str, Ranked] = {}
    known = 0.0
    for question in readings:
        candidates, known_words = _candidates(snapshot, question, viewer, today, visible, english_offset)
        known = max(known, known_words)
        for entry, evidence in candidates:
            fused = float(evidence @ factor)
            held = best.get(entry.entry_id)
            if held is None or fused > held.fused:
                best[entry.entry_id] = Ranked(entry, evidence, fused)
    ordered = sorted(best.values(), key=lambda r: (-r.fused, r.entry.entry_id))
    return Ranking(tuple(ordered), known, len(readings[0].terms), scope)


def _candidates(
    snapshot: Snapshot, question: Question, viewer: Viewer, today: date, visible: Mask, english_offset: Vectors | None
) -> tuple[list[tuple[Entry, Evidence]], float]:
    """What one reading may mean, with its evidence; and the share of its words that the index knows."""
    vector = asked_direction(snapshot, question, english_offset)
    lexical, known = snapshot.lexical.score(question.terms)
    sound, _ = snapshot.sounds.score([(run,) for run in question.runs])
    positions = set(snapshot.nearest(vector, viewer, today, _DENSE_CANDIDATES))
    for scores, limit in ((lexical, _LEXICAL_CANDIDATES), (sound, _SOUND_CANDIDATES)):
        positions.update(_highest(scores, visible, limit))
    candidates: list[tuple[Entry, Evidence]] = []
    for position in sorted(positions):
        asked, passage = snapshot.cosines(position, vector)
        best, *others = sorted(asked.tolist(), reverse=True)
        best_two = (best + others[0]) / 2 if others else best
        evidence = np.array([best, best_two, passage, lexical[position], sound[position]], dtype=np.float64)
        candidates.append((snapshot.entries[position], evidence))
    return candidates, known


def _highest(scores: npt.NDArray[np.float32], visible: Mask, limit: int) -> list[int]:
    """Positions of the visible entries with the highest scores above 0."""
    held = np.flatnonzero((scores > 0) & visible)
    if len(held) > limit:
        held = held[np.argpartition(-scores[held], limit)[:limit]]
    return [int(position) for position in held]


def asked_direction(snapshot: Snapshot, question: Question, english_offset: Vectors | None) -> Vectors:
    """The centred unit vector (dimension,) to search with: halfway between the whole question and its keywords."""
    whole = snapshot.centre.questions(question.vector, question.is_english, english_offset)
    keywords = snapshot.centre.questions(question.keyword_vector, question.is_english, english_offset)
    return direction(whole, keywords)
