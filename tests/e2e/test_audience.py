"""A citizen never sees what is for staff."""

from __future__ import annotations

import pytest

from knowledge.files.seeds import read_seeds
from maru.settings import ROOT
from tests.e2e.running_system import System

pytestmark = pytest.mark.e2e
STAFF = [entry for entry in read_seeds(ROOT / "data" / "faq") if entry.audience == "staff"]


def test_when_a_citizen_asks_a_staff_entrys_own_question_then_no_staff_entry_shows(system: System) -> None:
    staff_ids = {entry.entry_id for entry in STAFF}
    assert len(staff_ids) >= 60
    for entry in STAFF:
        if entry.locale != "ko":
            continue
        reply = system.begin().ask(entry.question)
        shown = {reply["entry_id"], *(s["entry_id"] for s in reply["suggestions"])}
        assert not shown & staff_ids, entry.entry_id
        assert entry.answer not in reply["text"], entry.entry_id


def test_when_a_citizen_presses_a_staff_entrys_id_then_it_isnt_given(system: System) -> None:
    conversation = system.begin()
    for entry in STAFF:
        reply = conversation.press(entry.entry_id)
        assert reply["status"] == "no_answer", entry.entry_id
        assert reply["entry_id"] is None
        assert entry.answer not in reply["text"]


def test_when_staff_ask_with_their_token_then_the_staff_entry_answers(system: System) -> None:
    entry = next(e for e in STAFF if e.entry_id.startswith("staff-leave"))
    reply = system.begin(audience="staff").ask(entry.question)
    assert reply["status"] == "answered"
    assert reply["entry_id"] == entry.entry_id


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong"])
def test_when_the_staff_token_is_missing_or_wrong_then_no_staff_session_begins(system: System, token: str) -> None:
    response = system.http.post("/api/v1/sessions", json={"audience": "staff"}, headers={"Authorization": token})
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "staff_token_required"


def test_when_a_citizens_token_is_turned_into_a_staff_one_then_it_is_unknown(system: System) -> None:
    conversation = system.begin()
    conversation.token = conversation.token.replace(".citizen.", ".staff.")
    assert conversation.send(text="연가는 며칠인가요?").status_code == 404
