"""Several districts on one server: a conversation's agency decides which answer an id and a question have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from knowledge.embedder import Embedder
from maru.settings import Settings
from tests.knowledge.entries import an_entry
from tests.web.conftest import STAFF_TOKEN
from web.agencies import Agencies

BULKY, ASKED_EN = "안 쓰는 장롱은 어떻게 버리나요?", "How do I throw away an old wardrobe?"
ENTRIES = [
    an_entry("waste", question=BULKY, answer="시의 답", variants=("가구 버리기",)),
    an_entry("waste", locale="en", question=ASKED_EN, answer="The city's answer", variants=()),
    an_entry("waste", agency="mapo", question=BULKY, answer="마포구의 답", variants=()),
    an_entry("passport", question="여권을 잃어버렸어요", answer="시의 여권 답", variants=("여권 분실",)),
    an_entry("passport", agency="mapo", question="", answer="", variants=(), publication="hidden"),
    an_entry("leave", audience="staff", question="연가는 며칠인가요?", answer="시 직원의 답", variants=()),
    an_entry("leave", audience="staff", agency="mapo", question="연가는 며칠인가요?", answer="마포 직원", variants=()),
]


@pytest.fixture
def open_app(app: FastAPI, embedder: Embedder) -> Iterator[FastAPI]:
    """The application with its knowledge base; Rasa and the scrubber aren't there, so that each turn stands alone."""
    app.state.parts.knowledge.store.save(ENTRIES)
    app.state.parts.knowledge.open(embedder)
    yield app
    app.state.parts.knowledge.close()


async def say(client: httpx.AsyncClient, about: dict[str, Any], turn: dict[str, Any]) -> dict[str, Any]:
    staff = {"Authorization": f"Bearer {STAFF_TOKEN}"}
    begun = (await client.post("/api/v1/sessions", json=about, headers=staff)).json()
    reply = await client.post("/api/v1/turns", json=turn, headers={"X-Maru-Session": begun["session_id"]})
    body: dict[str, Any] = reply.json()
    return body


@pytest.mark.parametrize(
    ("about", "turn", "answer", "locale"),
    [
        ({}, {"text": BULKY}, "시의 답", "ko"),
        ({"agency": "city"}, {"text": BULKY}, "시의 답", "ko"),
        ({"agency": "mapo"}, {"text": BULKY}, "마포구의 답", "ko"),
        ({"agency": "mapo"}, {"entry_id": "waste"}, "마포구의 답", "ko"),
        # The question's own language goes before the page's.
        ({"locale": "ko"}, {"text": ASKED_EN}, "The city's answer", "en"),
        ({"locale": "en"}, {"text": ASKED_EN, "locale": "ko"}, "The city's answer", "en"),
        ({"locale": "en"}, {"text": BULKY}, "시의 답", "ko"),
        ({"locale": "en"}, {"entry_id": "waste"}, "The city's answer", "en"),
        # The district has no English text: its Korean answer, not the city's English one.
        ({"agency": "mapo", "locale": "en"}, {"entry_id": "waste"}, "마포구의 답", "ko"),
        ({"agency": "mapo", "locale": "en"}, {"text": ASKED_EN}, "마포구의 답", "ko"),
        ({"audience": "staff"}, {"entry_id": "leave"}, "시 직원의 답", "ko"),
        ({"audience": "staff", "agency": "mapo"}, {"entry_id": "leave"}, "마포 직원", "ko"),
    ],
)
async def test_when_a_conversation_is_of_an_agency_then_it_gets_that_agencys_answer(
    open_app: FastAPI,
    client: httpx.AsyncClient,
    about: dict[str, Any],
    turn: dict[str, Any],
    answer: str,
    locale: str,
) -> None:
    reply = await say(client, about, turn)
    assert (reply["status"], reply["text"], reply["locale"]) == ("answered", answer, locale)
    asked_in_english = turn.get("text") == ASKED_EN or ("text" not in turn and about.get("locale") == "en")
    assert (reply["note"] is not None) == (asked_in_english and locale == "ko")
    if reply["note"]:
        assert open_app.state.settings.contact_en in reply["note"]


@pytest.mark.parametrize(
    ("about", "turn"),
    [
        ({"agency": "mapo"}, {"entry_id": "passport"}),
        ({"agency": "mapo"}, {"text": "여권을 잃어버렸어요"}),
        ({"agency": "mapo"}, {"entry_id": "leave"}),
    ],
)
async def test_when_a_district_hides_an_answer_then_its_people_dont_get_it(
    open_app: FastAPI, client: httpx.AsyncClient, about: dict[str, Any], turn: dict[str, Any]
) -> None:
    reply = await say(client, about, turn)
    assert {reply["entry_id"], *(s["entry_id"] for s in reply["suggestions"])} <= {None, "waste"}
    assert "시의 여권 답" not in reply["text"]


def test_when_the_database_cant_be_asked_then_the_agencies_of_the_settings_are_known(tmp_path: Path) -> None:
    def broken() -> set[str]:
        raise OperationalError("SELECT", {}, Exception("locked"))

    settings = Settings(_env_file=None, data_dir=tmp_path, agency="mapo", agencies="jongno")
    agencies = Agencies(settings, SimpleNamespace(agencies=broken))  # type: ignore[arg-type]
    assert [agencies.knows(code) for code in ("mapo", "jongno", "city")] == [True, True, False]
