from __future__ import annotations

import json
import re
import sqlite3
from typing import Any, get_args

import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel, ValidationError

from actions.outcome import STATUSES, Outcome, Status, Suggested
from actions.reply import ReplyWriter
from knowledge.entry import Viewer
from knowledge.store import FaqStore
from maru.settings import ROOT, Settings
from tests.actions.doubles import WrittenAnswers
from tests.knowledge.entries import an_entry
from web.conversation import TurnReply
from web.schemas import FeedbackRequest, ReplyBody, SessionRequest, TurnRequest

DOCUMENT = (ROOT / "docs" / "api.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("model", "body", "valid"),
    [
        (SessionRequest, {}, True),
        (SessionRequest, {"locale": "en", "audience": "staff"}, True),
        (SessionRequest, {"locale": None}, True),
        (SessionRequest, {"agency": "mapo"}, True),
        (SessionRequest, {"agency": None}, True),
        (SessionRequest, {"agency": ""}, False),
        (SessionRequest, {"agency": "a" * 41}, False),
        (SessionRequest, {"locale": "EN"}, False),
        (SessionRequest, {"audience": None}, False),
        (SessionRequest, {"other": 1}, False),
        (TurnRequest, {"text": ""}, True),
        (TurnRequest, {"entry_id": "resident-move-in", "locale": "ko"}, True),
        (TurnRequest, {"entry_id": "a\n"}, False),
        (TurnRequest, {"entry_id": ""}, False),
        (TurnRequest, {"entry_id": "A"}, False),
        (TurnRequest, {"text": ["a"]}, False),
        (FeedbackRequest, {"turn_id": "a-_9" * 8, "value": "up"}, True),
        (FeedbackRequest, {"turn_id": "a" * 32, "value": "down", "entry_id": "x"}, True),
        (FeedbackRequest, {"turn_id": "", "value": "up"}, False),
        (FeedbackRequest, {"turn_id": "010-0000-1234", "value": "up"}, False),
        (FeedbackRequest, {"turn_id": "a" * 33, "value": "up"}, False),
        (FeedbackRequest, {"turn_id": "가" * 32, "value": "up"}, False),
        (FeedbackRequest, {"turn_id": "a" * 32, "value": "UP"}, False),
        (FeedbackRequest, {"turn_id": "a" * 32, "value": "up", "comment": "x"}, False),
    ],
)
def test_when_a_body_comes_then_only_what_is_documented_is_taken(
    model: type[BaseModel], body: dict[str, Any], valid: bool
) -> None:
    if valid:
        assert model.model_validate(body)
    else:
        with pytest.raises(ValidationError):
            model.model_validate(body)


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome("answered", entry_id="move-in", score=0.93),
        Outcome("clarify", "did_you_mean", suggestions=(Suggested("move-in", 0.4), Suggested("passport", 0.3))),
        Outcome("unavailable"),
    ],
)
def test_when_a_reply_goes_out_then_it_has_the_documented_fields(outcome: Outcome) -> None:
    reply = ReplyWriter(Settings(), WrittenAnswers()).write(outcome, Viewer())
    body = ReplyBody.of(TurnReply("turn", reply, "ask_faq", 41.2)).model_dump()
    documented = re.search(r"`Reply`:\s+```json\n(.*?)```", DOCUMENT, re.DOTALL)
    assert documented is not None
    assert list(body) == list(json.loads(documented[1]))
    assert "intent" not in body
    assert [set(s) for s in body["suggestions"]] == [{"entry_id", "question", "score"}] * len(outcome.suggestions)


def test_when_statuses_are_documented_then_they_are_the_closed_list() -> None:
    assert " | ".join(STATUSES) in DOCUMENT
    assert get_args(ReplyBody.model_fields["status"].annotation) == get_args(Status)


async def test_when_a_route_is_public_then_the_document_names_it(client: httpx.AsyncClient) -> None:
    description = (await client.get("/api/v1/openapi.json")).json()
    routes = {f"{method.upper()} {path}" for path, methods in description["paths"].items() for method in methods}
    named = set(re.findall(r"`((?:GET|POST|PUT|DELETE|PATCH) /api/v1/[\w/]+)`", DOCUMENT))
    assert routes == named
    assert len(routes) >= 9
    assert "/api/v1/openapi.json" in DOCUMENT
    assert not [path for path in description["paths"] if path.startswith("/internal")]


async def test_when_a_conversation_begins_then_the_greeting_and_a_session_come(
    client: httpx.AsyncClient, app_settings: Settings
) -> None:
    begun = await client.post("/api/v1/sessions", json={"locale": "en"})
    assert begun.status_code == 201
    body = begun.json()
    assert set(body) == {"session_id", "number", "locale", "audience", "consent", "reply"}
    assert (body["locale"], body["audience"], body["consent"], body["reply"]["status"]) == (
        "en",
        "citizen",
        False,
        "smalltalk",
    )
    headers = {"X-Maru-Session": body["session_id"]}
    state = await client.get("/api/v1/session", headers=headers)
    assert state.json() == {
        "session_id": body["session_id"],
        "number": body["number"],
        "locale": "en",
        "audience": "citizen",
        "consent": False,
    }
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}", body["number"])
    assert (await client.put("/api/v1/session/consent", json={"consent": True}, headers=headers)).json() == {
        "consent": True
    }
    assert (await client.get("/api/v1/session", headers=headers)).json()["consent"] is True
    vote = {"turn_id": body["reply"]["turn_id"], "value": "up", "entry_id": "010-0000-1234"}
    assert (await client.post("/api/v1/feedback", json=vote, headers=headers)).status_code == 204
    with sqlite3.connect(app_settings.data_dir / "maru.db") as database:
        kept = database.execute("SELECT turn_id, value, entry_id FROM feedback").fetchall()
    assert kept == [(vote["turn_id"], "up", None)]  # what is no entry's id may be anything


@pytest.mark.parametrize(("agency", "known"), [("city", True), ("mapo", True), ("Mapo", False), ("マポ", False)])
async def test_when_a_conversation_names_an_agency_then_it_has_to_be_one_that_there_is(
    app: FastAPI, client: httpx.AsyncClient, agency: str, known: bool
) -> None:
    store: FaqStore = app.state.parts.knowledge.store
    store.save([an_entry("a", agency="mapo")])
    begun = await client.post("/api/v1/sessions", json={"agency": agency})
    assert begun.status_code == (201 if known else 422)
    if known:
        assert app.state.tokens.read(begun.json()["session_id"]).agency == agency
    else:
        assert begun.json()["error"]["code"] == "agency_unknown"


@pytest.mark.parametrize(("address", "agency"), [("/", None), ("/?agency=mapo", "mapo"), ("/?agency=nowhere", None)])
async def test_when_a_link_names_an_agency_then_the_page_is_that_agencys(
    app: FastAPI, client: httpx.AsyncClient, address: str, agency: str | None
) -> None:
    app.state.parts.knowledge.store.save([an_entry("a", agency="mapo")])
    html = (await client.get(address)).text
    assert (f'"agency": {json.dumps(agency)}') in html
    assert ('name="agency" value="mapo"' in html) == (agency == "mapo")
    assert ('href="/?lang=en&amp;agency=mapo"' in html) == (agency == "mapo")
    answered = (await client.post("/", data={"text": "상담원 연결해 주세요", "agency": agency or "nowhere"})).text
    token = re.search(r'name="session" value="([^"]+)"', answered)
    assert token is not None
    assert app.state.tokens.read(token[1]).agency == agency


async def test_when_the_app_has_just_started_then_it_lives_but_isnt_ready_and_says_so_kindly(
    client: httpx.AsyncClient,
) -> None:
    assert (await client.get("/api/v1/health")).json() == {"status": "ok"}
    ready = await client.get("/api/v1/ready")
    assert ready.status_code == 503
    parts = {"knowledge": False, "rasa": False, "speech": False, "privacy": False, "database": True}
    assert ready.json() == {"ready": False, "parts": parts}
    begun = (await client.post("/api/v1/sessions", json={})).json()
    reply = await client.post(
        "/api/v1/turns", json={"text": "전입신고"}, headers={"X-Maru-Session": begun["session_id"]}
    )
    assert (reply.status_code, reply.json()["status"]) == (200, "unavailable")


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("Bearer staff-token-of-this-test", 201),
        ("bearer staff-token-of-this-test", 403),
        ("Bearer staff-token-of-this-tes", 403),
        ("Bearer ", 403),
        ("", 403),
        (None, 403),
        ("Bearer \xe9\xff", 403),
    ],
)
async def test_when_a_staff_conversation_is_wanted_then_the_token_is_needed(
    client: httpx.AsyncClient, authorization: str | None, status: int
) -> None:
    headers = [] if authorization is None else [(b"Authorization", authorization.encode("latin-1"))]
    response = await client.post("/api/v1/sessions", json={"audience": "staff"}, headers=headers)
    assert response.status_code == status
    if status == 201:
        assert response.json()["audience"] == "staff"
