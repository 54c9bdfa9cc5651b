"""One turn with everything real but Rasa, which is down, slow, or answers what the test says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from actions.outcome import Outcome, Suggested
from actions.reply import ReplyWriter
from knowledge import service
from knowledge.embedder import Embedder
from knowledge.entry import Entry, Viewer
from knowledge.service import Knowledge
from knowledge.vector_cache import VectorCache
from maru.clock import SystemClock
from maru.database import migrate, open_engine
from maru.settings import Settings
from maru.supervisor.listening import free_port
from privacy.errors import ScrubFailed
from privacy.scrubber import Scrubber
from privacy.transcripts import TranscriptStore
from privacy.vault import SessionVault
from tests.web.local_rasa import LocalRasa
from web.conversation import Conversation, Erasure, Heard
from web.form_conversation import FormConversation
from web.rasa_client import RasaClient
from web.sessions import Session, SessionTokens

ENTRIES = [
    Entry(
        entry_id="resident-move-in",
        question="이사한 뒤 전입신고는 어떻게 하나요?",
        variants=("이사 왔는데 주소 바꾸려면요", "전입신고 인터넷"),
        answer="**이사한 날부터 14일 안에** 동주민센터나 정부24에서 신고합니다.",
        contact="동주민센터",
    ),
    Entry(
        entry_id="resident-move-in",
        locale="en",
        question="How do I report that I have moved in?",
        answer="Report it within 14 days.",
    ),
    Entry(
        entry_id="passport-lost",
        question="여권을 잃어버렸는데 어떻게 하나요?",
        variants=("여권 분실 신고",),
        answer="바로 분실 신고를 하고 다시 신청합니다.",
    ),
    Entry(
        entry_id="staff-leave-annual",
        audience="staff",
        question="연가는 며칠까지 쓸 수 있나요?",
        variants=("연가 일수",),
        answer="재직 기간에 따라 다릅니다.",
    ),
]
MOVE_IN = "이사한 뒤 전입신고는 어떻게 하나요?"
PERSONAL = "제 번호는 010-0000-1234인데요 전입신고는 어떻게 하나요?"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("conversation")
    return Settings(data_dir=folder / "var", seed_dir=folder / "no-seeds", index_poll_s=60.0)


@pytest.fixture(scope="module")
def engine(settings: Settings) -> Iterator[Engine]:
    opened = open_engine(settings.app_database_url)
    migrate(opened)
    yield opened
    opened.dispose()


@pytest.fixture(scope="module")
def knowledge(settings: Settings, engine: Engine, embedder: Embedder, vector_cache: VectorCache) -> Iterator[Knowledge]:
    opened = Knowledge(settings, engine, SystemClock())
    opened.store.save(ENTRIES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "open_vector_cache", lambda *_: vector_cache)
        opened.open(embedder)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def scrubber() -> Scrubber:
    return Scrubber(SessionVault(ttl_s=1800), timeout_s=60.0)


@pytest.fixture
def transcripts(engine: Engine) -> TranscriptStore:
    store = TranscriptStore(engine)
    for row in list(store.export()):
        store.erase(str(row["session"]))
    return store


class Talk:
    """A conversation with a session of its own."""

    def __init__(self, turns: Conversation, tokens: SessionTokens, transcripts: TranscriptStore) -> None:
        self.turns = turns
        self.tokens = tokens
        self.transcripts = transcripts
        self.session: Session = tokens.issue("citizen", "ko")

    def kept(self) -> list[dict[str, Any]]:
        return [row for row in self.transcripts.export() if row["session"] == self.session.key]


def talk_over(
    rasa: RasaClient, settings: Settings, knowledge: Knowledge, scrubber: Any, transcripts: TranscriptStore
) -> Talk:
    turns = Conversation(
        agency=settings.agency,
        knowledge=knowledge,
        scrubber=scrubber,
        transcripts=transcripts,
        rasa=rasa,
        writer=ReplyWriter(settings, knowledge),
        clock=SystemClock(),
    )
    return Talk(turns, SessionTokens("secret", SystemClock()), transcripts)


@pytest.fixture
async def talk(
    local_rasa: LocalRasa, settings: Settings, knowledge: Knowledge, scrubber: Scrubber, transcripts: TranscriptStore
) -> AsyncIterator[Talk]:
    """Rasa is there and answers what the test tells it to."""
    rasa = RasaClient(local_rasa.url, "secret", 5.0)
    yield talk_over(rasa, settings, knowledge, lambda: scrubber, transcripts)
    await rasa.close()


@pytest.fixture(params=["down", "slow", "silent", "broken"])
async def talk_alone(
    request: pytest.FixtureRequest,
    local_rasa: LocalRasa,
    settings: Settings,
    knowledge: Knowledge,
    scrubber: Scrubber,
    transcripts: TranscriptStore,
) -> AsyncIterator[Talk]:
    """Rasa can't be asked, for each of the reasons there may be."""
    bad: dict[str, dict[str, tuple[int, Any]]] = {
        "silent": {"/webhooks/maru/webhook": (200, {"messages": [], "intent": {}})},
        "broken": {"/webhooks/maru/webhook": (500, b"Internal Server Error")},
    }
    local_rasa.replies = bad.get(request.param, {})
    if request.param == "slow":
        local_rasa.answers(Outcome("smalltalk", "chitchat"))
        local_rasa.delay_s = 1.0
    url = f"http://127.0.0.1:{free_port()}" if request.param == "down" else local_rasa.url
    rasa = RasaClient(url, "secret", 0.2)
    yield talk_over(rasa, settings, knowledge, lambda: scrubber, transcripts)
    await rasa.close()


@pytest.mark.parametrize(
    ("text", "status", "entry_id"),
    [
        (MOVE_IN, "answered", "resident-move-in"),
        ("여권을 잃어버렸는데 어떻게 하나요?", "answered", "passport-lost"),
        ("오늘 점심 뭐 먹지", "unavailable", None),  # what can't be settled without Rasa isn't “no answer”
        ("상담원 연결해 주세요", "handoff", None),
        ("취소", "smalltalk", None),
        ("남편이 쓰러졌어요", "emergency", None),
        ("죽고 싶어요", "emergency", None),
        ("두 번째 거요", "unavailable", None),
    ],
)
async def test_when_rasa_cant_be_asked_then_the_turn_is_answered_from_the_knowledge_base(
    talk_alone: Talk, text: str, status: str, entry_id: str | None
) -> None:
    turn = await talk_alone.turns.handle_text(talk_alone.session, text)
    assert (turn.reply.status, turn.reply.entry_id, turn.intent) == (status, entry_id, None)
    assert turn.reply.text
    assert turn.ms > 0
    if entry_id is not None:
        assert turn.reply.text == next(e.answer for e in ENTRIES if e.entry_id == entry_id)


async def test_when_rasa_cant_be_asked_then_a_pressed_suggestion_still_works(talk_alone: Talk) -> None:
    turn = await talk_alone.turns.handle_choice(talk_alone.session, "passport-lost")
    assert (turn.reply.status, turn.reply.entry_id) == ("answered", "passport-lost")
    staff = await talk_alone.turns.handle_choice(talk_alone.session, "staff-leave-annual")
    assert (staff.reply.status, staff.reply.entry_id) == ("no_answer", None)


async def test_when_rasa_cant_be_asked_then_the_turn_is_kept_scrubbed_all_the_same(talk_alone: Talk) -> None:
    talk_alone.transcripts.set_consent(talk_alone.session.key, True)
    await talk_alone.turns.handle_text(talk_alone.session, PERSONAL)
    [kept] = talk_alone.kept()
    assert "010-0000-1234" not in json.dumps(kept, ensure_ascii=False)
    assert "전입신고" in kept["text"]
    assert (kept["status"], kept["intent"]) == ("answered", None)


async def test_when_rasa_cant_be_asked_then_forgetting_erases_here_and_says_that_it_isnt_complete(
    talk: Talk, local_rasa: LocalRasa
) -> None:
    talk.transcripts.set_consent(talk.session.key, True)
    local_rasa.answers(Outcome("answered", entry_id="passport-lost"))
    await talk.turns.handle_text(talk.session, PERSONAL)
    assert talk.kept()
    local_rasa.replies["/webhooks/maru/forget"] = (503, {})
    assert await talk.turns.forget(talk.session) == Erasure(turns=1, complete=False)
    assert talk.kept() == []
    assert not talk.transcripts.has_consent(talk.session.key)
    local_rasa.replies["/webhooks/maru/forget"] = (200, {})
    assert await talk.turns.forget(talk.session) == Erasure(turns=0, complete=True)


@pytest.mark.parametrize("heard", [None, Heard(0.9)], ids=["typed", "spoken"])
@pytest.mark.parametrize(("kept", "said"), [(True, "남겨 두었던 대화"), (False, "남겨 둔 대화는 없었고")])
async def test_when_somebody_says_erase_then_everything_of_the_session_goes_before_rasa_hears_of_it(
    talk: Talk, local_rasa: LocalRasa, scrubber: Scrubber, heard: Heard | None, kept: bool, said: str
) -> None:
    talk.transcripts.set_consent(talk.session.key, kept)
    local_rasa.answers(Outcome("answered", entry_id="passport-lost"))
    local_rasa.replies["/webhooks/maru/forget"] = (200, {})
    await talk.turns.handle_text(talk.session, PERSONAL)
    assert scrubber.vault.known(talk.session.key)
    turn = await talk.turns.handle_text(talk.session, "방금 한 말 지워 주세요", heard=heard)
    assert (turn.erased, turn.reply.status, turn.reply.locale) == ("all", "smalltalk", "ko")
    assert said in turn.reply.text
    assert [path for path, _headers, _body in local_rasa.requests] == [
        "/webhooks/maru/webhook",
        "/webhooks/maru/forget",
    ]
    assert talk.kept() == []
    assert not talk.transcripts.has_consent(talk.session.key)
    assert scrubber.vault.known(talk.session.key) == []
    await talk.turns.handle_text(talk.session, PERSONAL)
    assert talk.kept() == []


async def test_when_rasa_cant_be_reached_then_the_reply_to_erase_says_what_is_left(
    talk: Talk, local_rasa: LocalRasa
) -> None:
    talk.transcripts.set_consent(talk.session.key, True)
    local_rasa.answers(Outcome("answered", entry_id="passport-lost"))
    await talk.turns.handle_text(talk.session, PERSONAL)
    turn = await talk.turns.handle_text(talk.session, "Please erase this conversation")
    assert (turn.erased, turn.reply.status, turn.reply.locale) == ("partly", "unavailable", "en")
    assert "could not be erased" in turn.reply.text
    assert talk.kept() == []


async def test_when_the_store_cant_be_written_then_nobody_is_told_that_it_was_erased(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_args: object) -> None:
        raise OperationalError("DELETE", {}, Exception("locked"))

    monkeypatch.setattr(talk.transcripts, "erase", locked)
    turn = await talk.turns.handle_text(talk.session, "지워 주세요")
    assert (turn.erased, turn.reply.status) == (None, "unavailable")
    assert "지우지 못했습니다" in turn.reply.text


async def test_when_the_scrubber_fails_then_erasing_works_all_the_same(
    local_rasa: LocalRasa, settings: Settings, knowledge: Knowledge, transcripts: TranscriptStore
) -> None:
    local_rasa.replies["/webhooks/maru/forget"] = (200, {})
    rasa = RasaClient(local_rasa.url, "secret", 5.0)
    talk = talk_over(rasa, settings, knowledge, failing, transcripts)
    transcripts.set_consent(talk.session.key, True)
    turn = await talk.turns.handle_text(talk.session, "동의 취소할게요")
    await rasa.close()
    assert turn.erased == "partly"
    assert not transcripts.has_consent(talk.session.key)


async def test_when_rasa_answers_then_its_outcome_is_put_into_words(talk: Talk, local_rasa: LocalRasa) -> None:
    offered = (Suggested("resident-move-in", 0.5), Suggested("staff-leave-annual", 0.4), Suggested("gone", 0.3))
    local_rasa.answers(Outcome("clarify", "did_you_mean", suggestions=offered), "ask_faq")
    turn = await talk.turns.handle_text(talk.session, "신고", heard=Heard(0.8))
    assert (turn.reply.status, turn.intent) == ("clarify", "ask_faq")
    assert [s.entry_id for s in turn.reply.suggestions] == ["resident-move-in"]
    metadata = local_rasa.requests[0][2]["metadata"]
    assert metadata == {
        "audience": "citizen",
        "locale": "ko",
        "agency": "city",
        "modality": "voice",
        "session": talk.session.key,
        "turn": turn.turn_id,
    }


async def test_when_another_reading_of_what_was_said_fits_then_the_search_knows_it_scrubbed(
    talk: Talk, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[tuple[str, list[str]]] = []
    original = knowledge.note_readings

    def note(question: str, others: Sequence[str]) -> None:
        noted.append((question, list(others)))
        original(question, others)

    monkeypatch.setattr(knowledge, "note_readings", note)
    heard = Heard(0.4, ("여권 분실 신고요", "여권 분실 신고요 010-0000-1234"))
    await talk.turns.handle_text(talk.session, "여고 눈실 싱고요", heard=heard)
    [(question, others)] = noted
    assert (question, others[0]) == ("여고 눈실 싱고요", "여권 분실 신고요")
    assert "0000" not in others[1]
    alone = knowledge.search("여고눈실 싱고요", Viewer()).ranked[0]
    together = knowledge.search("여고 눈실 싱고요", Viewer()).ranked[0]
    assert together.entry.entry_id == "passport-lost"
    assert together.score > alone.score


CONFIRM = Outcome(
    "clarify",
    "confirm",
    suggestions=(Suggested("resident-move-in", 0.4),),
    others=("passport-lost", "resident-move-in"),
)


@pytest.mark.parametrize(
    ("said", "status", "entry_ids"),
    [
        (["응 맞아"], "answered", ["resident-move-in"]),
        (["아니 그거 말고"], "clarify", ["passport-lost", "resident-move-in"]),
        (["아니 그거 말고", "첫 번째요"], "answered", ["passport-lost"]),
        (["아니 그거 말고", "아니요"], "handoff", []),
        (["고마워요", "네"], "answered", ["resident-move-in"]),
        (["아니 그거 말고 여권을 잃어버렸는데 어떻게 하나요"], "answered", ["passport-lost"]),
        (["여권을 잃어버렸는데 어떻게 하나요?"], "answered", ["passport-lost"]),
    ],
)
async def test_when_rasa_dies_after_a_confirmation_was_asked_then_yes_and_no_still_count(
    talk: Talk, local_rasa: LocalRasa, said: list[str], status: str, entry_ids: list[str]
) -> None:
    local_rasa.answers(CONFIRM)
    asked = await talk.turns.handle_text(talk.session, "이사", heard=Heard(0.5))
    assert (asked.reply.expects, len(asked.reply.suggestions)) == ("yes_no", 1)
    local_rasa.replies.clear()
    for text in said:
        turn = await talk.turns.handle_text(talk.session, text, heard=Heard(0.6))
    shown = [turn.reply.entry_id] if turn.reply.entry_id else [s.entry_id for s in turn.reply.suggestions]
    assert (turn.reply.status, shown) == (status, entry_ids)


async def test_when_somebody_isnt_understood_again_and_again_then_no_two_replies_in_a_row_are_the_same(
    talk: Talk, local_rasa: LocalRasa, settings: Settings
) -> None:
    local_rasa.answers(Outcome("no_answer", "no_answer"))
    replies = [await talk.turns.handle_text(talk.session, f"우므 {n}", heard=Heard(0.4)) for n in range(2)]
    replies.append(talk.turns.say(talk.session, Outcome("no_answer", wording="not_heard")))
    replies += [await talk.turns.handle_text(talk.session, f"아므 {n}", heard=Heard(0.4)) for n in range(2)]
    replies += [talk.turns.say(talk.session, Outcome("no_answer", wording="not_heard")) for _ in range(2)]
    texts = [turn.reply.text for turn in replies]
    assert "한 문장으로" in texts[0]
    assert all(settings.contact in text for text in texts[1:])
    assert all(one != other for one, other in pairwise(texts))
    assert all(one != other for one, other in pairwise(turn.reply.speech for turn in replies))
    local_rasa.replies["/webhooks/maru/forget"] = (200, {})
    await talk.turns.forget(talk.session)
    assert talk.turns.say(talk.session, Outcome("no_answer", wording="not_heard")).reply.text.startswith("말씀이 잘")


async def test_when_a_question_is_said_behind_a_no_then_its_other_readings_are_known_too(
    talk: Talk, local_rasa: LocalRasa, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(knowledge, "note_readings", lambda question, others: noted.append((question, list(others))))
    local_rasa.answers(CONFIRM)
    heard = Heard(0.5, ("아니 그거 말고 여건 분실이요", "아니 그거 맞고 여권"))
    await talk.turns.handle_text(talk.session, "아니 그거 말고 여권 분실이요", heard=heard)
    assert noted[1] == ("여권 분실이요", ["여건 분실이요", "그거 맞고 여권"])


async def test_when_personal_data_is_said_then_rasa_and_the_store_get_pseudonyms_only(
    talk: Talk, local_rasa: LocalRasa, settings: Settings
) -> None:
    talk.transcripts.set_consent(talk.session.key, True)
    local_rasa.answers(Outcome("answered", entry_id="resident-move-in", score=0.9))
    await talk.turns.handle_text(talk.session, PERSONAL)
    await talk.turns.handle_text(talk.session, "네 010-0000-1234 맞아요")
    assert "0000" not in local_rasa.said
    assert "1234" not in local_rasa.said
    first, second = talk.kept()
    assert (first["entry_id"], first["score"], first["modality"], first["intent"]) == (
        "resident-move-in",
        0.9,
        "text",
        "ask_faq",
    )
    assert "1234" not in first["text"] + second["text"]
    placeholder = first["text"].split("<")[1].split(">")[0]
    assert f"<{placeholder}>" in second["text"]  # the same number, the same name
    for path in Path(settings.data_dir).rglob("*"):
        assert not path.is_file() or b"010-0000-1234" not in path.read_bytes()


async def test_when_there_is_no_consent_then_nothing_is_kept(talk: Talk, local_rasa: LocalRasa) -> None:
    local_rasa.answers(Outcome("answered", entry_id="resident-move-in"))
    await talk.turns.handle_text(talk.session, MOVE_IN)
    await talk.turns.handle_choice(talk.session, "passport-lost")
    assert talk.kept() == []


@pytest.mark.parametrize("made_up", ["010-0000-1234", "hong-gildong", "staff-leave-annual"])
async def test_when_a_choice_is_no_entry_that_the_session_may_see_then_rasa_never_hears_of_it(
    talk: Talk, local_rasa: LocalRasa, made_up: str
) -> None:
    local_rasa.answers(Outcome("answered", entry_id="passport-lost", score=1.0))
    turn = await talk.turns.handle_choice(talk.session, made_up)
    assert (turn.reply.status, turn.reply.entry_id, turn.intent) == ("no_answer", None, None)
    assert local_rasa.requests == []
    assert await talk.turns.offers(talk.session, made_up) is False
    assert await talk.turns.offers(talk.session, "passport-lost") is True


async def test_when_a_suggestion_is_pressed_then_no_words_are_sent_and_none_are_kept(
    talk: Talk, local_rasa: LocalRasa
) -> None:
    talk.transcripts.set_consent(talk.session.key, True)
    local_rasa.answers(Outcome("answered", entry_id="passport-lost", score=1.0))
    turn = await talk.turns.handle_choice(talk.session, "passport-lost", "en")
    assert turn.reply.note is not None  # published in Korean only
    body = local_rasa.requests[0][2]
    assert (body["text"], body["choice"], body["vector"]) == ("", "passport-lost", None)
    assert (body["metadata"]["modality"], body["metadata"]["locale"]) == ("button", "en")
    assert talk.kept() == []


def failing() -> Scrubber:
    raise ScrubFailed("the scrubber isn't loaded")


class Refusing:
    """A scrubber that can't read this utterance."""

    vault = SessionVault(ttl_s=60)

    def scrub(self, *_args: object, **_more: object) -> None:
        raise ScrubFailed("over the time budget")


@pytest.mark.parametrize("scrubbing", [failing, Refusing], ids=["not loaded", "too slow"])
async def test_when_the_scrubber_fails_then_it_is_answered_but_rasa_isnt_asked_and_nothing_is_kept(
    local_rasa: LocalRasa, settings: Settings, knowledge: Knowledge, transcripts: TranscriptStore, scrubbing: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    local_rasa.answers(Outcome("smalltalk", "chitchat"))
    rasa = RasaClient(local_rasa.url, "secret", 5.0)
    talk = talk_over(rasa, settings, knowledge, scrubbing, transcripts)
    transcripts.set_consent(talk.session.key, True)
    turn = await talk.turns.handle_text(talk.session, PERSONAL)
    await rasa.close()
    assert (turn.reply.status, turn.reply.entry_id) == ("answered", "resident-move-in")
    assert local_rasa.requests == []
    assert talk.kept() == []
    output = capsys.readouterr()
    assert "010-0000-1234" not in output.out + output.err
    for path in Path(settings.data_dir).rglob("*"):
        assert not path.is_file() or b"010-0000-1234" not in path.read_bytes()


async def test_when_the_knowledge_base_isnt_loaded_then_maru_says_that_it_cant_answer_just_now(
    local_rasa: LocalRasa, settings: Settings, engine: Engine, scrubber: Scrubber, transcripts: TranscriptStore
) -> None:
    rasa = RasaClient(f"http://127.0.0.1:{free_port()}", "secret", 1.0)
    talk = talk_over(rasa, settings, Knowledge(settings, engine, SystemClock()), lambda: scrubber, transcripts)
    turn = await talk.turns.handle_text(talk.session, MOVE_IN)
    assert (turn.reply.status, turn.reply.contact) == ("unavailable", settings.contact)
    assert (await talk.turns.handle_text(talk.session, "불이 났어요")).reply.status == "emergency"
    assert (await talk.turns.handle_choice(talk.session, "passport-lost")).reply.status == "unavailable"
    await rasa.close()


async def test_when_the_store_cant_be_written_then_the_citizen_gets_the_answer(
    talk: Talk, local_rasa: LocalRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    local_rasa.answers(Outcome("answered", entry_id="passport-lost"))
    monkeypatch.setattr(talk.transcripts, "record_turn", full)
    assert (await talk.turns.handle_text(talk.session, MOVE_IN)).reply.status == "answered"


async def test_when_an_answer_vanished_between_rasa_and_here_then_that_is_said(
    talk: Talk, local_rasa: LocalRasa
) -> None:
    talk.transcripts.set_consent(talk.session.key, True)
    local_rasa.answers(Outcome("answered", entry_id="staff-leave-annual", score=0.9))
    turn = await talk.turns.handle_text(talk.session, "연가는 며칠까지 쓸 수 있나요?")
    assert (turn.reply.status, turn.reply.entry_id) == ("no_answer", None)
    assert [(row["status"], row["entry_id"]) for row in talk.kept()] == [("no_answer", None)]


@pytest.mark.parametrize("text", ["가" * 1000, "\u200b", "<script>", "/intent{}", "\u1100\u1161", "a\n\nb", "😀" * 300])
async def test_when_an_utterance_is_strange_then_a_reply_comes_all_the_same(
    talk: Talk, local_rasa: LocalRasa, text: str
) -> None:
    local_rasa.answers(Outcome("no_answer", "no_answer"))
    assert (await talk.turns.handle_text(talk.session, text)).reply.status == "no_answer"


async def test_when_a_staff_entrys_words_are_asked_without_rasa_then_a_citizen_never_sees_it(talk_alone: Talk) -> None:
    turn = await talk_alone.turns.handle_text(talk_alone.session, "연가는 며칠까지 쓸 수 있나요?")
    assert turn.reply.entry_id != "staff-leave-annual"
    assert "재직 기간" not in turn.reply.text
    assert "staff-leave-annual" not in {s.entry_id for s in turn.reply.suggestions}


# The conversation for a browser without JavaScript


@pytest.fixture
def form(talk: Talk, settings: Settings) -> FormConversation:
    return FormConversation(talk.turns, talk.tokens, settings)


async def test_when_a_form_is_sent_then_its_session_goes_on(
    form: FormConversation, talk: Talk, local_rasa: LocalRasa
) -> None:
    local_rasa.answers(Outcome("answered", entry_id="passport-lost"))
    first = await form.handle_text(session_id=None, text="여권", entry_id=None, locale="ko")
    second = await form.handle_text(session_id=first.session_id, text="여권", entry_id=None, locale="ko")
    assert first.session_id == second.session_id
    assert {body["sender"] for _path, _headers, body in local_rasa.requests} == {talk.tokens.read(first.session_id).key}
    assert second.reply.text == "바로 분실 신고를 하고 다시 신청합니다."


@pytest.mark.parametrize("session_id", [None, "", "forged", "a.citizen.ko.1.b", "٣" * 40])
async def test_when_the_forms_session_is_unknown_then_a_new_one_for_citizens_begins(
    form: FormConversation, talk: Talk, local_rasa: LocalRasa, session_id: str | None
) -> None:
    local_rasa.answers(Outcome("smalltalk", "greet"))
    turn = await form.handle_text(session_id=session_id, text="Hello there", entry_id=None, locale="en")
    session = talk.tokens.read(turn.session_id)
    assert (session.audience, session.locale, turn.reply.locale) == ("citizen", "en", "en")


async def test_when_a_forms_digits_are_of_another_script_then_it_is_a_new_session(
    form: FormConversation, talk: Talk, local_rasa: LocalRasa
) -> None:
    local_rasa.answers(Outcome("smalltalk", "greet"))
    token = talk.session.token.translate({ord("0") + n: 0x660 + n for n in range(10)})
    turn = await form.handle_text(session_id=token, text="안녕하세요", entry_id=None, locale="ko")
    assert talk.tokens.read(turn.session_id).key != talk.session.key


@pytest.mark.parametrize("text", [None, ""])
async def test_when_the_form_is_empty_then_that_is_said_and_rasa_isnt_asked(
    form: FormConversation, local_rasa: LocalRasa, text: str | None
) -> None:
    turn = await form.handle_text(session_id=None, text=text, entry_id=None, locale="ko")
    assert "질문이 비어 있습니다" in turn.reply.text
    assert local_rasa.requests == []


async def test_when_a_forms_text_is_too_long_then_it_is_cut(form: FormConversation, local_rasa: LocalRasa) -> None:
    local_rasa.answers(Outcome("no_answer", "no_answer"))
    await form.handle_text(session_id=None, text="가" * 5000, entry_id=None, locale="ko")
    assert local_rasa.requests[0][2]["text"] == "가" * 1000


async def test_when_a_forms_button_is_pressed_then_its_entry_is_the_choice(
    form: FormConversation, local_rasa: LocalRasa
) -> None:
    local_rasa.answers(Outcome("answered", entry_id="passport-lost"))
    turn = await form.handle_text(session_id=None, text="무시", entry_id="passport-lost", locale="ko")
    assert turn.reply.entry_id == "passport-lost"
    assert local_rasa.requests[0][2]["text"] == ""
