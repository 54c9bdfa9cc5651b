"""What the recogniser is told before it hears: the questions that a first text is near to, and nothing personal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from actions.reply import ReplyWriter
from knowledge import service
from knowledge.decision import Decision
from knowledge.embedder import Embedder
from knowledge.entry import Viewer
from knowledge.vector_cache import VectorCache
from maru.clock import SystemClock
from maru.database import migrate, open_engine
from maru.settings import Settings
from privacy.errors import ScrubFailed
from privacy.scrubber import Scrubber
from privacy.transcripts import TranscriptStore
from privacy.vault import SessionVault
from tests.web.test_conversation import ENTRIES
from voice.recognizer import Transcript
from web.conversation import Conversation
from web.idempotency import RepeatedTurns
from web.parts import Parts
from web.rasa_client import RasaClient
from web.schemas import ReplyBody
from web.sessions import SessionTokens
from web.spoken_turn import Meant, SpokenTurns

MISHEARD = "이사한 뒤 전입 싱고는 어떻게 하나요"


@pytest.fixture(scope="module")
def spoken(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, vector_cache: VectorCache
) -> Iterator[SpokenTurns]:
    """Spoken turns over real entries, a real index and a real scrubber."""
    folder = tmp_path_factory.mktemp("spoken")
    settings = Settings(data_dir=folder / "var", seed_dir=folder / "no-seeds", index_poll_s=60.0)
    engine = open_engine(settings.app_database_url)
    migrate(engine)
    parts = Parts(settings, engine, SystemClock())
    parts.knowledge.store.save(ENTRIES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "open_vector_cache", lambda *_: vector_cache)
        parts.knowledge.open(embedder)
    parts._scrubber = Scrubber(SessionVault(ttl_s=1800), timeout_s=60.0)
    turns = Conversation(
        agency=settings.agency,
        knowledge=parts.knowledge,
        scrubber=parts.scrubber,
        transcripts=TranscriptStore(engine),
        rasa=RasaClient("http://127.0.0.1:1", "secret", 1.0),
        writer=ReplyWriter(settings, parts.knowledge),
        clock=SystemClock(),
    )
    yield SpokenTurns(turns, RepeatedTurns(), settings, parts)
    parts.knowledge.close()
    engine.dispose()


def near(spoken: SpokenTurns, text: str, audience: Any = "citizen") -> tuple[str, ...]:
    session = SessionTokens("secret", SystemClock()).issue(audience, "ko")
    bias = spoken.hints(session, None, commands=False, expecting=None).bias
    assert bias is not None
    return tuple(bias(text))


def test_when_a_question_was_misheard_then_the_entry_it_is_near_to_comes_first(spoken: SpokenTurns) -> None:
    assert near(spoken, MISHEARD)[0] == "이사한 뒤 전입신고는 어떻게 하나요?"


def test_when_a_citizen_speaks_then_entries_for_staff_are_not_told(spoken: SpokenTurns) -> None:
    question = "연가는 며칠까지 쓸 수 있나요?"
    assert question not in near(spoken, "연가 며칠까지 쓰나요")
    assert question in near(spoken, "연가 며칠까지 쓰나요", "staff")


def test_when_somebody_tells_their_number_then_the_search_never_sees_it(
    spoken: SpokenTurns, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    search = spoken.parts.knowledge.search

    def noted(text: str, viewer: Viewer) -> Decision:
        searched.append(text)
        return search(text, viewer)

    monkeypatch.setattr(spoken.parts.knowledge, "search", noted)
    assert near(spoken, "제 번호는 010-0000-1234인데요 전입신고는 어떻게 하나요")
    assert searched
    assert "1234" not in searched[0]


@pytest.mark.parametrize("text", ["", "x" * 5000])
def test_when_the_text_is_odd_then_nothing_breaks(spoken: SpokenTurns, text: str) -> None:
    assert len(near(spoken, text)) <= 4


def test_when_nothing_can_be_scrubbed_then_nothing_is_told(
    spoken: SpokenTurns, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Scrubber:
        raise ScrubFailed("down")

    monkeypatch.setattr(spoken.parts, "scrubber", fail)
    assert near(spoken, MISHEARD) == ()


async def test_when_a_recording_without_speech_is_sent_again_then_it_fails_once(spoken: SpokenTurns) -> None:
    session = SessionTokens("secret", SystemClock()).issue("citizen", "ko")
    silence = Meant(Transcript("", 0.0, 1.0, "ko"), "", None)

    async def heard(key: str) -> ReplyBody:
        body = await spoken.answer(session, silence, locale=None, turn_key=key, started=time.monotonic())
        assert body.reply is not None
        return body.reply

    first, again = await heard("the-same-key"), await heard("the-same-key")
    assert again == first
    assert (await heard("another-key")).text != first.text
