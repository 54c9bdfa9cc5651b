from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from maru.settings import get_settings
from maru.supervisor.listening import free_port
from tests.maru.cli.conftest import Maru
from tests.maru.cli.local_maru import REPLY, LocalMaru, serving


@pytest.fixture
def local() -> Iterator[LocalMaru]:
    with serving(LocalMaru()) as server:
        yield server


def test_when_maru_answers_then_the_contracts_json_comes_out(maru: Maru, local: LocalMaru) -> None:
    result = maru("ask", "전입신고", "--json", "--url", local.url)
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    assert json.loads(result.stdout) == {
        "status": "answered",
        "text": "**14일 안에** 신고합니다.",
        "entry_id": "resident-move-in",
        "score": 0.93,
        "suggestions": [],
        "locale": "ko",
        "ms": 41.2,
    }
    assert "14일 안에" in result.stdout  # readable, not escaped
    (begun, headers, body), (asked, turn_headers, turn) = local.requests
    assert (begun, body) == ("/api/v1/sessions", {"audience": "citizen", "locale": "ko"})
    assert (asked, turn) == ("/api/v1/turns", {"text": "전입신고"})
    assert turn_headers["x-maru-session"] == "token"
    assert "authorization" not in headers


def test_when_maru_asks_back_then_the_suggestions_come_out_whole_and_numbered(maru: Maru, local: LocalMaru) -> None:
    suggestions = [
        {"entry_id": "resident-move-in", "question": "전입신고는요?", "score": 0.41},
        {"entry_id": "passport-lost", "question": "여권을 잃어버렸어요", "score": 0.2},
    ]
    local.turn = (200, REPLY | {"status": "clarify", "entry_id": None, "score": None, "suggestions": suggestions})
    assert json.loads(maru("ask", "신고", "--json", "--url", local.url).stdout)["suggestions"] == suggestions
    shown = maru("ask", "신고", "--url", local.url)
    assert shown.stdout.splitlines() == [REPLY["text"], "  1. 전입신고는요?", "  2. 여권을 잃어버렸어요"]
    assert shown.stderr.startswith("[clarify]")


def test_when_asked_as_staff_and_in_english_then_the_token_and_the_language_are_sent(
    maru: Maru, local: LocalMaru, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARU_STAFF_TOKEN", "staff-token-of-this-test")
    assert maru("ask", "leave", "--audience", "staff", "--locale", "en", "--url", local.url).exit_code == 0
    _path, headers, body = local.requests[0]
    assert body == {"audience": "staff", "locale": "en"}
    assert headers["authorization"] == "Bearer staff-token-of-this-test"
    assert headers["accept-language"] == "en"


def test_when_an_agency_is_named_then_the_conversation_is_of_that_agency(maru: Maru, local: LocalMaru) -> None:
    assert maru("ask", "전입신고", "--agency", "mapo", "--url", local.url).exit_code == 0
    assert local.requests[0][2] == {"audience": "citizen", "locale": "ko", "agency": "mapo"}


def test_when_no_address_is_given_then_the_settings_say_where(
    maru: Maru, local: LocalMaru, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARU_HOST", "0.0.0.0")
    monkeypatch.setenv("MARU_PORT", local.url.rsplit(":", 1)[1])
    get_settings.cache_clear()
    assert maru("ask", "전입신고").exit_code == 0


@pytest.mark.parametrize("proxy", ["http_proxy", "HTTP_PROXY", "ALL_PROXY"])
def test_when_a_proxy_is_set_then_this_machine_is_still_asked_directly(
    maru: Maru, local: LocalMaru, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv(proxy, f"http://127.0.0.1:{free_port()}")
    assert maru("ask", "전입신고", "--url", local.url).exit_code == 0


@pytest.mark.parametrize("url", [None, "http://[::1", "ftp://127.0.0.1", "not an address", "http://"])
def test_when_maru_isnt_running_then_it_says_how_to_start_it_and_ends_with_3(
    maru: Maru, monkeypatch: pytest.MonkeyPatch, url: str | None
) -> None:
    monkeypatch.setenv("MARU_PORT", str(free_port()))
    get_settings.cache_clear()
    result = maru("ask", "전입신고", "--json", *(["--url", url] if url else []))
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "make run" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("session", "turn"),
    [
        ((200, "<html>another program</html>"), (200, REPLY)),
        ((201, {"hello": "world"}), (200, REPLY)),
        ((201, ["a"]), (200, REPLY)),
        ((201, {"session_id": "token"}), (200, "nothing")),
        ((201, {"session_id": "token"}), (200, {"status": "answered"})),
    ],
)
def test_when_something_else_answers_there_then_it_ends_with_3(
    maru: Maru, local: LocalMaru, session: Any, turn: Any
) -> None:
    local.session, local.turn = session, turn
    result = maru("ask", "전입신고", "--json", "--url", local.url)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert local.url in result.stderr


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (413, {"error": {"code": "text_too_long", "message": "질문이 너무 깁니다."}}, "질문이 너무 깁니다."),
        (500, "Internal Server Error", "HTTP 500"),
        (503, {"detail": "x"}, "HTTP 503"),
        (422, [], "HTTP 422"),
    ],
)
def test_when_maru_refuses_then_its_words_are_shown_and_it_ends_with_4(
    maru: Maru, local: LocalMaru, status: int, body: Any, said: str
) -> None:
    local.turn = (status, body)
    result = maru("ask", "전입신고", "--json", "--url", local.url)
    assert (result.exit_code, result.stdout, result.stderr) == (4, "", f"{said}\n")
    local.session = (status, body)
    assert maru("ask", "전입신고", "--url", local.url).exit_code == 4


@pytest.mark.parametrize(("option", "value"), [("--audience", "everyone"), ("--locale", "fr")])
def test_when_an_option_is_wrong_then_it_ends_with_2_and_asks_nobody(
    maru: Maru, local: LocalMaru, option: str, value: str
) -> None:
    result = maru("ask", "전입신고", option, value, "--url", local.url)
    assert result.exit_code == 2
    assert value in result.stderr
    assert local.requests == []
