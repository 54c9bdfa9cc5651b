"""The chat page's files: nothing from outside, nothing inline, every wording in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from actions.wording import catalogue
from maru.settings import Settings
from web import page

TEMPLATES = sorted((page.WEB / "templates").glob("*.html"))
MODULES = sorted((page.STATIC / "js").glob("*.js"))
STYLES = sorted((page.STATIC / "css").glob("*.css"))
DRAWINGS = sorted(page.STATIC.rglob("*.svg"))
SVG_NAMESPACE = "http://www.w3.org/2000/svg"

HOOKS = {
    "chat-log",
    "message-user",
    "message-maru",
    "input",
    "send",
    "mic",
    "suggestion",
    "thumb-up",
    "thumb-down",
    "listen-again",
    "consent-yes",
    "consent-no",
    "lang-switch",
}


class FormTurns:
    """Stands in for the conversation: answers every form with three suggestions."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str | None]] = []

    async def handle_text(self, **turn: str | None) -> SimpleNamespace:
        self.asked.append(turn)
        reply = SimpleNamespace(
            status="clarify",
            html="<p>어느 <strong>것</strong>인가요?</p>",
            locale="ko",
            question=None,
            contact="120 <콜센터>",
            source_url="https://www.gov.kr",
            checked_on=date(2026, 11, 20),
            note=None,
            suggestions=[SimpleNamespace(entry_id=f"e-{n}", question=f"질문 <{n}>") for n in range(3)],
        )
        return SimpleNamespace(session_id="kept-session", reply=reply)


class Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def turns() -> FormTurns:
    return FormTurns()


@pytest.fixture
def client(turns: FormTurns) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(page.router)
    page.mount_static(app)
    app.state.settings = Settings(_env_file=None, city_name="<푸른>시", transcript_days=45)
    app.state.conversation = turns
    app.state.agencies = SimpleNamespace(knows=lambda agency: agency == "mapo")
    with TestClient(app) as client:
        yield client


def flatten(wording: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in wording.items():
        texts |= {f"{prefix}{key}": value} if isinstance(value, str) else flatten(value, f"{prefix}{key}.")
    return texts


def wording(locale: page.Locale) -> dict[str, str]:
    return flatten(page.page_wording(locale))


def keys_in_templates() -> set[str]:
    source = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    said = re.findall(r'ui\.(?:say|text)\(\s*"([^"]+)"', source)
    said += re.findall(r'"(suggestions\.\w+)" (?:if|\))', source)
    attributes = re.findall(r'ui\.attribute\("[^"]+", "([^"]+)"\)', source)
    listed = re.findall(r'"((?:examples|menu|privacy)\.(?!html)\w+)"', source)
    return {*said, *attributes, *listed, *re.findall(r'data-t="([^"{]+)"', source)}


def keys_in_modules() -> set[str]:
    """Whole keys; a key that is put together (`mic.${problem}`) stands for every key that fits it."""
    texts = wording("ko")
    groups = "|".join(key for key, value in page.page_wording("ko").items() if isinstance(value, Mapping))
    found: set[str] = set()
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        found |= set(re.findall(rf'"((?:{groups})\.\w+)"', source))
        for pattern in re.findall(rf"`((?:{groups})\.[^`]*)`", source):
            fits = re.compile(re.sub(r"\\\$\\\{.*?\\\}", r"\\w+", re.escape(pattern)))
            matching = {key for key in texts if fits.fullmatch(key)}
            assert matching, f"{path.name}: no wording fits {pattern}"
            found |= matching
    return found


def test_when_the_policy_is_read_then_nothing_is_unsafe_or_from_outside() -> None:
    policy = page.CONTENT_SECURITY_POLICY
    directives = dict(part.split(" ", 1) for part in policy.split("; "))

    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["connect-src"] == "'self'"
    assert directives["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("address", ["/", "/?lang=en", "/?lang=xx"])
def test_when_the_page_is_fetched_then_it_carries_the_fencing_headers(client: TestClient, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    for name, value in page.PAGE_HEADERS.items():
        assert response.headers[name] == value
    assert "microphone=(self)" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize(("address", "locale"), [("/", "ko"), ("/?lang=en", "en"), ("/?lang=xx", "ko")])
def test_when_a_language_is_asked_for_then_the_page_is_written_in_it(
    client: TestClient, address: str, locale: page.Locale
) -> None:
    html = client.get(address).text

    assert f'<html lang="{locale}">' in html
    assert wording(locale)["mic.start"] in html
    assert "&lt;푸른&gt;시" in html or locale == "en"
    assert "<푸른>" not in html


@pytest.mark.parametrize(
    ("address", "marks", "cached"),
    [
        ("/", set(), "no-cache"),
        ("/?mode=senior", {"data-senior"}, "no-cache"),
        ("/?mode=kiosk&lang=en", {"data-senior", "data-kiosk"}, "no-store"),
        ("/?mode=%3Cb%3E", set(), "no-cache"),
    ],
)
def test_when_a_mode_is_asked_for_then_the_page_is_marked_and_its_links_and_form_keep_it(
    client: TestClient, address: str, marks: set[str], cached: str
) -> None:
    response = client.get(address)
    elements = Elements(response.text).found
    kept = [attributes["value"] for _, attributes in elements if attributes.get("name") == "mode"]
    language = next(attributes["href"] for _, attributes in elements if attributes.get("id") == "lang-switch")

    assert {name for tag, attributes in elements if tag == "html" for name in attributes} - {"lang"} == marks
    assert response.headers["Cache-Control"] == cached
    mode = "kiosk" if "data-kiosk" in marks else "senior"
    assert kept == ([mode] if marks else [])
    assert language is not None
    assert language.endswith(f"&mode={mode}") is bool(marks)


def test_when_a_kiosk_sends_its_form_then_the_answer_stays_in_the_kiosk_and_is_written_nowhere(
    client: TestClient,
) -> None:
    response = client.post("/", data={"text": "가구", "mode": "kiosk"})

    assert "data-kiosk" in dict(Elements(response.text).found)["html"]
    assert response.headers["Cache-Control"] == "no-store"


def test_when_the_page_is_written_then_its_elements_have_the_hooks_of_the_end_to_end_tests(client: TestClient) -> None:
    hooks = {attributes.get("data-testid") for _, attributes in Elements(client.get("/").text).found}

    assert hooks >= HOOKS
    # This one is set by a module, once something was heard.
    assert 'dataset.testid = "heard"' in (page.STATIC / "js" / "user-message.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("method", ["get", "post"])
def test_when_the_page_is_written_then_nothing_is_inline_or_from_outside(client: TestClient, method: str) -> None:
    response = client.get("/") if method == "get" else client.post("/", data={"text": "가구"})
    elements = Elements(response.text).found

    assert len(elements) > 100
    for tag, attributes in elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        assert tag != "style"
        if tag == "script":
            assert attributes.get("type") == "application/json" or (attributes["src"] or "").startswith("/static/")
        for name in ("src", "action"):
            assert (attributes.get(name) or "/").startswith("/"), (tag, attributes)
        if tag == "link":
            assert (attributes["href"] or "").startswith("/static/")


@pytest.mark.parametrize("path", [*TEMPLATES, *MODULES, *STYLES, *DRAWINGS], ids=lambda path: path.name)
def test_when_a_file_of_the_page_is_read_then_it_names_no_other_server(path: Path) -> None:
    source = path.read_text(encoding="utf-8").replace(SVG_NAMESPACE, "")

    assert not re.findall(r"https?://[\w.]+|[\"'(]//[\w.]+|@import|url\(", source)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_when_a_module_is_read_then_it_runs_no_text_as_code_or_markup(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert not re.findall(r"\b(?:eval|Function)\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write", source)
    if path.name != "answer-html.js":
        assert "parseFromString" not in source
        assert "createPolicy" not in source


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_when_a_module_imports_another_then_that_file_is_there(path: Path) -> None:
    for name in re.findall(r'(?:from |new URL\()"([^"]+)"', path.read_text(encoding="utf-8")):
        assert name.startswith("./")
        assert (path.parent / name).is_file(), name


def test_when_wordings_are_compared_then_both_languages_have_the_same_keys_and_values() -> None:
    korean, english = wording("ko"), wording("en")

    assert korean.keys() == english.keys()
    for key, text in korean.items():
        assert text.strip(), key
        assert english[key].strip(), key
        # The city's name is Korean: the English page says "the city".
        names = set(re.findall(r"\{(\w+)\}", text)) - {"city"}
        assert names == set(re.findall(r"\{(\w+)\}", english[key])), key


@pytest.mark.parametrize("locale", page.LOCALES)
def test_when_the_server_greets_then_the_page_has_said_the_same_already(locale: page.Locale) -> None:
    assert page.look_up(page.page_wording(locale), "greeting") == catalogue(locale)["welcome"]


def test_when_wording_is_used_then_it_exists_and_when_it_exists_then_it_is_used() -> None:
    used = keys_in_templates() | keys_in_modules()

    assert used - wording("ko").keys() == set()
    assert wording("ko").keys() - used == set()


def test_when_there_is_no_such_wording_then_the_error_names_the_key() -> None:
    with pytest.raises(KeyError, match=r"page\.mic\.nothing"):
        page.look_up(page.page_wording("ko"), "mic.nothing")
    with pytest.raises(KeyError, match=r"page\.mic is a group"):
        page.look_up(page.page_wording("ko"), "mic")


def test_when_the_configuration_is_written_into_the_page_then_it_is_json_that_closes_no_element(
    client: TestClient,
) -> None:
    html = client.get("/").text
    found = re.search(r'<script type="application/json" id="page-config">(.*?)</script>', html, re.S)

    assert found is not None
    assert not set("<>&") & set(found[1])
    config = json.loads(found[1])
    assert config["facts"]["ko"]["city"] == "<푸른>시"
    assert config["facts"]["ko"]["days"] == "45"
    assert config["wording"]["en"]["mic"]["start"] == wording("en")["mic.start"]


def test_when_a_static_file_is_asked_for_by_its_digest_then_it_may_be_kept_for_ever(client: TestClient) -> None:
    html = client.get("/").text
    addresses = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))

    assert any(address.endswith("/js/main.js") for address in addresses)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.headers["Cache-Control"] == page.FOREVER
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "status", "cached"),
    [
        ("0123456789ab/js/main.js", 200, "no-store"),
        ("0123456789ab/js/none.js", 404, None),
        ("0123456789ab/../page.py", 404, None),
        ("0123456789ab/%2e%2e/page.py", 404, None),
        ("0123456789ab//etc/passwd", 404, None),
        ("js/main.js", 404, None),
    ],
)
def test_when_another_digest_or_no_file_is_asked_for_then_nothing_is_kept(
    client: TestClient, path: str, status: int, cached: str | None
) -> None:
    response = client.get(f"/static/{path}")

    assert response.status_code == status
    assert response.headers.get("Cache-Control") == cached


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"text": "  가구  "}, {"session_id": None, "text": "가구", "entry_id": None, "locale": "ko", "agency": None}),
        (
            {"text": "쓰던 글", "example": "여권은요?", "locale": "en", "session": "s1"},
            {"session_id": "s1", "text": "여권은요?", "entry_id": None, "locale": "en", "agency": None},
        ),
        (
            {"text": "쓰던 글", "entry_id": "e-1"},
            {"session_id": None, "text": None, "entry_id": "e-1", "locale": "ko", "agency": None},
        ),
        (
            {"text": "가" * 2000},
            {"session_id": None, "text": "가" * 1000, "entry_id": None, "locale": "ko", "agency": None},
        ),
    ],
)
def test_when_a_browser_without_script_sends_the_form_then_the_turn_is_asked(
    client: TestClient, turns: FormTurns, form: dict[str, str], expected: dict[str, str | None]
) -> None:
    response = client.post("/", data=form)

    assert response.status_code == 200
    assert turns.asked == [expected]


def test_when_a_form_is_answered_then_the_page_shows_question_answer_and_suggestions(client: TestClient) -> None:
    response = client.post("/", data={"text": "<b>가구</b>"})
    pressed = [
        attributes["value"] for _, attributes in Elements(response.text).found if attributes.get("name") == "entry_id"
    ]

    assert "&lt;b&gt;가구&lt;/b&gt;" in response.text
    assert "<p>어느 <strong>것</strong>인가요?</p>" in response.text
    assert "120 &lt;콜센터&gt;" in response.text
    assert "질문 &lt;2&gt;" in response.text
    assert pressed[:3] == ["e-0", "e-1", "e-2"]
    assert 'value="kept-session"' in response.text
    assert response.headers["Content-Security-Policy"] == page.CONTENT_SECURITY_POLICY


def test_when_an_empty_form_is_sent_then_the_page_comes_back_and_nothing_is_asked(
    client: TestClient, turns: FormTurns
) -> None:
    response = client.post("/", data={"text": "   "})

    assert response.status_code == 200
    assert turns.asked == []


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.name)
def test_when_a_drawing_is_read_then_it_is_an_svg_without_script(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert source.startswith(f'<svg xmlns="{SVG_NAMESPACE}"')
    assert "<script" not in source
    assert " style=" not in source


def test_when_the_favicon_is_asked_for_at_its_old_place_then_the_logo_comes(client: TestClient) -> None:
    response = client.get("/favicon.ico")

    assert response.headers["Content-Type"].startswith("image/svg+xml")
    assert response.content == (page.STATIC / "logo.svg").read_bytes()
