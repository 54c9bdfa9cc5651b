from __future__ import annotations

import numpy as np
import pytest

from bench.scale.__main__ import rows, table
from bench.scale.collections import Groups, Mixture, uniform
from bench.scale.measure import FILTERS, measure

DIMENSION = 32


@pytest.fixture(scope="module")
def mixture() -> Mixture:
    """Fitted on 200 groups of ten that lie around their middles."""
    chance = np.random.default_rng(1)
    group = np.repeat(np.arange(200), 10)
    middles = chance.standard_normal((200, DIMENSION))
    vectors = middles[group] + 0.5 * chance.standard_normal((len(group), DIMENSION))
    return Mixture(Groups((vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), group))


def test_when_vectors_are_made_then_those_of_an_entry_lie_together(mixture: Mixture) -> None:
    made = mixture.collection(1200, 20)
    assert made.vectors.shape == (1200, DIMENSION)
    assert made.questions.shape == (20, DIMENSION)
    np.testing.assert_allclose(np.linalg.norm(made.vectors, axis=1), 1, rtol=1e-5)
    cosines = made.vectors @ made.vectors.T
    same = made.entry[:, None] == made.entry[None, :]
    assert same.sum() == 12 * 1200
    assert cosines[same].mean() > cosines[~same].mean() + 0.4
    np.testing.assert_array_equal(made.vectors, mixture.collection(1200, 20).vectors)


def test_when_a_collection_is_measured_then_every_filter_has_its_figures(mixture: Mixture) -> None:
    for collection in (mixture.collection(3000, 30), uniform(3000, 30, DIMENSION)):
        measured = measure(collection)
        assert (measured.vectors, measured.kind) == (3000, "flat")
        assert len(measured.searched) == len(FILTERS)
        allowed = [each.allowed for each in measured.searched]
        assert allowed == sorted(allowed, reverse=True)
        assert allowed[0] == 1
        for each in measured.searched:
            assert each.recall_10 >= 0.98
            assert 0 < each.p50_ms <= each.p95_ms
        lines = table(("a",) * 12, list(rows(measured))).splitlines()
        assert len({len(line) for line in lines}) == 1
        assert len(lines) == 2 + len(FILTERS)
