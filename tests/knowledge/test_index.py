from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.embedder import Embedder, Vectors
from knowledge.entry import BASE_AGENCY, Audience, Entry, Locale, Viewer
from knowledge.errors import IndexInconsistentError
from knowledge.index import Centre, Snapshot, build_snapshot, passage_of
from knowledge.lexical import LexicalIndex
from knowledge.question import Question
from knowledge.ranking import rank
from knowledge.store import FaqStore
from knowledge.vector_cache import VectorCache
from tests.knowledge.entries import TODAY, TOMORROW, YESTERDAY, an_entry

DIMENSION = 16
AGENCIES = (BASE_AGENCY, "gangnam", "mapo")
AUDIENCES: tuple[Audience, ...] = ("citizen", "staff")
LOCALES: tuple[Locale, ...] = ("ko", "en")
VIEWERS = [Viewer(*who) for who in product(AUDIENCES, (*AGENCIES, "unknown"), LOCALES)]


def may_see(entry: Entry, viewer: Viewer, today: date) -> bool:
    """The rule in other words than the index's own."""
    if entry.audience != viewer.audience:
        return False
    if entry.agency not in {"city", viewer.agency}:
        return False
    begun = not entry.valid_from or not (today < entry.valid_from)
    ended = bool(entry.valid_until) and today > entry.valid_until  # type: ignore[operator]
    return begun and not ended


def random_entries(chance: random.Random, count: int) -> list[Entry]:
    def day() -> date | None:
        return chance.choice([None, None, TODAY + timedelta(days=chance.randint(-3, 3))])

    entries: list[Entry] = []
    for number in range(count):
        audience: Audience = chance.choice(("citizen", "staff"))
        locale: Locale = chance.choice(("ko", "en"))
        agency = chance.choice(AGENCIES)  # none takes another's place: test_no_leaks.py
        entries.append(
            an_entry(
                f"entry-{number // 2}-{agency}" if chance.random() < 0.5 else f"alone-{number}",
                locale=locale,
                audience=audience,
                agency=agency,
                valid_from=day(),
                valid_until=day(),
                variants=tuple(f"v{n}" for n in range(chance.randint(0, 3))),
            )
        )
    return list({(e.entry_id, e.locale): e for e in entries}.values())


def random_snapshot(chance: random.Random, entries: list[Entry]) -> Snapshot:
    """An index of these entries whose vectors mean nothing."""
    numbers = np.random.default_rng(chance.getrandbits(32))
    units = [position for position, e in enumerate(entries) for _ in range(2 + len(e.variants))]
    vectors = numbers.normal(size=(len(units), DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    nothing: Vectors = np.zeros((0, DIMENSION), dtype=np.float32)
    words = [[chance.choice("가나다라마바사")] for _ in entries]
    return Snapshot(
        1,
        entries,
        np.array(units, dtype=np.int64),
        vectors,
        LexicalIndex(words),
        LexicalIndex(words),
        Centre(nothing, nothing, DIMENSION),
        "x",
    )


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=8, deadline=None)
def test_when_entries_and_viewers_are_any_then_nobody_sees_what_isnt_theirs(seed: int) -> None:
    chance = random.Random(seed)
    entries = random_entries(chance, 600)
    snapshot = random_snapshot(chance, entries)
    for viewer in VIEWERS:
        today = TODAY + timedelta(days=chance.randint(-4, 4))
        allowed = [may_see(e, viewer, today) for e in entries]
        assert snapshot.visible(viewer.audience, viewer.agency, today).tolist() == allowed

        vector = np.random.default_rng(chance.getrandbits(32)).normal(size=DIMENSION).astype(np.float32)
        near = snapshot.nearest(vector, viewer, today, 50)
        assert all(allowed[position] for position in near)
        assert len(set(near)) == len(near) == min(50, sum(allowed))

        question = Question("가나", vector, vector, (("가",), ("나",)), is_english=False)
        ranking = rank(snapshot, [question], viewer, today, weights=(1.0, 1.0, 3.0, 2.0, 1.0), scope=0.0)
        assert all(may_see(c.entry, viewer, today) for c in ranking.candidates)

        for entry in chance.sample(entries, 40):
            found = snapshot.find(entry.entry_id, viewer, today)
            same_id = [e for e in entries if e.entry_id == entry.entry_id and may_see(e, viewer, today)]
            assert (found is None) == (same_id == [])
            if found is not None:
                assert found in same_id
                assert found.locale == viewer.locale or all(e.locale != viewer.locale for e in same_id)


@pytest.mark.parametrize(
    ("viewer", "today", "found"),
    [
        (Viewer("citizen", "city", "ko"), TODAY, "ko"),
        (Viewer("citizen", "city", "en"), TODAY, "en"),
        (Viewer("staff", "city", "ko"), TODAY, None),
        (Viewer("citizen", "city", "en"), TOMORROW, "ko"),  # the English one is over: the Korean one is shown
        (Viewer("citizen", "mapo", "ko"), YESTERDAY, "ko"),
    ],
)
def test_when_an_entry_has_two_languages_then_the_viewers_comes_first(
    viewer: Viewer, today: date, found: str | None
) -> None:
    entries = [an_entry("a", locale="en", valid_until=TODAY), an_entry("a", locale="ko")]
    entry = random_snapshot(random.Random(1), entries).find("a", viewer, today)
    assert (entry.locale if entry else None) == found


def test_when_an_entry_is_of_a_district_then_only_that_district_has_it() -> None:
    snapshot = random_snapshot(random.Random(1), [an_entry("a", agency="mapo")])
    assert snapshot.find("a", Viewer(agency="mapo"), TODAY) is not None
    assert snapshot.find("a", Viewer(agency="gangnam"), TODAY) is None
    assert snapshot.find("a", Viewer(agency="city"), TODAY) is None


def test_when_there_is_only_english_then_a_korean_viewer_gets_it() -> None:
    snapshot = random_snapshot(random.Random(1), [an_entry("a", locale="en")])
    entry = snapshot.find("a", Viewer(locale="ko"), TODAY)
    assert entry is not None
    assert entry.locale == "en"


def test_when_an_entry_is_compared_then_its_questions_and_its_passage_are_kept_apart() -> None:
    entries = [an_entry("a", variants=("v0", "v1")), an_entry("b", variants=())]
    snapshot = random_snapshot(random.Random(3), entries)
    vector = np.eye(DIMENSION, dtype=np.float32)[0]
    asked, passage = snapshot.cosines(0, vector)
    assert asked.tolist() == pytest.approx(snapshot.units.base.vectors[:3, 0].tolist())
    assert passage == pytest.approx(float(snapshot.units.base.vectors[3, 0]))
    asked, passage = snapshot.cosines(1, vector)
    assert asked.tolist() == pytest.approx([float(snapshot.units.base.vectors[4, 0])])
    assert passage == pytest.approx(float(snapshot.units.base.vectors[5, 0]))


def test_when_vectors_are_centred_then_they_have_unit_length_and_a_mean_of_few_counts_little() -> None:
    numbers = np.random.default_rng(5)
    vectors = (numbers.normal(size=(50, DIMENSION)) + 3).astype(np.float32)
    centre = Centre(vectors, vectors[:0], DIMENSION)
    np.testing.assert_allclose(centre.question, vectors.mean(axis=0) / 3, rtol=1e-5)  # 50 / (50 + 100)
    np.testing.assert_array_equal(centre.passage, np.zeros(DIMENSION))
    np.testing.assert_allclose(np.linalg.norm(centre.questions(vectors), axis=1), 1, rtol=1e-5)
    assert not np.isnan(centre.passages(np.zeros(DIMENSION, dtype=np.float32))).any()


def test_when_an_answer_is_long_then_its_passage_is_cut() -> None:
    passage = passage_of(an_entry(answer="가" * 600))
    assert len(passage) == 260
    assert passage.startswith("전입신고는")


def test_when_there_are_no_entries_then_the_index_finds_nothing(embedder: Embedder, vector_cache: VectorCache) -> None:
    snapshot = build_snapshot(7, [], embedder, vector_cache)
    vector = embedder.encode_queries(["전입신고"])[0]
    question = Question("전입", vector, vector, (("전입",),), is_english=False)
    assert (len(snapshot), snapshot.unit_count, snapshot.revision) == (0, 0, 7)
    assert snapshot.nearest(vector, Viewer(), TODAY, 10) == []
    assert snapshot.find("a", Viewer(), TODAY) is None
    assert rank(snapshot, [question], Viewer(), TODAY, weights=(1.0, 1.0, 3.0, 2.0, 1.0), scope=0.0).candidates == ()


def test_when_asked_with_its_own_words_then_an_entry_is_nearest(
    embedder: Embedder, vector_cache: VectorCache, sample: list[Entry]
) -> None:
    snapshot = build_snapshot(1, sample, embedder, vector_cache)
    assert snapshot.unit_count == sum(2 + len(e.variants) for e in sample)
    for entry in sample:
        viewer = Viewer(entry.audience, entry.agency, entry.locale)
        vector = vector_cache.vectors("question", [entry.question], embedder.encode_queries)
        near = snapshot.nearest(snapshot.centre.questions(vector)[0], viewer, TODAY, 3)
        assert snapshot.entries[near[0]].entry_id == entry.entry_id


def test_when_vectors_got_lost_then_the_index_is_refused(
    embedder: Embedder, vector_cache: VectorCache, sample: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Snapshot, "unit_count", property(lambda _self: 3))
    with pytest.raises(IndexInconsistentError, match="revision 5: 3 vectors"):
        build_snapshot(5, sample, embedder, vector_cache)


steps = st.lists(
    st.tuples(
        st.sampled_from(["save", "change", "draft", "delete", "retire", "publish", "until-yesterday"]),
        st.lists(st.integers(0, 20), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=8,
)


@given(steps=steps)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_when_anything_was_done_to_the_store_then_the_index_is_the_published_entries(
    store: FaqStore,
    embedder: Embedder,
    vector_cache: VectorCache,
    sample: list[Entry],
    steps: list[tuple[str, list[int]]],
) -> None:
    store.delete([e.entry_id for e in sample])
    expected: dict[tuple[str, str], Entry] = {}
    for step, numbers in steps:
        chosen = [sample[number % len(sample)] for number in numbers]
        ids = {e.entry_id for e in chosen}
        if step in {"save", "change", "draft", "until-yesterday"}:
            changed = [
                {
                    "save": e,
                    "change": replace(e, variants=e.variants[:1], contact="110"),
                    "draft": replace(e, publication="draft"),
                    "until-yesterday": replace(e, valid_until=YESTERDAY),
                }[step]
                for e in chosen
            ]
            store.save(changed)
            expected |= {(e.entry_id, e.locale): e for e in changed}
        elif step == "delete":
            store.delete(sorted(ids))
            expected = {key: e for key, e in expected.items() if key[0] not in ids}
        else:
            publication = "retired" if step == "retire" else "published"
            for entry_id in ids:
                store.set_publication(entry_id, publication)  # type: ignore[arg-type]
            expected |= {
                key: replace(e, publication=publication)  # type: ignore[arg-type]
                for key, e in expected.items()
                if key[0] in ids
            }
        revision, entries = store.published()
        snapshot = build_snapshot(revision, entries, embedder, vector_cache)
        published = {key: e for key, e in expected.items() if e.publication == "published"}
        assert {(e.entry_id, e.locale): e for e in snapshot.entries} == published
        assert len(snapshot) == len(published)
        assert snapshot.unit_count == sum(2 + len(e.variants) for e in published.values())
        for entry in sample:
            found = snapshot.find(entry.entry_id, Viewer(entry.audience, entry.agency, entry.locale), TODAY)
            shown = published.get((entry.entry_id, entry.locale))
            if shown is not None and shown.is_valid_on(TODAY):
                assert found == shown
            else:
                assert found is None or found.locale != entry.locale
