"""What stays of a conversation, and what never does."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest

from privacy.canary import find_leaks
from tests.e2e.running_system import Conversation, System

pytestmark = pytest.mark.e2e

# Fictional, made for this test.
PHONE = "010-4827-3951"
RRN = "850315-2348761"
EMAIL = "haneul.test4827@example.com"
CARD = "4518-4212-3456-7893"
ACCOUNT = "352-0482-7391-53"
NAME = "윤하늘별"
ORIGINALS = [PHONE, RRN, EMAIL, CARD, ACCOUNT, NAME]
SCRIPT = (
    "안녕하세요",
    f"제 이름은 {NAME}입니다. 전입신고는 어떻게 하나요?",
    f"제 번호는 {PHONE}인데 여기로 연락 주세요",
    f"주민등록번호가 {RRN}이에요 등본 떼 주세요",
    f"이메일은 {EMAIL}입니다",
    f"카드번호 {CARD} 로 세금 낼 수 있나요?",
    f"환급 계좌는 농협 {ACCOUNT} 예금주 {NAME}",
    "첫 번째요",
    "상담원 연결해 주세요",
)


def _transcript_rows(system: System) -> list[tuple[str, str]]:
    with sqlite3.connect(system.data_dir / "maru.db") as database:
        return database.execute("SELECT session, text FROM transcript_turn").fetchall()


@pytest.mark.parametrize("consent", [False, True])
def test_when_people_tell_personal_data_then_it_is_found_nowhere(system: System, consent: bool) -> None:
    conversation = system.begin()
    if consent:
        conversation.consent(True)
    for said in SCRIPT:
        conversation.ask(said)
    conversation.send(text=f"{PHONE} " * 200)  # too long: refused
    conversation.speak(f"not audio {PHONE}".encode())
    places = [system.data_dir, system.output, Path(tempfile.gettempdir())]
    own_temporary_files = [
        path
        for path in Path(tempfile.gettempdir()).glob("*")
        if path.is_file() and path.stat().st_mtime > system.output.stat().st_ctime - 600 and path.stat().st_size < 10**8
    ]
    leaks = find_leaks([*places[:2], *own_temporary_files], ORIGINALS)
    assert leaks == [], [(leak.path, leak.encoding) for leak in leaks]


def test_when_consent_is_on_then_scrubbed_turns_are_kept_and_off_erases_them(system: System) -> None:
    conversation = system.begin()
    session = conversation.token.split(".")[0]
    conversation.ask("쓰레기는 언제 내놓나요?")
    assert not [row for row in _transcript_rows(system) if row[0] == session]
    conversation.consent(True)
    conversation.ask(f"제 번호는 {PHONE}인데 대형폐기물 신고는 어떻게 해요?")
    kept = [row[1] for row in _transcript_rows(system) if row[0] == session]
    assert len(kept) == 1
    assert "<전화번호_1>" in kept[0]
    conversation.consent(False)
    assert not [row for row in _transcript_rows(system) if row[0] == session]


def test_when_a_session_is_erased_then_rasa_forgets_it_too(system: System) -> None:
    conversation = system.begin()
    session = conversation.token.split(".")[0]
    conversation.consent(True)
    conversation.ask("여권 재발급은 어떻게 하나요?")
    with sqlite3.connect(system.data_dir / "rasa.db") as database:
        query = "SELECT count(*) FROM events WHERE sender_id = ?"
        assert database.execute(query, (session,)).fetchone()[0] > 0
        response = system.http.delete("/api/v1/session", headers=conversation.headers)
        assert response.status_code == 204
        assert database.execute(query, (session,)).fetchone()[0] == 0
    assert not [row for row in _transcript_rows(system) if row[0] == session]


def test_when_somebody_asks_in_the_chat_to_erase_then_nothing_of_the_session_is_left(system: System) -> None:
    conversation = system.begin()
    session = conversation.token.split(".")[0]
    conversation.consent(True)
    conversation.ask("여권 재발급은 어떻게 하나요?")
    conversation.ask(f"제 번호는 {PHONE}인데 대형폐기물 신고는 어떻게 해요?")
    assert len([row for row in _transcript_rows(system) if row[0] == session]) == 2
    reply = conversation.ask("방금 한 말 지워 주세요")
    assert (reply["erased"], reply["status"]) == ("all", "smalltalk")
    assert "지웠습니다" in reply["text"]
    assert not [row for row in _transcript_rows(system) if row[0] == session]
    with sqlite3.connect(system.data_dir / "rasa.db") as database:
        query = "SELECT count(*) FROM events WHERE sender_id = ?"
        assert database.execute(query, (session,)).fetchone()[0] == 0
    state = system.http.get("/api/v1/session", headers=conversation.headers).json()
    assert state["consent"] is False
    assert conversation.ask("전입신고는 어떻게 하나요?")["erased"] is None
    assert not [row for row in _transcript_rows(system) if row[0] == session]


def test_when_a_reply_is_rated_then_the_last_rating_counts(conversation: Conversation) -> None:
    reply = conversation.ask("전입신고는 어떻게 하나요?")
    system = conversation.system
    for value in ("up", "down"):
        body = {"turn_id": reply["turn_id"], "value": value, "entry_id": reply["entry_id"]}
        assert system.http.post("/api/v1/feedback", json=body, headers=conversation.headers).status_code == 204
    with sqlite3.connect(system.data_dir / "maru.db") as database:
        query = "SELECT value, entry_id FROM feedback WHERE turn_id = ?"
        rows = database.execute(query, (reply["turn_id"],)).fetchall()
    assert rows == [("down", "resident-move-in-report")]
