from __future__ import annotations

import numpy as np
import pytest

from knowledge.calibration import load_calibration
from knowledge.entry import Entry
from knowledge.ranking import EVIDENCE, FEATURES, Ranked, Ranking
from knowledge.training.examples import Example, reweighed
from knowledge.training.fusion import fit_fusion
from tests.knowledge.entries import an_entry


def ranked(entry_id: str, fused: float, dense: float = 0.5, lexical: float = 0.5) -> Ranked:
    return Ranked(an_entry(entry_id), np.array([dense, dense, dense, lexical]), fused)


def ranking(*candidates: Ranked) -> Ranking:
    return Ranking(tuple(sorted(candidates, key=lambda c: -c.fused)), known_words=0.9, word_count=4, scope=2.0)


def named(found: Ranking, position: int = 0) -> dict[str, float]:
    return dict(zip(FEATURES, found.features(position).tolist(), strict=True))


def test_when_rivals_are_near_then_gap_and_share_are_small() -> None:
    near, far = named(ranking(ranked("a", 10), ranked("b", 9.9))), named(ranking(ranked("a", 10), ranked("b", 5)))
    assert near["fused_gap"] == pytest.approx(0.1)
    assert far["fused_gap"] == pytest.approx(5)
    assert near["share"] == pytest.approx(1 / (1 + np.exp(-0.1)))
    assert far["share"] > 0.99


def test_when_there_is_one_candidate_then_no_gap_says_more_than_the_greatest() -> None:
    alone = named(ranking(ranked("a", 10)))
    assert alone["fused_gap"] == named(ranking(ranked("a", 30), ranked("b", 1)))["fused_gap"] == 6
    assert alone["share"] == 1


def test_when_words_and_meaning_choose_the_same_then_they_agree() -> None:
    assert named(ranking(ranked("a", 9, 0.7, 0.7), ranked("b", 5, 0.6, 0.1)))["agreement"] == 1
    assert named(ranking(ranked("a", 9, 0.7, 0.1), ranked("b", 5, 0.6, 0.7)))["agreement"] == 0


def test_when_the_gap_grows_then_the_shipped_calibration_is_surer() -> None:
    calibration = load_calibration()
    chances = [calibration.probability(ranking(ranked("a", 14), ranked("b", 14 - gap))) for gap in (0.1, 1, 3, 6)]
    assert chances == sorted(chances)
    assert chances[0] < 0.7 < chances[-1]


def test_when_vectors_are_of_another_model_then_the_calibration_does_without_them() -> None:
    calibration = load_calibration()
    other = np.ones(7, dtype=np.float32)
    assert calibration.offset_for(other) is None
    assert calibration.scope("무엇이든", other) == calibration.mean[FEATURES.index("scope")]


def test_when_one_evidence_tells_right_from_wrong_then_the_fit_relies_on_it() -> None:
    numbers = np.random.default_rng(4)
    examples: list[Example] = []
    for number in range(200):
        evidence = numbers.uniform(0, 1, size=(5, len(EVIDENCE)))
        right = int(np.argmax(evidence[:, 3]))  # the words decide, everything else is noise
        entries: list[Entry] = [an_entry(f"entry-{number}-{at}") for at in range(5)]
        candidates = tuple(Ranked(e, row, 0.0) for e, row in zip(entries, evidence, strict=True))
        found = Ranking(candidates, known_words=1.0, word_count=3, scope=0.0)
        examples.append(Example("made", "ko", str(number), "", entries[right].entry_id, found))
    weights = fit_fusion(examples)
    assert (weights >= 0).all()
    assert int(np.argmax(weights)) == 3
    assert weights[3] > 4 * np.delete(weights, 3).max()
    first = [reweighed(e.ranking, weights.tolist(), 0.0).candidates[0].entry.entry_id == e.answer for e in examples]
    assert np.mean(first) > 0.9
