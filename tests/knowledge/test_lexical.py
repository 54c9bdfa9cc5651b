from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.lexical import LexicalIndex, lexical_documents
from knowledge.question import Term
from tests.knowledge.entries import an_entry

DOCUMENTS = [["여권", "재발급", "분실"], ["여권", "신규", "발급"], ["쓰레기", "수수료", "가구"], []]


def terms(words: list[str]) -> list[Term]:
    return [(word,) for word in words]


words = st.lists(st.sampled_from(["여권", "분실", "쓰레기", "가구", "외계인", "로켓"]), max_size=6)


@pytest.mark.parametrize(
    ("query", "best", "known"),
    [
        (["여권", "분실"], 0, 1.0),
        (["여권", "신규"], 1, 1.0),
        (["가구"], 2, 1.0),
        (["가구", "외계인"], 2, None),
        (["외계인"], None, 0.0),
        ([], None, 0.0),
    ],
)
def test_when_words_are_asked_then_the_entry_that_holds_them_is_first(
    query: list[str], best: int | None, known: float | None
) -> None:
    scores, share = LexicalIndex(DOCUMENTS).score(terms(query))
    assert scores.shape == (4,)
    assert scores[3] == 0
    if best is None:
        assert not scores.any()
    else:
        assert int(np.argmax(scores)) == best
    if known is None:
        assert 0 < share < 0.5  # a word that nobody uses weighs most
    else:
        assert share == pytest.approx(known)


def test_when_a_word_is_rarer_then_it_counts_more() -> None:
    scores, _ = LexicalIndex(DOCUMENTS).score(terms(["여권", "분실", "신규"]))
    only_common, _ = LexicalIndex(DOCUMENTS).score(terms(["여권"]))
    assert scores[0] == pytest.approx(scores[1])
    assert only_common[0] == pytest.approx(only_common[1])
    assert LexicalIndex(DOCUMENTS).score(terms(["여권", "쓰레기"]))[0].argmax() == 2


def test_when_there_are_no_documents_then_nothing_is_found() -> None:
    nothing: list[list[list[str]]] = [[], [[], []]]
    for documents in nothing:
        scores, known = LexicalIndex(documents).score(terms(["여권"]))
        assert (scores.tolist(), known) == ([0.0] * len(documents), 0.0)


@given(st.lists(words, max_size=8), words)
def test_when_documents_and_words_are_any_then_scores_stay_within_bounds(
    documents: list[list[str]], query: list[str]
) -> None:
    scores, known = LexicalIndex(documents).score(terms(query))
    assert scores.shape == (len(documents),)
    assert (scores >= 0).all()
    assert (scores <= 2.3).all()  # BM25's saturation: k1 + 1 times the weight at most
    assert 0 <= known <= 1 + 1e-6
    for score, document in zip(scores, documents, strict=True):
        assert (score > 0) == bool(set(query) & set(document))


def test_when_an_entry_is_indexed_then_its_question_counts_three_times() -> None:
    first, second = lexical_documents(
        [
            an_entry("a", question="여권 재발급", variants=("분실했어요",), answer="구청에 신청합니다."),
            an_entry("b", question="쓰레기", variants=(), answer="버립니다."),
        ]
    )
    assert first.count("여권") == 3
    assert first.count("분실") == 1
    assert first.count("구청") == 1
    assert second.count("쓰레기") == 3
    assert "여권" not in second


texts = st.lists(st.sampled_from(["여권", "분실", "가구", "마포구", "mapo", "공원"]), max_size=5)


@given(before=st.lists(texts, max_size=6), data=st.data())
def test_when_documents_are_exchanged_then_the_index_is_no_other_than_a_new_one(
    before: list[list[str]], data: st.DataObject
) -> None:
    first = LexicalIndex(before)
    scores_before = [first.score(terms([word]))[0].tolist() for word in ("여권", "mapo", "새말")]
    kept = np.array(data.draw(st.lists(st.integers(-1, len(before) - 1), max_size=6)), dtype=np.int64)
    new = [["여권", "새말"] for at in kept if at < 0]
    fresh = iter(new)
    after = LexicalIndex([before[at] if at >= 0 else next(fresh) for at in kept])
    revised = first.revised(kept, new)
    for question in (["여권"], ["mapogu", "공원"], ["새말", "가구"], ["없는말"]):
        scores, known = revised.score(terms(question))
        expected, expected_known = after.score(terms(question))
        np.testing.assert_allclose(scores, expected, atol=1e-6)
        assert known == pytest.approx(expected_known)
    assert [first.score(terms([word]))[0].tolist() for word in ("여권", "mapo", "새말")] == scores_before
