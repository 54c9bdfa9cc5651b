from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from knowledge.entry import Entry
from knowledge.store import ChangeReport, FaqStore
from knowledge.tables import EntryRow, VariantRow
from maru.clock import SystemClock
from tests.knowledge.entries import TODAY, an_entry

FULL = an_entry(
    "full",
    locale="en",
    audience="staff",
    agency="gangnam",
    speech="십사 일 안에",
    contact="110",
    source="https://www.gov.kr",
    checked=TODAY,
    valid_from=date(2026, 1, 1),
    valid_until=date(2026, 12, 31),
    publication="draft",
    variants=("셋째", "첫째", "둘째", "셋째"),
)


class AClock(SystemClock):
    """A clock that moves an hour at every look."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(hours=1)
        return self.moment


def test_when_nothing_was_saved_then_there_is_revision_zero(store: FaqStore) -> None:
    assert store.revision() == 0
    assert store.published() == (0, [])
    assert store.entries() == []


def test_when_an_entry_is_saved_then_every_field_comes_back(store: FaqStore) -> None:
    assert store.save([FULL, an_entry()]) == ChangeReport(created=2)
    assert store.entries() == [FULL, an_entry()]


def test_when_saved_in_two_languages_then_both_are_kept_in_order(store: FaqStore) -> None:
    entries = [an_entry("b"), an_entry("a", locale="ko"), an_entry("a", locale="en")]
    store.save(entries)
    assert [(e.entry_id, e.locale) for e in store.entries()] == [("a", "en"), ("a", "ko"), ("b", "ko")]


@pytest.mark.parametrize(
    ("change", "report", "moved"),
    [
        ({}, ChangeReport(skipped=1), False),
        ({"answer": "새 답"}, ChangeReport(updated=1), True),
        ({"variants": ()}, ChangeReport(updated=1), True),
        ({"variants": ("나", "가")}, ChangeReport(updated=1), True),
        ({"variants": ("가", "나", "다")}, ChangeReport(updated=1), True),
        ({"publication": "retired"}, ChangeReport(updated=1), True),
        ({"locale": "en"}, ChangeReport(created=1), True),
        ({"agency": "mapo"}, ChangeReport(created=1), True),
        ({"entry_id": "other"}, ChangeReport(created=1), True),
    ],
)
def test_when_saved_again_then_only_a_change_moves_the_revision(
    store: FaqStore, change: dict[str, object], report: ChangeReport, moved: bool
) -> None:
    before = an_entry(variants=("가", "나"))
    after = replace(before, **change)  # type: ignore[arg-type]
    store.save([before])
    revision = store.revision()

    assert store.save([after]) == report
    assert store.revision() == revision + moved
    assert after in store.entries()


def test_when_updated_then_old_variants_are_gone_and_the_time_is_noted(engine: Engine) -> None:
    store = FaqStore(engine, AClock())
    store.save([an_entry(variants=("가", "나", "다"))])
    store.save([an_entry(variants=("라",))])
    with Session(engine) as session:
        assert [row.text for row in session.scalars(select(VariantRow))] == ["라"]
        assert session.scalars(select(EntryRow.updated_at)).one().hour == 2


def test_when_deleted_then_all_languages_and_variants_go(store: FaqStore, engine: Engine) -> None:
    store.save([an_entry("a"), an_entry("a", locale="en"), an_entry("b", variants=())])
    revision = store.revision()

    assert store.delete(["a", "unknown"]) == ChangeReport(deleted=2)
    assert store.revision() == revision + 1
    assert [e.entry_id for e in store.entries()] == ["b"]
    with Session(engine) as session:
        assert session.scalars(select(VariantRow)).all() == []


def test_when_nothing_is_deleted_then_the_revision_stays(store: FaqStore) -> None:
    store.save([an_entry()])
    assert store.delete(["unknown"]).changed == 0
    assert store.delete([]).changed == 0
    assert store.revision() == 1


@pytest.mark.parametrize(("publication", "shown"), [("published", True), ("draft", False), ("retired", False)])
def test_when_publication_is_set_then_only_published_ones_are_given_out(
    store: FaqStore, publication: str, shown: bool
) -> None:
    store.save([an_entry("a", publication="draft"), an_entry("a", locale="en", publication="draft")])
    store.set_publication("a", publication)  # type: ignore[arg-type]
    revision, published = store.published()
    assert revision == store.revision()
    assert len(published) == (2 if shown else 0)
    assert len(store.entries(published_only=True)) == (2 if shown else 0)
    assert len(store.entries()) == 2


def test_when_an_unknown_entry_is_published_then_nothing_happens(store: FaqStore) -> None:
    assert store.set_publication("unknown", "published").changed == 0


def test_when_an_agency_writes_then_the_others_entries_of_the_same_id_stay(store: FaqStore) -> None:
    city, mapo = an_entry("a"), an_entry("a", agency="mapo", answer="마포구의 답", variants=("마포",))
    hidden = an_entry("b", agency="mapo", question="", answer="", variants=(), publication="hidden")
    store.save([city, mapo, hidden])
    assert store.entries() == [city, mapo, hidden]
    assert store.entries(agency="mapo") == [mapo, hidden]
    assert store.published() == (1, [city, mapo, hidden])
    assert store.agencies() == {"city", "mapo"}

    retired = replace(mapo, publication="retired")
    assert store.set_publication("a", "retired", "mapo") == ChangeReport(updated=1)
    assert store.entries() == [city, retired, hidden]
    assert store.delete(["a"]) == ChangeReport(deleted=1)
    assert store.entries() == [retired, hidden]
    assert store.delete(["a", "b"], "mapo") == ChangeReport(deleted=2)
    assert store.agencies() == {"city"}


def test_when_an_audience_is_asked_for_then_the_other_stays_out(store: FaqStore) -> None:
    store.save([an_entry("a"), an_entry("b", audience="staff")])
    assert [e.entry_id for e in store.entries(audience="staff")] == ["b"]
    assert [e.entry_id for e in store.entries(audience="citizen")] == ["a"]


@pytest.mark.parametrize("edit", ["nothing", "answer", "retired"])
def test_when_seeded_again_then_what_an_editor_did_stays(store: FaqStore, edit: str) -> None:
    store.save([an_entry()], seeding=True)
    if edit == "answer":
        store.save([an_entry(answer="편집자가 고친 답")])
    elif edit == "retired":
        store.set_publication("resident-move-in", "retired")
    edited = store.entries()

    report = store.save([an_entry(answer="새 판의 씨앗 답")], seeding=True)

    if edit == "nothing":
        assert report == ChangeReport(updated=1)
        assert store.entries()[0].answer == "새 판의 씨앗 답"
        assert store.save([an_entry(answer="그다음 판")], seeding=True).updated == 1
    else:
        assert report == ChangeReport(skipped=1)
        assert store.entries() == edited


def test_when_an_entry_came_from_an_editor_then_a_seed_of_that_id_leaves_it(store: FaqStore) -> None:
    store.save([an_entry(answer="편집자의 답")])
    assert store.save([an_entry(answer="씨앗의 답")], seeding=True).skipped == 1
    assert store.entries()[0].answer == "편집자의 답"


def test_when_one_entry_breaks_the_write_then_none_is_kept(store: FaqStore) -> None:
    class Broken(Exception):
        pass

    def entries() -> object:
        yield an_entry("a")
        raise Broken

    with pytest.raises(Broken):
        store.save(entries())  # type: ignore[arg-type]
    assert store.published() == (0, [])


def test_when_somebody_writes_meanwhile_then_what_is_read_is_of_one_revision(store: FaqStore) -> None:
    rounds = 40
    store.save([an_entry("a", answer="0"), an_entry("b", answer="0")])
    finished = threading.Event()

    def write() -> None:
        for number in range(1, rounds):
            store.save([an_entry("a", answer=str(number)), an_entry("b", answer=str(number))])
        finished.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen: set[tuple[int, str, str]] = set()
    while not finished.is_set():
        revision, (first, second) = store.published()
        seen.add((revision, first.answer, second.answer))
    writer.join()

    assert all(first == second == str(revision - 1) for revision, first, second in seen)
    assert store.revision() == rounds


changes = st.fixed_dictionaries(
    {},
    optional={
        "answer": st.sampled_from(["하나", "둘"]),
        "variants": st.lists(st.sampled_from(["가", "나", "다"]), max_size=3).map(tuple),
        "audience": st.sampled_from(["citizen", "staff"]),
        "publication": st.sampled_from(["draft", "published", "retired", "hidden"]),
    },
)
agencies = st.sampled_from(["city", "mapo"])
entries = st.builds(
    lambda entry_id, agency, locale, change: an_entry(entry_id, agency=agency, locale=locale, **change),
    st.sampled_from(["a", "b", "c"]),
    agencies,
    st.sampled_from(["ko", "en"]),
    changes,
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.lists(entries, max_size=3)),
        st.tuples(st.just("delete"), st.tuples(st.lists(st.sampled_from(["a", "b", "c"]), max_size=2), agencies)),
        st.tuples(st.just("publish"), st.tuples(st.sampled_from(["a", "b", "c"]), agencies)),
        st.tuples(st.just("retire"), st.tuples(st.sampled_from(["a", "b", "c"]), agencies)),
    ),
    max_size=8,
)


@given(steps=steps)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_when_anything_is_done_in_any_order_then_the_store_holds_what_a_dictionary_would(
    store: FaqStore, steps: list[tuple[str, object]]
) -> None:
    for agency in ("city", "mapo"):
        store.delete(["a", "b", "c"], agency)
    expected: dict[tuple[str, str, str], Entry] = {}
    for step, given_ in steps:
        before, revision = dict(expected), store.revision()
        if step == "save":
            assert isinstance(given_, list)
            store.save(given_)
            expected |= {(e.entry_id, e.agency, e.locale): e for e in given_}
        elif step == "delete":
            assert isinstance(given_, tuple)
            ids, agency = given_
            store.delete(ids, agency)
            expected = {key: e for key, e in expected.items() if key[0] not in ids or key[1] != agency}
        else:
            assert isinstance(given_, tuple)
            publication = "published" if step == "publish" else "retired"
            store.set_publication(given_[0], publication, given_[1])  # type: ignore[arg-type]
            expected |= {k: replace(e, publication=publication) for k, e in expected.items() if k[:2] == given_}  # type: ignore[arg-type]
        assert store.entries() == [expected[key] for key in sorted(expected)]
        # Saving a list that changes an entry twice, back to what it was, may move the revision for nothing.
        if expected != before:
            assert store.revision() == revision + 1
        elif step != "save":
            assert store.revision() == revision
    in_force = [e for e in store.entries() if e.publication in {"published", "hidden"}]
    assert store.published() == (store.revision(), in_force)
