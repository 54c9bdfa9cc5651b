from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.embedder import Vectors
from knowledge.vector_index import Choice, Mask, Positions, VectorIndex

DIMENSION = 384
COUNT = 12_000
ALL_FLAT, ALL_CLUSTERED = COUNT, 0


def unit(vectors: Vectors) -> Vectors:
    found: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return found


def around(middles: Vectors, count: int, seed: int) -> Vectors:
    chance = np.random.default_rng(seed)
    noise = chance.standard_normal((count, DIMENSION), dtype=np.float32) * 0.04
    return unit(middles[chance.integers(len(middles), size=count)] + noise)


@pytest.fixture(scope="module")
def middles() -> Vectors:
    return unit(np.random.default_rng(0).standard_normal((1000, DIMENSION), dtype=np.float32))


@pytest.fixture(scope="module")
def vectors(middles: Vectors) -> Vectors:
    return around(middles, COUNT, seed=1)


@pytest.fixture(scope="module")
def questions(middles: Vectors) -> Vectors:
    return around(middles, 50, seed=2)


@pytest.fixture(scope="module", params=[ALL_FLAT, ALL_CLUSTERED], ids=["flat", "clustered"])
def index(request: pytest.FixtureRequest, vectors: Vectors) -> VectorIndex:
    return VectorIndex(vectors, flat_up_to=request.param)


def exact(vectors: Vectors, question: Vectors, wanted: int, chosen: Mask) -> Positions:
    """The rule in its plainest words."""
    allowed = np.flatnonzero(chosen)
    return allowed[np.argsort(-(vectors[allowed] @ question), kind="stable")[:wanted]]


@pytest.mark.parametrize("share", [1.0, 0.5, 0.05, 0.001])
def test_when_few_or_many_may_be_found_then_the_ten_nearest_of_them_are(
    index: VectorIndex, vectors: Vectors, questions: Vectors, share: float
) -> None:
    chosen = np.random.default_rng(3).random(COUNT) < share
    choice = Choice(chosen)
    right = 0
    for question in questions:
        scores, found = index.search(question, 10, choice)
        assert chosen[found].all()
        assert len(set(found.tolist())) == len(found) == min(10, chosen.sum())
        np.testing.assert_allclose(scores, vectors[found] @ question, atol=1e-6)
        assert (np.diff(scores) <= 0).all()
        right += len(set(found) & set(exact(vectors, question, 10, chosen)))
    assert right >= 0.98 * len(questions) * min(10, chosen.sum())


def test_when_nothing_is_chosen_then_nothing_is_found(index: VectorIndex, questions: Vectors) -> None:
    scores, found = index.search(questions[0], 10, Choice(np.zeros(COUNT, dtype=bool)))
    assert (len(scores), len(found)) == (0, 0)


def test_when_more_are_wanted_than_there_are_then_all_come(vectors: Vectors, questions: Vectors) -> None:
    _scores, found = VectorIndex(vectors[:7]).search(questions[0], 300)
    assert sorted(found) == list(range(7))


def test_when_a_vector_is_searched_for_then_it_finds_itself(index: VectorIndex, vectors: Vectors) -> None:
    for position in range(0, COUNT, 500):
        scores, found = index.search(vectors[position], 1)
        assert found.tolist() == [position]
        assert scores[0] == pytest.approx(1, abs=1e-5)


def test_when_there_are_no_vectors_or_only_empty_ones_then_a_search_still_ends(questions: Vectors) -> None:
    nothing = VectorIndex(np.zeros((0, DIMENSION), dtype=np.float32))
    assert (len(nothing), len(nothing.search(questions[0], 10)[1])) == (0, 0)
    empty = VectorIndex(np.zeros((3, DIMENSION), dtype=np.float32))
    assert empty.search(questions[0], 10)[0].tolist() == [0, 0, 0]
    assert len(empty.search(np.zeros(DIMENSION, dtype=np.float32), 2)[1]) == 2


@given(count=st.integers(1, 60), seed=st.integers(0, 2**32 - 1))
def test_when_a_base_is_small_then_the_order_is_that_of_the_cosines(count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    vectors = unit(chance.standard_normal((count, 16), dtype=np.float32))
    question = unit(chance.standard_normal(16, dtype=np.float32))
    chosen = chance.random(count) < 0.7
    _scores, found = VectorIndex(vectors).search(question, count, Choice(chosen))
    assert found.tolist() == exact(vectors, question, count, chosen).tolist()
