"""The staff's privacy test box: the API route and the page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI

from maru.settings import ROOT
from privacy.errors import VaultUnavailable
from privacy.kinds import PersonalKind
from privacy.scrubber import Scrubber
from privacy.vault import SessionVault
from tests.web.conftest import STAFF_TOKEN
from web import page, staff_page
from web.schemas import TriedBody

PHONE, SPOKEN = "010-4827-3951", "공일공 사팔이칠 삼구오일"
SAID = f"안녕하세요, 제 이름은 윤하늘이고 번호는 {PHONE}이에요"
KEPT = "안녕하세요, 제 이름은 <이름_1>이고 번호는 <전화번호_1>이에요"
ROUTE, ADDRESS = "/api/v1/staff/privacy/try", "/staff/privacy"
TEMPLATE = (page.WEB / "templates" / "staff_privacy.html").read_text("utf-8")


@pytest.fixture(scope="module")
def scrubber() -> Scrubber:
    return Scrubber(SessionVault(ttl_s=600), timeout_s=30)


@pytest.fixture
def loaded(app: FastAPI, scrubber: Scrubber) -> FastAPI:
    """The application once its scrubber is there."""
    app.state.parts._scrubber = scrubber
    return app


def staff(app: FastAPI) -> dict[str, str]:
    return {"X-Maru-Session": app.state.tokens.issue("staff", "ko").token}


def form(app: FastAPI, **fields: Any) -> dict[str, Any]:
    return {"locale": "ko", "session": staff(app)["X-Maru-Session"], **fields}


def flatten(wording: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in wording.items():
        texts |= {f"{prefix}{key}": value} if isinstance(value, str) else flatten(value, f"{prefix}{key}.")
    return texts


def seen(markup: str) -> str:
    """What stands on the page, without its markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", markup)))


async def test_when_staff_try_a_sentence_then_they_see_what_would_stay_and_why(
    loaded: FastAPI, client: httpx.AsyncClient, scrubber: Scrubber
) -> None:
    response = await client.post(ROUTE, json={"turns": [SAID]}, headers=staff(loaded))
    assert response.status_code == 200, response.text
    body = response.json()
    assert body["kept"] == [KEPT]
    assert body["stored"] is False
    name, phone = body["finds"]
    assert phone | {"score": 1.0} == {
        "turn": 0,
        "start": SAID.index(PHONE),
        "end": SAID.index(PHONE) + len(PHONE),
        "type": "PHONE",
        "label": "전화번호",
        "words": PHONE,
        "score": 1.0,
        "recognizer": "PhoneRecognizer",
        "placeholder": "<전화번호_1>",
    }
    assert 0.5 <= phone["score"] <= 1
    assert (name["type"], name["words"]) == ("NAME", "윤하늘")
    assert len(scrubber.vault) == 0  # type: ignore[arg-type]


async def test_when_a_dialogue_is_tried_then_its_turns_belong_together(
    loaded: FastAPI, client: httpx.AsyncClient
) -> None:
    turns = [f"번호는 {PHONE}입니다", "", f"{SPOKEN}이요", "성함이 어떻게 되세요?", "윤하늘별이요"]
    body = (await client.post(ROUTE, json={"turns": turns}, headers=staff(loaded))).json()
    assert body["kept"] == ["번호는 <전화번호_1>입니다", "", "<전화번호_1>이요", turns[3], "<이름_1>이요"]
    assert [find["turn"] for find in body["finds"]] == [0, 2, 4]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"turns": [" ", "\n\x00"]}, 422, "try_empty"),
        ({"turns": ["가" * 600, "가" * 401]}, 413, "try_too_long"),
        ({"turns": ["가"] * 11}, 422, "invalid_request"),
        ({"turns": []}, 422, "invalid_request"),
        ({"turns": "가"}, 422, "invalid_request"),
        ({"turns": ["가"], "keep": True}, 422, "invalid_request"),
        ({"turns": ["가" * 20_000]}, 413, "too_large"),
    ],
)
async def test_when_the_text_is_not_fit_then_it_is_refused(
    loaded: FastAPI, client: httpx.AsyncClient, body: dict[str, Any], status: int, code: str
) -> None:
    response = await client.post(ROUTE, json=body, headers=staff(loaded))
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize(
    ("audience", "status", "code"),
    [("citizen", 403, "staff_token_required"), (None, 404, "session_unknown")],
)
async def test_when_somebody_else_asks_then_nothing_is_tried(
    loaded: FastAPI, client: httpx.AsyncClient, audience: Any, status: int, code: str
) -> None:
    headers = {"X-Maru-Session": loaded.state.tokens.issue(audience, "ko").token} if audience else {}
    response = await client.post(ROUTE, json={"turns": [SAID]}, headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("failing", ["absent", "timeout", "engine", "explanation", "vault"])
async def test_when_it_fails_then_it_says_so_in_korean_and_holds_and_logs_nothing(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, failing: str, caplog: Any
) -> None:
    def break_down(*_args: Any, **_more: Any) -> Any:
        raise RuntimeError(SAID)

    def cannot_wipe(_session: str) -> None:
        raise VaultUnavailable("the vault is down")

    vault = SessionVault(ttl_s=600)
    if failing != "absent":
        app.state.parts._scrubber = Scrubber(vault, timeout_s=-1 if failing == "timeout" else 30)
    if failing == "engine":
        monkeypatch.setattr(app.state.parts._scrubber, "_pseudonymise", break_down)
    if failing == "explanation":
        monkeypatch.setattr("privacy.preview._candidates", break_down)
    if failing == "vault":
        monkeypatch.setattr(vault, "wipe", cannot_wipe)
    with structlog.testing.capture_logs() as logs, caplog.at_level("DEBUG"):
        response = await client.post(ROUTE, json={"turns": [SAID]}, headers=staff(app))
    assert (response.status_code, response.json()["error"]["code"]) == (503, "privacy_unavailable")
    assert "가릴 수 없" in response.json()["error"]["message"]
    assert response.headers["retry-after"]
    assert not re.search("윤하늘|4827", f"{logs} {caplog.text} {response.text}")
    if failing != "vault":
        assert len(vault) == 0


async def test_when_it_works_then_nothing_is_logged_stored_or_sent_to_rasa(
    loaded: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: Any, tmp_path: Path
) -> None:
    async def ask_rasa(*_args: Any, **_more: Any) -> Any:
        raise AssertionError("Rasa was asked")

    monkeypatch.setattr(loaded.state.rasa, "send", ask_rasa)
    with structlog.testing.capture_logs() as logs, caplog.at_level("DEBUG"):
        by_api = await client.post(ROUTE, json={"turns": [SAID]}, headers=staff(loaded))
        by_page = await client.post(ADDRESS, data=form(loaded, turn=SAID, do="try"))
    assert (by_api.status_code, by_page.status_code) == (200, 200)
    assert not re.search("윤하늘|4827", f"{logs} {caplog.text}")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert written
    assert "윤하늘".encode() not in written
    assert b"4827" not in written


def test_when_the_answer_is_documented_then_it_has_the_same_fields() -> None:
    document = (ROOT / "docs" / "api.md").read_text("utf-8")
    found = re.search(r"`Tried`:\s+```json\n(.*?)```", document, re.DOTALL)
    assert found is not None
    TriedBody.model_validate(json.loads(found[1]))
    assert list(json.loads(found[1])) == list(TriedBody.model_fields)


@pytest.mark.parametrize(("address", "locale"), [(ADDRESS, "ko"), (f"{ADDRESS}?lang=en", "en")])
async def test_when_the_page_is_opened_then_it_asks_for_the_staff_token(
    client: httpx.AsyncClient, address: str, locale: page.Locale
) -> None:
    response = await client.get(address)
    assert response.status_code == 200
    assert f'<html lang="{locale}">' in response.text
    assert 'type="password"' in response.text
    assert "<textarea" not in response.text
    for name, value in {**page.PAGE_HEADERS, "Cache-Control": "no-store"}.items():
        assert response.headers[name] == value


async def test_when_the_token_is_right_then_the_box_opens_and_the_token_is_nowhere(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    response = await client.post(ADDRESS, data={"locale": "ko", "token": f" {STAFF_TOKEN} "})
    assert response.status_code == 200
    assert STAFF_TOKEN not in response.text
    assert "set-cookie" not in response.headers
    session = re.search(r'name="session" value="([^"]+)"', response.text)
    assert session is not None
    assert app.state.tokens.read(session[1]).audience == "staff"
    assert re.search(r"<textarea[^>]* autofocus", response.text)


@pytest.mark.parametrize(
    ("fields", "locale", "words"),
    [
        ({"token": "wrong"}, "ko", "토큰이 맞지 않습니다"),
        ({"token": ""}, "ko", "토큰이 맞지 않습니다"),
        ({"token": "wrong"}, "en", "isn’t the staff token"),
        ({"turn": SAID, "do": "try"}, "ko", "다시 넣어 주세요"),
        ({"turn": SAID, "do": "try", "session": "made.up"}, "ko", "다시 넣어 주세요"),
        ({"turn": SAID, "do": "try", "session": "a citizen's"}, "ko", "다시 넣어 주세요"),
    ],
)
async def test_when_the_token_is_wrong_then_the_page_says_so_and_shows_no_box(
    loaded: FastAPI, client: httpx.AsyncClient, fields: dict[str, str], locale: str, words: str
) -> None:
    if fields.get("session") == "a citizen's":
        fields = fields | {"session": loaded.state.tokens.issue("citizen", "ko").token}
    response = await client.post(ADDRESS, data={"locale": locale, **fields})
    assert response.status_code == 403
    assert response.headers["Content-Type"].startswith("text/html")
    assert words in seen(response.text)
    assert 'role="alert"' in response.text
    assert "<textarea" not in response.text
    assert "윤하늘" not in response.text


@pytest.mark.parametrize(("locale", "chip"), [("ko", "전화번호"), ("en", "phone number")])
async def test_when_the_form_is_sent_then_the_finds_stand_out_in_their_place(
    loaded: FastAPI, client: httpx.AsyncClient, locale: str, chip: str
) -> None:
    response = await client.post(ADDRESS, data=form(loaded, locale=locale, turn=f"<b>{SAID}</b>", do="try"))
    assert response.status_code == 200
    assert f"<b>{KEPT}</b>" in seen(response.text)
    assert "<b>" not in response.text
    found = re.search(rf"<mark>{PHONE} <span[^>]*>{chip}, [^<]+</span></mark>", response.text)
    assert found, response.text
    assert re.search(r'<h2[^>]* tabindex="-1" autofocus>', response.text)
    assert "PhoneRecognizer" in response.text


async def test_when_turns_are_added_then_what_was_written_stays_and_the_new_one_has_the_focus(
    loaded: FastAPI, client: httpx.AsyncClient
) -> None:
    response = await client.post(ADDRESS, data=form(loaded, turn=["\r\n첫 줄\r\n둘째 줄", "둘"], do="more"))
    areas = re.findall(r"<textarea([^>]*)>\n(.*?)</textarea>", response.text, re.DOTALL)
    assert [text for _, text in areas] == ["\n첫 줄\n둘째 줄", "둘", ""]
    assert ["autofocus" in attributes for attributes, _ in areas] == [False, False, True]
    full = await client.post(ADDRESS, data=form(loaded, turn=["하나"] * 9, do="more"))
    assert 'data-testid="more"' not in full.text
    assert full.text.count("<textarea") == 10


async def test_when_the_language_is_switched_then_the_text_stays_and_nothing_is_tried(
    loaded: FastAPI, client: httpx.AsyncClient
) -> None:
    response = await client.post(ADDRESS, data=form(loaded, language="en", turn="안녕"))
    assert '<html lang="en">' in response.text
    assert ">\n안녕</textarea>" in response.text
    assert 'data-testid="kept"' not in response.text


@pytest.mark.parametrize(("text", "status", "words"), [(" ", 422, "비어 있습니다"), ("가" * 1001, 413, "1000자 이내")])
async def test_when_the_form_is_not_fit_then_the_page_says_why_and_keeps_the_text(
    loaded: FastAPI, client: httpx.AsyncClient, text: str, status: int, words: str
) -> None:
    response = await client.post(ADDRESS, data=form(loaded, turn=text, do="try"))
    assert response.status_code == status
    assert words in seen(response.text)
    assert f">\n{text}</textarea>" in response.text
    assert 'aria-describedby="problem box-hint" aria-invalid="true"' in response.text


async def test_when_nothing_can_be_scrubbed_then_the_page_says_so(client: httpx.AsyncClient, app: FastAPI) -> None:
    response = await client.post(ADDRESS, data=form(app, turn=SAID, do="try"))
    assert response.status_code == 503
    assert "지금은 개인정보를 가릴 수 없" in seen(response.text)


@pytest.mark.parametrize("fields", [{"token": STAFF_TOKEN}, {"turn": [SAID, "둘"], "do": "try"}, None])
async def test_when_the_page_is_read_then_every_field_has_its_label_and_nothing_is_inline_or_from_outside(
    loaded: FastAPI, client: httpx.AsyncClient, fields: dict[str, Any] | None
) -> None:
    response = await (client.post(ADDRESS, data=form(loaded, **fields)) if fields else client.get(ADDRESS))
    markup = response.text
    ids = re.findall(r' id="([^"]+)"', markup)
    assert len(ids) == len(set(ids))
    named = re.findall(r'<label for="([^"]+)"', markup)
    fields_seen = re.findall(r'<(?:textarea|input class)[^>]* id="([^"]+)"', markup)
    assert fields_seen
    assert named == fields_seen
    pointed = " ".join(re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', markup)).split()
    assert set(pointed) | set(re.findall(r'href="#([^"]+)"', markup)) <= set(ids)
    assert not re.search(r'\son\w+="|\sstyle="|<style|<script>|(?:src|href|action)="(?!/|#)', markup)
    assert markup.count("<h1>") == markup.count("<main") == 1
    for address in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', markup)):
        assert (await client.get(address)).status_code == 200, address


def test_when_the_staffs_wordings_are_compared_then_both_languages_have_the_same_and_all_are_used() -> None:
    korean, english = (flatten(staff_page.staff_wording(locale)) for locale in page.LOCALES)
    assert korean.keys() == english.keys()
    for key, text in korean.items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", english[key]), key
    used = {*re.findall(r'staff\.text\([\'"]([\w.]+)[\'"]\)', TEMPLATE), "sign_in.again", "sign_in.wrong"}
    assert {key for key in korean if not key.startswith(("kinds.", "sure."))} == used
    assert {korean[f"kinds.{kind}"] for kind in PersonalKind} == {kind.label for kind in PersonalKind}
    assert {staff_page._sureness(score) for score in (0.5, 0.7, 0.9, 1.0)} == {
        key.removeprefix("sure.") for key in korean if key.startswith("sure.")
    }
