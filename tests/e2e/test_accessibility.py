"""axe-core on every page and every state of it: WCAG 2.2 A and AA, and in large type contrast AAA as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from bench.screenshots import indistinct_turn, show_heard, vague_question
from tests.e2e.browsing import ANSWER_MS, PHONE, VOICES, Visit
from tests.e2e.running_system import System

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

DESKTOP = {"width": 1280, "height": 800}
KIOSK = {"width": 1080, "height": 1920}
MOVE_IN = "전입신고는 어떻게 하나요?"
SUCCESS_CRITERIA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Axe()
_DENY_MICROPHONE = """() => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
}"""

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


@pytest.fixture(scope="module")
def indistinct(system: System) -> dict[str, Any]:
    """What the server made of a clip that it asks back about with one question."""
    system.wait_ready(120)
    return indistinct_turn(system.url)


def states(visit: Visit, system: System, indistinct: dict[str, Any]) -> Iterator[str]:
    """Leads the page from one state to the next; yields the name of each."""
    page = visit.page
    yield "start"

    def take_time(route: Route) -> None:
        page.wait_for_timeout(1_500)
        route.continue_()

    page.route("**/api/v1/turns", take_time, times=1)
    visit["input"].fill(MOVE_IN)
    yield "writing"
    visit["send"].click()
    expect(page.locator("#pending p")).to_be_visible()
    yield "asked"
    answer = visit.answer_after(1)
    yield "answered"
    if not visit["reading"].is_visible():
        answer.get_by_test_id("listen-again").click()
    expect(visit["reading"]).to_be_visible()
    yield "reading aloud"
    visit["reading-stop"].click()
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
    page.evaluate(_DENY_MICROPHONE)
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
    expect(show_heard(page, indistinct).get_by_test_id("confirm-yes")).to_be_visible()
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
    visits: Visits, system: System, indistinct: dict[str, Any], address: str, options: dict[str, Any]
) -> None:
    visit = visits(reduced_motion="reduce", **options)
    visit.forgive("ERR_INTERNET_DISCONNECTED")
    visit.page.add_init_script(VOICES + "window.pieceMs = 60_000;")
    visit.open(address)
    assert [(state, found) for state in states(visit, system, indistinct) for found in violations(visit.page)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_when_a_kiosk_is_led_through_its_states_then_axe_finds_nothing_in_any(
    visits: Visits, system: System, scheme: str
) -> None:
    visit = visits(reduced_motion="reduce", viewport=KIOSK, color_scheme=scheme)
    visit.page.add_init_script(VOICES)
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
