from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from maru.database import Base, open_engine
from privacy import ScrubbedText, Scrubber, TranscriptStore
from privacy.tables import ConsentRow, FeedbackRow, TranscriptTurnRow


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'maru.db'}")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(engine: Engine, clock: Clock) -> TranscriptStore:
    return TranscriptStore(engine, clock)


@pytest.fixture
def utterance(scrubber: Scrubber) -> ScrubbedText:
    return scrubber.scrub("제 이름은 홍길동이에요", "transcripts")


def count(engine: Engine, table: type[Any]) -> int:
    with Session(engine) as database:
        return len(database.scalars(select(table)).all())


def test_when_consent_is_on_then_the_scrubbed_turn_is_kept(store: TranscriptStore, utterance: ScrubbedText) -> None:
    store.set_consent("s", True)
    store.set_consent("s", True)
    assert store.has_consent("s")
    assert store.record_turn(
        "s", utterance, turn_id="t1", status="answered", entry_id="e1", score=0.9, modality="voice", intent="ask_faq"
    )
    assert list(store.export()) == [
        {
            "session": "s",
            "turn_id": "t1",
            "role": "user",
            "text": "제 이름은 <이름_1>이에요",
            "status": "answered",
            "entry_id": "e1",
            "score": 0.9,
            "locale": "ko",
            "modality": "voice",
            "intent": "ask_faq",
            "at": "2026-01-01T09:00:00+00:00",
        }
    ]


def test_when_there_is_no_consent_then_nothing_is_written(
    store: TranscriptStore, engine: Engine, utterance: ScrubbedText
) -> None:
    assert not store.has_consent("s")
    assert not store.record_turn("s", utterance, turn_id="t1")
    assert count(engine, TranscriptTurnRow) == count(engine, ConsentRow) == 0


def test_when_the_scrubber_failed_then_nothing_is_written(store: TranscriptStore, engine: Engine) -> None:
    store.set_consent("s", True)
    assert not store.record_turn("s", None, turn_id="t1")
    assert count(engine, TranscriptTurnRow) == 0


@pytest.mark.parametrize("consent", [True, False])
def test_when_raw_text_is_given_then_it_is_refused_and_not_quoted(
    store: TranscriptStore, engine: Engine, consent: bool
) -> None:
    store.set_consent("s", consent)
    with pytest.raises(TypeError) as caught:
        store.record_turn("s", "010-1234-5678", turn_id="t1")  # type: ignore[arg-type]
    assert "1234" not in str(caught.value)
    assert count(engine, TranscriptTurnRow) == 0


def test_when_consent_is_taken_back_then_what_was_kept_goes(
    store: TranscriptStore, engine: Engine, utterance: ScrubbedText
) -> None:
    for session in ("s", "other"):
        store.set_consent(session, True)
        store.record_turn(session, utterance, turn_id=f"turn-{session}")
        store.record_feedback(f"turn-{session}", "up", "e1")
    store.set_consent("s", False)
    assert not store.has_consent("s")
    assert [row["session"] for row in store.export()] == ["other"]
    with Session(engine) as database:
        assert database.scalars(select(FeedbackRow.turn_id)).all() == ["turn-other"]


def test_when_a_session_is_erased_then_the_file_holds_none_of_its_words(
    store: TranscriptStore, scrubber: Scrubber, tmp_path: Path
) -> None:
    store.set_consent("s", True)
    store.record_turn("s", scrubber.scrub("지렁이화분이궁금합니다", "worm"), turn_id="t1")
    words = "지렁이화분이궁금합니다".encode()
    assert any(words in file.read_bytes() for file in tmp_path.iterdir())
    assert store.erase("s") == 1
    assert not any(words in file.read_bytes() for file in tmp_path.iterdir())


def test_when_turns_are_old_then_they_and_empty_consents_are_purged(
    store: TranscriptStore, engine: Engine, clock: Clock, utterance: ScrubbedText
) -> None:
    store.set_consent("old", True)
    store.set_consent("long", True)
    store.record_turn("old", utterance, turn_id="t1")
    store.record_turn("long", utterance, turn_id="t2")
    store.record_feedback("t1", "down", None)
    clock.now += timedelta(days=91)
    store.set_consent("new", True)
    store.record_turn("long", utterance, turn_id="t3")
    assert store.purge(90) == 2
    assert [row["turn_id"] for row in store.export()] == ["t3"]
    assert count(engine, FeedbackRow) == 0
    assert not store.has_consent("old")
    assert store.has_consent("long")
    assert store.has_consent("new")


def test_when_a_thumb_is_given_twice_then_the_last_one_counts(store: TranscriptStore, engine: Engine) -> None:
    store.record_feedback("t1", "up", "e1")
    store.record_feedback("t1", "down", "e1")
    with Session(engine) as database:
        assert [row.value for row in database.scalars(select(FeedbackRow))] == ["down"]


def test_when_a_thumb_is_neither_up_nor_down_then_it_is_refused(store: TranscriptStore) -> None:
    with pytest.raises(ValueError, match="up"):
        store.record_feedback("t1", "sideways", None)  # type: ignore[arg-type]


def test_when_feedback_is_kept_then_its_table_has_no_place_for_words_or_sessions() -> None:
    assert set(FeedbackRow.__table__.columns.keys()) == {"turn_id", "value", "entry_id", "at"}
