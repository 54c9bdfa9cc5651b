"""axe-core on every page and every state of it: WCAG 2.2 A and AA, and in large type contrast AAA as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bench.screenshots import vague_question
from maru.settings import ROOT
from tests.e2e.browsing import ANSWER_MS, PHONE, VOICES, Visit
from tests.e2e.running_system import Conversation, System

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

DESKTOP = {"width": 1280, "height": 800}
KIOSK = {"width": 1080, "height": 1920}
MOVE_IN = "전입신고는 어떻게 하나요?"
SUCCESS_CRITERIA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Axe()
INDISTINCT = sorted((ROOT / "tests" / "fixtures" / "audio" / "commands").glob("ko-question-*.ogg"))

Visits = Callable[..., Visit]


def violations(page: Page) -> list[str]:
    """What axe objects to: the rule and the element's markup."""
    rules = {name: {"enabled": True} for name in ("target-size", *_stricter(page))}
    options = {"runOnly": {"type": "tag", "values": SUCCESS_CRITERIA}, "rules": rules, "resultTypes": ["violations"]}
    found = AXE.run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def _stricter(page: Page) -> list[str]:
    senior = page.evaluate("'senior' in document.documentElement.dataset")
    return ["color-contrast-enhanced"] if senior else []


def confirmation(system: System, visit: Visit) -> dict[str, Any]:
    """What the server made of the first of our indistinct clips that it asks back about with one question."""
    session = Conversation(system, visit.kept("session")["id"])
    for clip in INDISTINCT:
        body: dict[str, Any] = session.speak(clip.read_bytes(), clip.name, commands="true").json()
        if body["reply"] and body["reply"]["expects"] == "yes_no":
            return body
    raise LookupError("no indistinct clip makes Maru ask whether it has understood")


def states(visit: Visit, system: System) -> Iterator[str]:
    """Leads the page from one state to the next; yields the name of each."""
    page = visit.page
    heard = confirmation(system, visit)
    yield "start"
    page.route("**/api/v1/turns", lambda route: (page.wait_for_timeout(1_500), route.continue_()), times=1)
    visit["input"].fill(MOVE_IN)
    yield "writing"
    visit["send"].click()
    expect(page.locator("#pending p")).to_be_visible()
    yield "asked"
    answer = visit.answer_after(1)
    yield "answered"
    answer.get_by_test_id("listen-again").click()
    expect(visit["reading"]).to_be_visible()
    yield "reading aloud"
    page.keyboard.press("Escape")
    visit["reading-stop"].is_visible() and visit["reading-stop"].click()
    visit["consent-no"].click()
    yield "consent answered"
    visit.ask(vague_question(system.url))
    yield "choices"
    visit.ask("어머니가 갑자기 쓰러지셨어요")
    yield "emergency"
    visit.ask("쿠웨이트 낙타 경주 배당률 알려 줘")
    yield "no answer"
    visit["mic"].click()
    expect(visit["mic"]).to_have_attribute("data-state", "recording")
    yield "listening"
    page.keyboard.press("Escape")
    page.evaluate("navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))")
    visit["mic"].click()
    expect(page.locator("#notice p")).to_be_visible()
    yield "notice"
    page.context.set_offline(True)
    visit["input"].fill(MOVE_IN)
    visit["send"].click()
    expect(visit.questions.last.locator("[data-slot=delivery]")).to_be_visible(timeout=ANSWER_MS)
    yield "failed"
    page.context.set_offline(False)
    page.locator("#menu-open").click()
    page.locator("#erase").click()
    page.locator(".privacy summary").click()
    yield "menu"
    page.keyboard.press("Escape")
    asked = visit.show_heard(heard["heard"]["text"], heard["reply"])
    expect(asked.get_by_test_id("confirm-yes")).to_be_visible()
    yield "confirmation"


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("/?lang=ko", {"viewport": PHONE}),
        ("/?lang=en", {"viewport": DESKTOP, "color_scheme": "dark"}),
        ("/?lang=ko&mode=senior", {"viewport": PHONE, "color_scheme": "dark"}),
        ("/?lang=en&mode=senior", {"viewport": DESKTOP}),
    ],
)
def test_when_the_page_is_led_through_its_states_then_axe_finds_nothing_in_any(
    visits: Visits, system: System, address: str, options: dict[str, Any]
) -> None:
    visit = visits(reduced_motion="reduce", **options)
    visit.forgive("ERR_INTERNET_DISCONNECTED")
    visit.page.add_init_script(VOICES + "window.pieceMs = 60_000;")
    visit.open(address)
    assert [(state, found) for state in states(visit, system) for found in violations(visit.page)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_when_a_kiosk_is_led_through_its_states_then_axe_finds_nothing_in_any(
    visits: Visits, system: System, scheme: str
) -> None:
    visit = visits(reduced_motion="reduce", viewport=KIOSK, color_scheme=scheme)
    visit.open("/?mode=kiosk")
    assert violations(visit.page) == []
    visit.ask(MOVE_IN)
    assert violations(visit.page) == []
    visit["kiosk-leave"].click()
    expect(visit["still"]).to_be_visible()
    assert violations(visit.page) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_when_the_staffs_page_is_looked_at_then_axe_finds_nothing(
    visits: Visits, system: System, language: str
) -> None:
    visit = visits(reduced_motion="reduce", viewport=DESKTOP, color_scheme="dark" if language == "en" else "light")
    visit.forgive("403")
    visit.page.goto(f"{system.url}/staff/privacy?lang={language}")
    assert violations(visit.page) == []
    visit["token"].fill("wrong")
    visit["sign-in"].click()
    expect(visit["problem"]).to_be_visible()
    assert violations(visit.page) == []
    visit["token"].fill(system.secret("staff_token"))
    visit["sign-in"].click()
    visit["turn"].fill("제 이름은 윤하늘이고 번호는 010-4827-3951이에요")
    visit["try"].click()
    expect(visit["marked"].locator("mark").first).to_be_visible()
    assert violations(visit.page) == []
