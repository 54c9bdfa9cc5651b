from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine

from knowledge import service
from knowledge.embedder import Embedder
from knowledge.entry import Entry, Viewer
from knowledge.errors import EmbedderUnavailableError, IndexInconsistentError
from knowledge.index import Snapshot, build_snapshot
from knowledge.service import Knowledge
from knowledge.vector_cache import VectorCache
from maru.clock import SystemClock
from maru.settings import Settings
from tests.knowledge.entries import TODAY, TOMORROW, an_entry


class AClock(SystemClock):
    """A clock whose day can be changed."""

    def __init__(self) -> None:
        self.day = TODAY

    def today(self) -> date:
        return self.day


@pytest.fixture
def clock() -> AClock:
    return AClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "var", seed_dir=tmp_path / "no-seeds", index_poll_s=0.05)


@pytest.fixture
def knowledge(
    settings: Settings,
    engine: Engine,
    clock: AClock,
    embedder: Embedder,
    sample: list[Entry],
    vector_cache: VectorCache,
) -> Iterator[Knowledge]:
    """An open knowledge base over the sample; what was embedded before is at hand."""
    opened = Knowledge(settings, engine, clock)
    opened.store.save(sample)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "open_vector_cache", lambda *_: vector_cache)
        opened.open(embedder)
    yield opened
    opened.close()


def eventually(condition: Callable[[], bool], timeout_s: float = 20.0) -> bool:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_when_not_open_then_it_says_so(settings: Settings, engine: Engine, clock: AClock) -> None:
    closed = Knowledge(settings, engine, clock)
    assert not closed.is_ready
    for call in (
        lambda: closed.snapshot,
        closed.refresh,
        lambda: closed.embed("여권"),
        lambda: closed.search("여권", Viewer()),
        lambda: closed.find("a", Viewer()),
    ):
        with pytest.raises(EmbedderUnavailableError):
            call()
    closed.close()


def test_when_opened_with_seeds_then_they_are_in_the_store_and_the_index(
    settings: Settings, engine: Engine, clock: AClock, embedder: Embedder, tmp_path: Path
) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.yml").write_text(
        "category: 여권\naudience: citizen\nentries:\n"
        "  - {id: passport-lost, question: 여권을 잃어버렸어요, answer: 신고합니다.,\n"
        "     en: {question: I lost it, answer: Report it.}}\n",
        "utf-8",
    )
    for _start in range(2):
        opened = Knowledge(settings.model_copy(update={"seed_dir": seeds}), engine, clock)
        opened.open(embedder)
        try:
            assert opened.is_ready
            assert len(opened.snapshot) == 2
            assert opened.store.revision() == 1
        finally:
            opened.close()


def test_when_asked_with_an_entrys_words_then_it_is_first(knowledge: Knowledge, sample: list[Entry]) -> None:
    for entry in sample:
        decision = knowledge.search(entry.question, Viewer(entry.audience, entry.agency, entry.locale))
        assert decision.ranked[0].entry.entry_id == entry.entry_id
        scores = [hit.score for hit in decision.ranked]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_when_asked_with_a_staff_entrys_words_then_a_citizen_never_sees_it(
    knowledge: Knowledge, sample: list[Entry]
) -> None:
    staff = [e for e in sample if e.audience == "staff"]
    assert staff
    for entry in staff:
        for locale in ("ko", "en"):
            decision = knowledge.search(entry.question, Viewer(locale=locale))
            assert all(hit.entry.audience == "citizen" for hit in decision.ranked)
        assert knowledge.find(entry.entry_id, Viewer()) is None
        assert knowledge.find(entry.entry_id, Viewer("staff")) == entry


def test_when_an_entry_is_left_out_then_it_is_as_if_it_werent_there(knowledge: Knowledge, sample: list[Entry]) -> None:
    entry = next(e for e in sample if e.audience == "citizen" and e.locale == "ko")
    with_it = knowledge.search(entry.question, Viewer())
    without = knowledge.search(entry.question, Viewer(), {entry.entry_id})
    assert with_it.ranked[0].entry.entry_id == entry.entry_id
    assert without.ranked[0].entry.entry_id == with_it.ranked[1].entry.entry_id
    assert entry.entry_id not in {hit.entry.entry_id for hit in (*without.ranked, *without.others)}
    everything = {hit.entry.entry_id for hit in with_it.ranked}
    assert everything.isdisjoint(hit.entry.entry_id for hit in knowledge.search("여권", Viewer(), everything).ranked)


@pytest.mark.parametrize("question", ["", " ", "?", "ㅋㅋㅋ", "😀" * 200, "가" * 1000, "\u200b", "asdf qwer zxcv"])
def test_when_a_question_says_nothing_then_a_decision_comes_all_the_same(knowledge: Knowledge, question: str) -> None:
    assert knowledge.search(question, Viewer()).status in {"no_answer", "clarify", "answered"}


def test_when_an_entry_is_edited_then_the_new_answer_is_live_without_a_restart(
    knowledge: Knowledge, sample: list[Entry]
) -> None:
    entry = sample[0]
    viewer = Viewer(entry.audience, entry.agency, entry.locale)
    before = knowledge.snapshot
    knowledge.store.save([an_entry(entry.entry_id, question=entry.question, answer="새 답", variants=entry.variants)])
    assert eventually(lambda: getattr(knowledge.find(entry.entry_id, viewer), "answer", "") == "새 답")
    assert knowledge.snapshot is not before
    assert before.find(entry.entry_id, viewer, TODAY) == entry  # whoever still searches the old index isn't disturbed


def test_when_an_entry_is_retired_then_it_is_gone_within_a_moment(knowledge: Knowledge, sample: list[Entry]) -> None:
    entry = sample[0]
    knowledge.store.set_publication(entry.entry_id, "retired")
    assert eventually(lambda: knowledge.find(entry.entry_id, Viewer()) is None)
    decision = knowledge.search(entry.question, Viewer())
    assert entry.entry_id not in {hit.entry.entry_id for hit in decision.ranked}


def test_when_the_day_passes_then_an_entry_begins_and_ends_by_itself(knowledge: Knowledge, clock: AClock) -> None:
    knowledge.store.save([an_entry("only-today", valid_until=TODAY), an_entry("from-tomorrow", valid_from=TOMORROW)])
    knowledge.refresh()
    assert knowledge.find("only-today", Viewer()) is not None
    assert knowledge.find("from-tomorrow", Viewer()) is None
    clock.day = TOMORROW
    assert knowledge.find("only-today", Viewer()) is None
    assert knowledge.find("from-tomorrow", Viewer()) is not None


def test_when_nothing_changed_then_the_index_stays(knowledge: Knowledge) -> None:
    before = knowledge.snapshot
    assert knowledge.refresh() is False
    assert knowledge.snapshot is before


@pytest.mark.parametrize("failure", [IndexInconsistentError("counts differ"), RuntimeError("out of memory")])
def test_when_building_fails_then_the_old_index_answers_and_it_is_tried_again(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    tried = threading.Event()

    def broken(*_args: object) -> None:
        tried.set()
        raise failure

    before = knowledge.snapshot
    with monkeypatch.context() as patch:
        patch.setattr(service, "revise_snapshot", broken)
        patch.setattr(service, "build_snapshot", broken)
        knowledge.store.save([an_entry("new-one")])
        assert tried.wait(20)
        assert knowledge.snapshot is before
        assert knowledge.search("여권", Viewer()).ranked
    assert eventually(lambda: knowledge.find("new-one", Viewer()) is not None)


def test_when_an_index_cant_be_revised_then_a_whole_one_is_built(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def inconsistent(*_args: object) -> None:
        raise IndexInconsistentError("counts differ")

    monkeypatch.setattr(service, "revise_snapshot", inconsistent)
    knowledge.store.save([an_entry("new-one")])
    assert eventually(lambda: knowledge.find("new-one", Viewer()) is not None)
    assert knowledge.snapshot.units.drift == 0


def test_when_much_has_changed_then_the_whole_index_is_built_anew_by_itself(knowledge: Knowledge) -> None:
    before = knowledge.snapshot
    knowledge.store.save([an_entry(f"new-{number}") for number in range(3)])
    assert eventually(lambda: len(knowledge.snapshot) == len(before) + 3 and knowledge.snapshot.units.drift == 0)
    assert knowledge.snapshot.units.base is not before.units.base


def test_when_an_entry_is_edited_while_the_whole_index_is_built_then_the_edit_stays(
    knowledge: Knowledge, sample: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = sample[0]
    viewer = Viewer(entry.audience, entry.agency, entry.locale)

    def build_slowly(*args: Any) -> Snapshot:
        built = build_snapshot(*args)
        knowledge.store.save([replace(entry, answer="새 답")])
        assert eventually(lambda: getattr(knowledge.find(entry.entry_id, viewer), "answer", "") == "새 답")
        return built

    monkeypatch.setattr(service, "build_snapshot", build_slowly)
    knowledge.renew()
    assert getattr(knowledge.find(entry.entry_id, viewer), "answer", "") == "새 답"
    assert 0 < knowledge.snapshot.units.drift < 1


def test_when_a_question_comes_again_then_it_isnt_embedded_again(
    knowledge: Knowledge, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = knowledge.embed("여권을 잃어버렸어요")
    monkeypatch.setattr(embedder, "encode_queries", lambda _texts: np.zeros((1, 384), dtype=np.float32))
    assert knowledge.embed("여권을 잃어버렸어요") is first
    for number in range(300):
        knowledge.embed(f"다른 질문 {number}")
    assert knowledge.embed("여권을 잃어버렸어요") is not first


def test_when_questions_were_embedded_then_none_of_their_words_is_kept(knowledge: Knowledge) -> None:
    knowledge.embed("제 이름은 홍가상이고 번호는 010-0000-1234예요")
    assert all(isinstance(key, bytes) and len(key) == 16 for key in knowledge._recent)
    assert "홍가상" not in repr(vars(knowledge))


def test_when_several_ask_while_the_index_is_swapped_then_all_get_an_answer(
    knowledge: Knowledge, sample: list[Entry]
) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        try:
            while not stop.is_set():
                assert knowledge.search(sample[0].question, Viewer()).ranked
        except BaseException as error:
            failures.append(error)

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    for number in range(5):
        knowledge.store.save([an_entry("changing", answer=f"답 {number}", variants=())])
        knowledge.refresh()
    stop.set()
    for asker in askers:
        asker.join()
    assert failures == []
