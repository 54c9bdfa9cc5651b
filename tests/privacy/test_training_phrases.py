from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from maru.database import migrate, open_engine
from privacy.scrubbed_text import _seal
from privacy.scrubber import Scrubber
from privacy.strict_pass import StrictPass
from privacy.tables import TrainingPhraseRow, TrainingPhraseSourceRow
from privacy.training_phrases import TrainingPhrases, _write_phrase, phrase_key, tidy
from privacy.transcripts import TranscriptStore
from tests.postgresql import ENGINES, a_server, emptied
from tests.privacy.published import strict_pass

START = datetime(2026, 1, 1, tzinfo=UTC)
MOVE_IN = "전입신고 어떻게 해요"


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with a_server() as url:
        yield url


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    if request.param == "sqlite":
        opened = open_engine(f"sqlite:///{tmp_path / 'maru.db'}")
    else:
        opened = emptied(request.getfixturevalue("postgresql"))
    migrate(opened)
    yield opened
    opened.dispose()


@pytest.fixture(scope="module")
def strict() -> StrictPass:
    return strict_pass()


@pytest.fixture
def phrases(engine: Engine) -> TrainingPhrases:
    return TrainingPhrases(engine, 3, lambda: START)


@pytest.fixture
def store(engine: Engine) -> TranscriptStore:
    return TranscriptStore(engine, lambda: START)


def say(store: TranscriptStore, session: str, *turns: str, intent: str | None = "ask_faq") -> None:
    store.set_consent(session, True)
    for number, said in enumerate(turns):
        store.record_turn(session, _seal(said, ()), turn_id=f"{session}-{number}-{said}", intent=intent)


def texts(phrases: TrainingPhrases) -> list[tuple[str, int]]:
    return [(phrase.text, phrase.sessions) for phrase in phrases.phrases()]


@pytest.mark.parametrize(
    ("said", "written", "key"),
    [
        (" 전입신고  어떻게 해요? ", "전입신고 어떻게 해요", "전입신고어떻게해요"),
        ("CCTV 달아 주세요!!", "cctv 달아 주세요", "cctv달아주세요"),
        ("<이름_3>, <전화번호_9>, <이름_3>", "<이름_1>, <전화번호_1>, <이름_1>", "<이름1><전화번호1><이름1>"),
        ("\u1100\u1161", "가", "가"),
        ("?!", "", ""),
    ],
)
def test_when_a_phrase_is_tidied_then_ways_of_writing_fall_together(said: str, written: str, key: str) -> None:
    assert (tidy(said), phrase_key(tidy(said))) == (written, key)


def test_when_enough_people_say_it_alike_then_it_waits_for_a_reviewer(
    phrases: TrainingPhrases, store: TranscriptStore, scrubber: Scrubber, strict: StrictPass
) -> None:
    say(store, "a", MOVE_IN, MOVE_IN, "여권 만들려면요")
    say(store, "b", "전입신고 어떻게해요?", "여권 만들려면요")
    say(store, "c", MOVE_IN + "!")
    assert phrases.collect(scrubber, strict).pending == 1
    assert texts(phrases) == [(MOVE_IN, 3)]
    assert phrases.approved() == []
    [waiting] = phrases.phrases()
    assert phrases.unknown([waiting.id, 999]) == [999]
    phrases.decide([waiting.id], "approved", "김검토")
    [approved] = phrases.approved()
    assert (approved.text, approved.intent, approved.reviewer) == (MOVE_IN, "ask_faq", "김검토")
    phrases.collect(scrubber, strict)
    assert [phrase.text for phrase in phrases.approved()] == [MOVE_IN]
    assert phrases.approved(min_sessions=4) == []


def test_when_one_person_says_it_often_then_it_is_still_one(
    phrases: TrainingPhrases, store: TranscriptStore, scrubber: Scrubber, strict: StrictPass
) -> None:
    say(store, "a", *[MOVE_IN] * 9)
    assert phrases.collect(scrubber, strict).pending == 0


def test_when_rasa_heard_no_intent_then_there_is_nothing_to_learn(
    phrases: TrainingPhrases, store: TranscriptStore, scrubber: Scrubber, strict: StrictPass
) -> None:
    for session in "abc":
        say(store, session, MOVE_IN, intent=None)
    assert phrases.collect(scrubber, strict).pending == 0


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        (["전입신고 010-1234-5678"], "turn"),  # what the first scrubbing missed, the second finds
        (["전화번호가 010", "1234", "5678"], "turn"),  # over several turns
        (["김하늘이라고 하는데요"], None),
        (["hello zyxwv"], "latin"),
        (["등본 1234"], None),
    ],
)
def test_when_a_phrase_is_doubtful_then_it_never_becomes_one(
    phrases: TrainingPhrases,
    store: TranscriptStore,
    scrubber: Scrubber,
    strict: StrictPass,
    turns: list[str],
    reason: str | None,
) -> None:
    for session in "abcd":
        say(store, session, *turns)
    collected = phrases.collect(scrubber, strict)
    assert collected.pending == 0
    assert reason is None or reason in collected.dropped


def test_when_a_pseudonym_stands_among_published_words_then_the_phrase_may_be_learned(
    phrases: TrainingPhrases, store: TranscriptStore, scrubber: Scrubber, strict: StrictPass
) -> None:
    for number, session in enumerate("abc", 1):
        say(store, session, f"제 번호는 <전화번호_{number}>인데 전입신고 어떻게 해요")
    phrases.collect(scrubber, strict)
    assert texts(phrases) == [("제 번호는 <전화번호_1>인데 전입신고 어떻게 해요", 3)]


@pytest.mark.parametrize("decision", [None, "approved"])
def test_when_somebody_erases_then_a_phrase_too_few_are_left_of_goes_too(
    phrases: TrainingPhrases,
    store: TranscriptStore,
    engine: Engine,
    scrubber: Scrubber,
    strict: StrictPass,
    decision: str | None,
) -> None:
    for session in "abcd":
        say(store, session, MOVE_IN)
    phrases.collect(scrubber, strict)
    if decision:
        phrases.decide([phrases.phrases()[0].id], "approved", "김검토")
    store.erase("a")
    assert [phrase.sessions for phrase in phrases.phrases(("pending", "approved"))] == [3]
    store.set_consent("b", False)
    assert phrases.phrases(("pending", "approved")) == phrases.approved() == []
    with Session(engine) as database:
        assert database.scalar(select(func.count()).select_from(TrainingPhraseRow)) == 0
        assert database.scalar(select(func.count()).select_from(TrainingPhraseSourceRow)) == 0


def test_when_conversations_expire_then_their_phrases_do(
    phrases: TrainingPhrases, store: TranscriptStore, engine: Engine, scrubber: Scrubber, strict: StrictPass
) -> None:
    for session in "abc":
        say(store, session, MOVE_IN)
    phrases.collect(scrubber, strict)
    phrases.decide([phrases.phrases()[0].id], "approved", "김검토")
    TranscriptStore(engine, lambda: START + timedelta(days=91)).purge(90)
    assert phrases.approved() == []


def test_when_the_number_of_an_erased_turn_is_given_again_then_no_phrase_holds_on_to_it(
    store: TranscriptStore, phrases: TrainingPhrases, engine: Engine, scrubber: Scrubber, strict: StrictPass
) -> None:
    for session in "abc":
        say(store, session, MOVE_IN)
    phrases.collect(scrubber, strict)
    store.erase("c")
    say(store, "d", "여권 만들려면요")
    phrases.collect(scrubber, strict)
    assert texts(phrases) == []


def test_when_raw_text_is_given_then_it_is_refused(engine: Engine) -> None:
    with Session(engine) as database, pytest.raises(TypeError):
        _write_phrase(database, "key", "010-1234-5678", "ask_faq", [])  # type: ignore[arg-type]
