"""A turn that is sent again gets the reply it was given, and nothing of it stays."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from actions.reply import Reply
from maru.clock import SystemClock
from maru.settings import Settings
from voice.hints import Hints
from voice.recognizer import Transcript
from web import api
from web.conversation import Erasure, TurnReply
from web.idempotency import RepeatedTurns
from web.problems import install_problem_handlers
from web.sessions import SessionTokens
from web.spoken_turn import SpokenTurns

KEY = "0123456789abcdef"
ERASE = "지워 주세요"
UTTERANCE = "제 번호는 010-4827-3951이에요"


class Words(str):
    """Text that a weak reference can watch."""


def _reply(turn_id: str, text: str = "네") -> TurnReply:
    return TurnReply(turn_id, Reply(status="smalltalk", text=text, html="", speech="", locale="ko"), None, 1.0)


class Turns:
    """Answers with a new turn each time, once ``go`` is set."""

    def __init__(self, *failures: type[Exception]) -> None:
        self.calls = 0
        self.go = asyncio.Event()
        self.go.set()
        self._failures = list(failures)

    async def __call__(self) -> TurnReply:
        self.calls += 1
        await self.go.wait()
        if self._failures:
            raise self._failures.pop(0)
        return _reply(f"turn-{self.calls}")


async def test_when_a_turn_comes_again_then_it_gets_the_same_reply() -> None:
    turns, repeated = Turns(), RepeatedTurns()
    first = await repeated.once("s", KEY, turns)
    assert await repeated.once("s", KEY, turns) is first
    assert turns.calls == 1


@pytest.mark.parametrize(
    ("session", "key"), [("other", KEY), ("s", "another-key-00"), ("s", None)], ids=["session", "key", "no key"]
)
async def test_when_session_or_key_differ_then_it_is_another_turn(session: str, key: str | None) -> None:
    turns, repeated = Turns(), RepeatedTurns()
    first = await repeated.once("s", KEY, turns)
    assert await repeated.once(session, key, turns) is not first
    assert turns.calls == 2


async def test_when_a_turn_comes_again_meanwhile_then_both_wait_for_one_reply() -> None:
    turns, repeated = Turns(), RepeatedTurns()
    turns.go.clear()
    attempts = [asyncio.create_task(repeated.once("s", KEY, turns)) for _ in range(3)]
    await asyncio.sleep(0)
    turns.go.set()
    first, second, third = await asyncio.gather(*attempts)
    assert first is second is third
    assert turns.calls == 1


async def test_when_the_first_attempt_goes_away_then_its_reply_is_there_for_the_next() -> None:
    turns, repeated = Turns(), RepeatedTurns()
    turns.go.clear()
    gone = asyncio.create_task(repeated.once("s", KEY, turns))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    turns.go.set()
    assert (await repeated.once("s", KEY, turns)).turn_id == "turn-1"


async def test_when_an_attempt_fails_then_the_next_one_tries_anew() -> None:
    turns, repeated = Turns(RuntimeError), RepeatedTurns()
    with pytest.raises(RuntimeError):
        await repeated.once("s", KEY, turns)
    assert (await repeated.once("s", KEY, turns)).turn_id == "turn-2"


async def test_when_the_time_is_over_then_the_reply_is_gone() -> None:
    turns, repeated = Turns(), RepeatedTurns(ttl_s=0.01)
    await repeated.once("s", KEY, turns)
    assert len(repeated) == 1
    await asyncio.sleep(0.1)
    assert len(repeated) == 0
    assert (await repeated.once("s", KEY, turns)).turn_id == "turn-2"


async def test_when_there_are_too_many_then_the_oldest_go() -> None:
    turns, repeated = Turns(), RepeatedTurns(most=2)
    for number in range(4):
        await repeated.once("s", f"{KEY}-{number}", turns)
    assert len(repeated) == 2
    assert (await repeated.once("s", f"{KEY}-3", turns)).turn_id == "turn-4"


async def test_when_a_session_is_forgotten_then_only_its_replies_go() -> None:
    turns, repeated = Turns(), RepeatedTurns()
    for session in ("s", "other"):
        await repeated.once(session, KEY, turns)
    repeated.forget("s")
    assert len(repeated) == 1
    assert (await repeated.once("other", KEY, turns)).turn_id == "turn-2"


async def _watched(repeated: RepeatedTurns, turn_key: str) -> tuple[weakref.ref[Words], weakref.ref[Words]]:
    """Hold a turn; what was said and what was replied, watched."""
    said, replied = Words(UTTERANCE), Words("네")

    async def answer(text: Words) -> TurnReply:
        await asyncio.sleep(0)
        return _reply("turn" if text else "none", replied)

    await repeated.once("s", turn_key, partial(answer, said))
    return weakref.ref(said), weakref.ref(replied)


async def test_when_a_reply_is_kept_then_what_was_said_is_not() -> None:
    repeated = RepeatedTurns()
    said, replied = await _watched(repeated, KEY)
    gc.collect()
    assert said() is None
    assert replied() is not None
    repeated.forget("s")
    await asyncio.sleep(0)  # lets the loop drop the call-backs of the turn's end
    gc.collect()
    assert replied() is None


class Conversation:
    """Stands in for the conversation: counts the turns that really were held."""

    def __init__(self) -> None:
        self.turns = 0

    async def handle_text(self, *_asked: Any) -> TurnReply:
        self.turns += 1
        reply = _reply(f"turn-{self.turns}")
        return replace(reply, erased="all") if ERASE in _asked else reply

    async def forget(self, _session: object) -> Erasure:
        return Erasure(turns=0, complete=True)


class Speech:
    """Hears the same in every recording."""

    def __init__(self) -> None:
        self.heard = 0

    async def transcribe(self, _data: bytes, locale: str, _hints: Hints) -> Transcript:
        self.heard += 1
        return Transcript(UTTERANCE, confidence=0.9, audio_s=1.0, locale=locale)


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    install_problem_handlers(app)
    app.include_router(api.router)
    app.state.settings = Settings(_env_file=None)
    app.state.tokens = SessionTokens("secret", SystemClock())
    app.state.repeated_turns = RepeatedTurns()
    app.state.turns = Conversation()
    app.state.parts = SimpleNamespace(speech=Speech())
    app.state.spoken_turns = SpokenTurns(app.state.turns, app.state.repeated_turns, app.state.settings, app.state.parts)
    with TestClient(app) as client:
        client.headers["X-Maru-Session"] = app.state.tokens.issue("citizen", "ko").token
        yield client


def _send(client: TestClient, path: str, key: str | None) -> Any:
    headers = {} if key is None else {"Idempotency-Key": key}
    if path == "voice":
        return client.post("/api/v1/voice", files={"audio": b"sound"}, headers=headers).json()["reply"]
    return client.post("/api/v1/turns", json={"text": UTTERANCE}, headers=headers).json()


@pytest.mark.parametrize("path", ["turns", "voice"])
def test_when_the_api_gets_a_turn_twice_then_it_is_held_once(client: TestClient, path: str) -> None:
    first = _send(client, path, KEY)
    assert _send(client, path, KEY)["turn_id"] == first["turn_id"]
    assert _send(client, path, "another-key-00")["turn_id"] != first["turn_id"]
    assert _send(client, path, None)["turn_id"] == "turn-3"


def test_when_the_session_is_erased_then_its_replies_are_too(client: TestClient) -> None:
    first = _send(client, "turns", KEY)
    assert client.delete("/api/v1/session").status_code == 204
    assert _send(client, "turns", KEY)["turn_id"] != first["turn_id"]


def test_when_a_turn_has_erased_the_session_then_its_replies_are_gone_too(client: TestClient) -> None:
    first = _send(client, "turns", KEY)
    erased = client.post("/api/v1/turns", json={"text": ERASE}, headers={"Idempotency-Key": "another-key-00"})
    assert erased.json()["erased"] == "all"
    assert _send(client, "turns", KEY)["turn_id"] != first["turn_id"]


@pytest.mark.parametrize("key", ["short", "a" * 65, "with space 0", "", "한글한글한글한글한글".encode().hex() + "!"])
def test_when_the_key_is_malformed_then_the_request_is_refused(client: TestClient, key: str) -> None:
    response = client.post("/api/v1/turns", json={"text": "네"}, headers={"Idempotency-Key": key})
    assert response.status_code == 422
    assert "Idempotency-Key" in response.json()["error"]["message"]
