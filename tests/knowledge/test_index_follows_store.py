"""The index is the published entries, whatever was done to the store, the files and the process in between."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Engine

from knowledge import index, service
from knowledge.embedder import Embedder, Vectors
from knowledge.entry import Entry, EntryKey, Publication, Viewer
from knowledge.index import Snapshot, passage_of
from knowledge.lexical import LexicalIndex, lexical_documents
from knowledge.service import Knowledge
from knowledge.store import FaqStore
from knowledge.vector_cache import VectorCache
from maru.clock import SystemClock
from maru.database import open_engine
from maru.settings import Settings
from tests.knowledge.entries import TODAY, TOMORROW, YESTERDAY

_WORDS = ("여권", "전입", "쓰레기", "주차", "도서관", "예방접종", "신고", "요금", "분실", "신청")
_FULL_BUILD = 30  # entries from the start, so that a single edit drifts less than what calls for a new build

entry_ids = st.integers(0, 9).map("entry-{}".format)
phrases = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join)
entries = st.builds(
    Entry,
    entry_id=entry_ids,
    question=phrases,
    answer=phrases,
    locale=st.sampled_from(["ko", "en"]),
    audience=st.sampled_from(["citizen", "staff"]),
    agency=st.sampled_from(["city", "mapo"]),
    variants=st.lists(phrases, max_size=3).map(tuple),
    valid_from=st.sampled_from([None, TODAY, TOMORROW]),
    valid_until=st.sampled_from([None, TODAY, YESTERDAY]),
    publication=st.sampled_from(["draft", "published", "published", "retired"]),
)


class HashedVectors:
    """In a model's place: a unit vector from a text's digest.

    What is proven here is bookkeeping, which no model takes part in; hundreds of runs through e5 would take hours.
    """

    prompts = {"query": "query: ", "document": "passage: "}  # noqa: RUF012 - a model's attribute

    def get_embedding_dimension(self) -> int:
        return 8

    def encode(self, texts: list[str], **_options: Any) -> Vectors:
        rows = [np.frombuffer(sha256(text.encode()).digest()[:8], dtype=np.uint8) for text in texts]
        vectors = np.stack(rows).astype(np.float32) - 127.5
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def hashed_embedder() -> Embedder:
    return Embedder(HashedVectors(), "hashed")


def assert_follows(
    snapshot: Snapshot, published: dict[EntryKey, Entry], embedder: Embedder, *, off: float = 1e-5
) -> None:
    """The snapshot holds exactly these entries, each with its own vectors and words, and finds each of them.

    A real model's vectors are ``off`` by as much, depending on what else was in a batch.
    """
    assert {e.key: e for e in (*snapshot.entries, *snapshot.hidden)} == published
    indexed = list(snapshot.entries)
    assert snapshot.unit_count == sum(2 + len(e.variants) for e in indexed)
    everyone = np.ones(len(indexed), dtype=bool)
    for position, entry in enumerate(indexed):
        asked = embedder.encode_queries([entry.question, *entry.variants])
        told = embedder.encode_passages([passage_of(entry)])
        expected = np.concatenate(
            [snapshot.centre.questions(asked, entry.locale == "en"), snapshot.centre.passages(told)]
        )
        np.testing.assert_allclose(snapshot.units.of(position), expected, atol=off)
        owners = snapshot.units.nearest(expected[0], snapshot.unit_count, snapshot.units.choice(everyone))
        assert sorted(owners) == sorted(np.repeat(np.arange(len(indexed)), [2 + len(e.variants) for e in indexed]))
        seen = snapshot.visible(entry.audience, entry.agency, TODAY)[position]
        near = snapshot.nearest(expected[0], Viewer(entry.audience, entry.agency, entry.locale), TODAY, len(indexed))
        assert (position in near) == seen
    words = LexicalIndex(lexical_documents(indexed))
    for word in _WORDS:
        found, known = snapshot.lexical.score([(word,), ("없는말",)])
        expected_scores, expected_known = words.score([(word,), ("없는말",)])
        np.testing.assert_allclose(found, expected_scores, atol=1e-6)
        assert known == pytest.approx(expected_known)


def crash(*_args: object, **_options: object) -> None:
    raise MemoryError


class Installation(RuleBasedStateMachine):
    """Editors, crashes and restarts over one data folder; a real SQLite store, real FAISS, real files."""

    empty_database: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="maru-follows-"))
        shutil.copy(self.empty_database, self.folder / "maru.db")
        self.settings = Settings(data_dir=self.folder, seed_dir=self.folder / "no-seeds")
        self.embedder = hashed_embedder()
        self.expected: dict[EntryKey, Entry] = {}
        self.start()

    def start(self) -> None:
        """A process starts over what lies on disk."""
        self.engine = open_engine(self.settings.app_database_url)
        self.store = FaqStore(self.engine)
        self.knowledge = Knowledge(self.settings, self.engine, SystemClock())
        self.knowledge.load(self.embedder)
        self.current = True

    @initialize()
    def seed(self) -> None:
        """Enough entries that an edit is a small part of them."""
        many = [
            Entry(entry_id=f"seed-{n}", question=f"{_WORDS[n % 10]} {n}", answer=f"{_WORDS[n % 7]} 안내")
            for n in range(_FULL_BUILD)
        ]
        self.store.save(many)
        self.expected |= {e.key: e for e in many}
        self.knowledge.refresh()

    @rule(entry=entries)
    def save(self, entry: Entry) -> None:
        """Create or edit."""
        self.store.save([entry])
        self.expected[entry.key] = entry
        self.current = False

    @rule(changed=st.lists(entries, max_size=12))
    def import_many(self, changed: list[Entry]) -> None:
        """An import of many entries at once."""
        self.store.save(changed)
        self.expected |= {e.key: e for e in changed}
        self.current = False

    @rule(
        entry_id=entry_ids,
        agency=st.sampled_from(["city", "mapo"]),
        publication=st.sampled_from(["draft", "published", "retired", "hidden"]),
    )
    def publish_or_withdraw(self, entry_id: str, agency: str, publication: Publication) -> None:
        """Publish, withdraw, retire or hide."""
        if publication == "hidden" and agency == "city":
            return
        self.store.set_publication(entry_id, publication, agency)
        for key, entry in self.expected.items():
            if key[:2] == (entry_id, agency):
                self.expected[key] = replace(entry, publication=publication)
        self.current = False

    @rule(entry_id=entry_ids, until=st.sampled_from([None, YESTERDAY, TODAY, TOMORROW]))
    def change_validity(self, entry_id: str, until: Any) -> None:
        """An editor moves the last day."""
        changed = {k: replace(e, valid_until=until) for k, e in self.expected.items() if k[0] == entry_id}
        self.store.save(changed.values())
        self.expected |= changed
        self.current = False

    @rule(entry_id=entry_ids | st.integers(0, _FULL_BUILD - 1).map("seed-{}".format))
    def delete(self, entry_id: str) -> None:
        """An entry goes."""
        self.store.delete([entry_id])
        self.expected = {k: e for k, e in self.expected.items() if k[:2] != (entry_id, "city")}
        self.current = False

    @rule()
    def refresh(self) -> None:
        """The process looks at the store."""
        self.knowledge.refresh()
        self.current = True

    @rule()
    def renew(self) -> None:
        """The whole index is built anew."""
        self.knowledge.renew()
        assert self.knowledge.snapshot.units.drift == 0 or not self.current
        self.current = True

    @rule(
        place=st.sampled_from(
            [
                (index, "VectorIndex"),
                (index, "lexical_documents"),
                (index, "_check"),
                (VectorCache, "_write"),
                (service, "_Live"),
            ]
        )
    )
    def crash_in_a_build(self, place: tuple[Any, str]) -> None:
        """A build ends in the middle; what is served stays as it was."""
        before = self.knowledge.snapshot
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(*place, crash)
            try:
                self.current = self.knowledge.refresh() or self.current
            except MemoryError:
                assert self.knowledge.snapshot is before

    @rule(place=st.sampled_from([(index, "VectorIndex"), (VectorCache, "_write"), (FaqStore, "published_after")]))
    def crash_in_the_start(self, place: tuple[Any, str]) -> None:
        """A process that starts ends in the middle; the next one starts over what it left."""
        self.engine.dispose()
        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(MemoryError):
            patch.setattr(*place, crash)
            self.start()
        self.restart()

    @rule()
    def restart(self) -> None:
        """The process ends without a word and another begins."""
        self.engine.dispose()
        self.start()

    @rule(at=st.floats(0, 1), damage=st.sampled_from(["cut", "zeroes", "foreign", "gone"]))
    def damage_the_file(self, at: float, damage: str) -> None:
        """The file of vectors is torn, overwritten, replaced or deleted; then the process starts anew."""
        path = self.folder / "index" / "vectors.db"
        if not path.exists():
            return
        content = path.read_bytes()
        place = int(at * len(content))
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(
                {
                    "cut": content[:place],
                    "zeroes": content[:place] + bytes(min(4096, len(content) - place)) + content[place + 4096 :],
                    "foreign": b"PK\x03\x04 something else" * 100,
                }[damage]
            )
        self.restart()

    @invariant()
    def the_index_is_what_is_published(self) -> None:
        """Whenever the process has looked since the last change."""
        if self.current:
            in_force = {k: e for k, e in self.expected.items() if e.publication in ("published", "hidden")}
            assert_follows(self.knowledge.snapshot, in_force, self.embedder)

    def teardown(self) -> None:
        """Nothing stays."""
        self.engine.dispose()
        shutil.rmtree(self.folder)


@pytest.fixture(scope="module", autouse=True)
def _empty_database(empty_database: Path) -> None:
    Installation.empty_database = empty_database


class TestInstallation(Installation.TestCase):  # type: ignore[misc, valid-type]
    """Any sequence of the rules above."""

    settings = hypothesis_settings(max_examples=30, stateful_step_count=20, deadline=None)


def test_when_real_entries_are_edited_through_the_real_model_then_the_index_follows(
    engine: Engine, tmp_path: Path, embedder: Embedder, vector_cache: VectorCache, sample: list[Entry]
) -> None:
    knowledge = Knowledge(Settings(data_dir=tmp_path / "var", seed_dir=tmp_path / "no-seeds"), engine, SystemClock())
    knowledge.store.save(sample)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "open_vector_cache", lambda *_: vector_cache)
        knowledge.load(embedder)
    edited = replace(
        sample[0], question="고양이를 잃어버렸는데 어디에 알리나요?", variants=("우리 고양이가 없어졌어요",)
    )
    knowledge.store.save([edited])
    retired = next(e.entry_id for e in sample if e.entry_id != edited.entry_id)
    knowledge.store.set_publication(retired, "retired")
    knowledge.refresh()
    published = {e.key: e for e in (edited, *sample[1:]) if e.entry_id != retired}
    assert_follows(knowledge.snapshot, published, embedder, off=0.01)
    viewer = Viewer(edited.audience, edited.agency, edited.locale)
    assert knowledge.search("고양이가 사라졌어요", viewer).ranked[0].entry == edited
    knowledge.renew()
    assert knowledge.snapshot.units.drift == 0
    assert_follows(knowledge.snapshot, published, embedder, off=0.01)
