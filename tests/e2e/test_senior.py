"""Large type and speech (`?mode=senior`), and the same on a device that strangers share (`?mode=kiosk`)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from bench.screenshots import vague_question
from tests.e2e.browsing import VOICES, Visit
from tests.e2e.running_system import Conversation, System

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

MOVE_IN = "전입신고는 어떻게 하나요?"
KIOSK = {"width": 1080, "height": 1920}
DESKTOP = {"width": 1280, "height": 800}
LEAST_TARGET, LEAST_TYPE = 64, 24
# What Chromium remarks where the microphone is cancelled before the server has answered.
HUNG_UP = "closed before the connection is established"

# Of what can be seen: what is too small to hit, and text that is too small to read. A link in a line of text reaches
# beyond its letters, and what waits out of sight for the keyboard is as large as the rest once it has the focus.
_TOO_SMALL = """([target, type]) => {
  const top = document.querySelector("dialog[open]") ?? document.body;
  const waiting = ".unseen, .skip, template, script, html:not([data-writing]) .write";
  const seen = [...top.querySelectorAll("*")].filter((each) => each.checkVisibility() && !each.closest(waiting)
    && getComputedStyle(each).clipPath === "none" && each.parentElement.offsetWidth > 1);
  const name = (each) => `${each.tagName} ${each.id || each.className} ${each.textContent.trim().slice(0, 30)}`;
  const small = ({ width, height }) => Math.min(width, height) < target - 0.5;
  const targets = seen.filter((each) => each.matches("button, a[href], summary, textarea, .option-face, .tick"))
    .filter((each) => !each.matches(".card-answer a") && small(each.getBoundingClientRect()));
  const texts = seen.filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((each) => parseFloat(getComputedStyle(each).fontSize) < type);
  return [...targets.map((each) => `target ${name(each)}`), ...texts.map((each) => `text ${name(each)}`)];
}"""

Visits = Callable[..., Visit]


def focused(element: Locator) -> bool:
    """Whether the keyboard is at this element."""
    return bool(element.evaluate("element => element === document.activeElement"))


def tab_to(page: Page, element: Locator, key: str = "Tab") -> None:
    """Press a key until the keyboard is at an element."""
    for _ in range(40):
        if focused(element):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never reaches {element}")


def test_when_only_the_keyboard_is_used_then_a_question_is_asked_chosen_heard_again_and_gone_back_to(
    visits: Visits, system: System
) -> None:
    visit = visits(viewport=DESKTOP)
    visit.forgive(HUNG_UP)
    page = visit.page
    page.add_init_script(VOICES)
    visit.open("/?mode=senior")
    vague = vague_question(system.url)
    page.keyboard.press("Tab")
    page.keyboard.press("F4")
    expect(visit["input"]).to_be_focused()
    page.keyboard.insert_text(vague)
    page.keyboard.press("Enter")
    asked_back = visit.answer_after(1)
    expect(asked_back).to_have_attribute("data-status", "clarify")
    suggestion = asked_back.get_by_test_id("suggestion").nth(1)
    title = suggestion.locator("[data-slot=question]").inner_text()
    tab_to(page, suggestion, "Shift+Tab")
    page.keyboard.press("Enter")
    answer = visit.answer_after(2)
    expect(answer).to_be_visible()
    expect(asked_back).to_be_hidden()
    expect(answer.locator("[data-slot=question]")).to_contain_text(title[:8])
    # The button that was pressed has gone with its screen; the keyboard has not.
    expect(page.locator("#scroller")).to_be_focused()
    visit.until("window.spoken.length > 0")
    expect(visit["reading"]).to_be_hidden()
    before = page.evaluate("window.spoken.length")
    page.keyboard.press("F8")
    visit.until(f"window.spoken.length > {before}")
    tab_to(page, visit["page-before"], "Shift+Tab")
    page.keyboard.press("Enter")
    expect(asked_back).to_be_visible()
    expect(answer).to_be_hidden()
    expect(page.locator("#page-place")).to_have_text("1 / 2")
    expect(page.locator("#announcer")).to_have_text("답 2개 가운데 1번째예요.")
    tab_to(page, visit["page-after"])
    page.keyboard.press("Space")
    expect(answer).to_be_visible()
    page.keyboard.press("F2")
    expect(visit["mic"]).to_have_attribute("data-state", "recording")
    page.keyboard.press("Escape")
    expect(visit["mic"]).to_have_attribute("data-state", "idle")


def test_when_large_type_is_chosen_then_the_device_remembers_it_until_it_is_left(visits: Visits) -> None:
    visit = visits()
    root = visit.page.locator("html")
    visit.open()
    answer = visit.ask(MOVE_IN)
    visit["view-switch"].click()
    expect(root).to_have_attribute("data-senior", "")
    expect(answer).to_be_visible()
    assert visit.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == LEAST_TYPE
    for address in ("/", "/?lang=en"):
        visit.open(address)
        expect(root).to_have_attribute("data-senior", "")
    visit["view-switch"].click()
    visit.open()
    assert root.get_attribute("data-senior") is None
    visit.open("/?mode=senior")
    expect(root).to_have_attribute("data-senior", "")
    visit.open()
    expect(root).to_have_attribute("data-senior", "")


def test_when_there_is_no_javascript_then_large_type_answers_by_its_form(visits: Visits, system: System) -> None:
    visit = visits(java_script_enabled=False)
    visit.page.goto(system.url)
    visit["view-switch"].click()
    expect(visit.page.locator("html")).to_have_attribute("data-senior", "")
    visit["input"].fill(MOVE_IN)
    visit["send"].click()
    expect(visit.answers.nth(1)).to_contain_text("14일")
    expect(visit.page.locator("html")).to_have_attribute("data-senior", "")


@pytest.mark.parametrize("size", [(390, 844), (320, 568), (320, 256), (1280, 800), (1080, 1920)])
def test_when_large_type_is_measured_then_all_of_it_can_be_read_hit_and_seen_without_moving_sideways(
    visits: Visits, system: System, size: tuple[int, int]
) -> None:
    visit = visits(viewport={"width": size[0], "height": size[1]}, has_touch=size[0] != 1280)
    visit.forgive(HUNG_UP)
    page = visit.page
    page.add_init_script(VOICES + "window.pieceMs = 60_000;")
    visit.open("/?mode=senior")
    found: list[str] = []

    def measure(state: str) -> None:
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found.extend(f"{state}: {small}" for small in page.evaluate(_TOO_SMALL, [LEAST_TARGET, LEAST_TYPE]))
        found.extend([f"{state}: sticks out by {sideways}"] if sideways else [])

    measure("start")
    visit.ask(MOVE_IN)
    expect(visit["reading"]).to_be_visible()
    measure("reading")
    visit["reading-stop"].click()
    measure("answered")
    visit.ask(vague_question(system.url))
    visit["reading-stop"].click()
    measure("choices")
    visit.ask("어머니가 갑자기 쓰러지셨어요")
    measure("emergency")
    visit["mic"].click()
    expect(visit["mic"]).to_have_attribute("data-state", "recording")
    measure("listening")
    page.keyboard.press("Escape")
    page.locator("#menu-open").click()
    measure("menu")
    assert found == []


def open_kiosk(visit: Visit) -> None:
    """A kiosk whose clock the test can turn."""
    visit.page.clock.install()
    visit.open("/?mode=kiosk")


def written_down(page: Page) -> int:
    """How many values the browser's storage holds."""
    return int(page.evaluate("localStorage.length + sessionStorage.length"))


def assert_forgotten(system: System, turn: Request) -> None:
    """The server has nothing to say again in the session of this request."""
    conversation = Conversation(system, turn.headers["x-maru-session"])
    for _ in range(20):
        if conversation.ask("다시 한번 말해 주세요")["status"] == "smalltalk":
            return
        time.sleep(0.2)
    raise AssertionError("the session goes on")


def test_when_a_kiosk_is_left_then_it_asks_counts_down_and_forgets(visits: Visits, system: System) -> None:
    visit = visits(viewport=KIOSK)
    page = visit.page
    visit.page.add_init_script(VOICES)
    open_kiosk(visit)
    with page.expect_request("**/api/v1/turns") as session:
        visit.ask(MOVE_IN)
    expect(visit["reading"]).to_be_hidden(timeout=10_000)
    assert written_down(page) == 0
    page.clock.fast_forward(61_000)
    expect(visit["still"]).to_be_visible()
    expect(visit["still-stay"]).to_be_focused()
    expect(visit["still"]).to_contain_text("계속 쓰시겠어요?")
    visit.until("window.spoken.some(({ text }) => text.includes('계속 쓰시겠어요?'))")
    page.keyboard.press("Enter")
    expect(visit["still"]).to_be_hidden()
    expect(visit.questions).to_have_count(1)
    expect(visit["reading"]).to_be_hidden()
    page.clock.fast_forward(62_000)
    expect(visit["still"]).to_be_visible()
    with page.expect_navigation():
        page.clock.fast_forward(31_000)
    visit.wait_ready()
    assert_forgotten(system, session.value)
    expect(visit.questions).to_have_count(0)
    expect(page.locator("#welcome")).to_be_visible()
    assert written_down(page) == 0


def test_when_a_kiosk_reads_aloud_or_listens_then_it_asks_nobody_to_go(visits: Visits) -> None:
    visit = visits(viewport=KIOSK)
    page = visit.page
    page.add_init_script(VOICES + "window.pieceMs = 3_600_000;")
    open_kiosk(visit)
    visit.ask(MOVE_IN)
    expect(visit["reading"]).to_be_visible()
    page.clock.fast_forward(300_000)
    page.wait_for_timeout(600)
    expect(visit["still"]).to_be_hidden()
    visit["reading-stop"].click()
    page.clock.fast_forward(61_000)
    expect(visit["still"]).to_be_visible()


def test_when_somebody_presses_to_start_over_then_a_second_press_erases(visits: Visits) -> None:
    visit = visits(viewport=KIOSK)
    visit.page.add_init_script(VOICES)
    visit.open("/?mode=kiosk")
    visit.page.locator("#lang-switch").click()
    visit.ask("How do I get a public library card?")
    visit["kiosk-leave"].click()
    with visit.page.expect_navigation():
        visit["still-leave"].click()
    visit.wait_ready()
    expect(visit.page.locator("html")).to_have_attribute("lang", "ko")
    expect(visit.questions).to_have_count(0)


def test_when_the_server_is_gone_then_a_kiosk_forgets_all_the_same(visits: Visits) -> None:
    visit = visits(viewport=KIOSK)
    visit.forgive("ERR_INTERNET_DISCONNECTED")
    visit.page.add_init_script(VOICES)
    visit.open("/?mode=kiosk")
    visit.ask(MOVE_IN)
    visit["input"].fill("쓰다 만 글")
    visit.page.context.set_offline(True)
    visit["kiosk-leave"].click()
    visit["still-leave"].click()
    expect(visit.questions).to_have_count(0)
    expect(visit.page.locator("#welcome")).to_be_visible()
    expect(visit["input"]).to_have_value("")
    assert "전입신고" not in visit.page.locator("#log").inner_html()
    visit.page.context.set_offline(False)
    expect(visit.ask(MOVE_IN)).to_have_attribute("data-status", "answered")


@pytest.mark.parametrize("way", ["reload", "back", "crash"])
def test_when_a_kiosk_is_reloaded_left_or_crashes_then_it_shows_nothing_of_before(
    visits: Visits, system: System, way: str
) -> None:
    visit = visits(viewport=KIOSK)
    page = visit.page
    visit.page.add_init_script(VOICES)
    visit.open("/?mode=kiosk")
    with page.expect_request("**/api/v1/turns") as session:
        visit.ask(MOVE_IN)
    visit["input"].fill("쓰다 만 글")
    assert written_down(page) == 0
    if way == "reload":
        page.reload()
    elif way == "back":
        page.goto(f"{visit.url}/favicon.ico")
        page.go_back()
    else:
        context = page.context
        page.close(run_before_unload=False)
        visit.page = page = context.new_page()
        page.goto(f"{visit.url}/?mode=kiosk")
    visit.wait_ready()
    expect(visit.questions).to_have_count(0)
    expect(visit["input"]).to_have_value("")
    expect(page.locator("#welcome")).to_be_visible()
    if way != "crash":
        assert_forgotten(system, session.value)


def test_when_a_kiosk_answers_then_nothing_leads_out_of_it_and_nobody_is_asked_for_consent(visits: Visits) -> None:
    visit = visits(viewport=KIOSK)
    visit.page.add_init_script(VOICES)
    visit.open("/?mode=kiosk")
    answer = visit.ask(MOVE_IN)
    expect(visit.page.locator("#consent")).to_be_hidden()
    expect(answer.locator("[data-slot=source]")).to_contain_text(re.compile(r"\w+\.\w+"))
    visit.ask("어머니가 갑자기 쓰러지셨어요")
    ways_out = """() => [...document.querySelectorAll("a[href]")].filter((each) => each.checkVisibility())
      .map((each) => each.getAttribute("href")).filter((href) => !href.startsWith("#"))"""
    assert visit.page.evaluate(ways_out) == ["/?lang=en&mode=kiosk"]
    visit.page.locator("#lang-switch").click(button="middle")
    visit.page.locator("#lang-switch").click(modifiers=["Control"])
    assert len(visit.page.context.pages) == 1
    menus = "!document.body.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))"
    assert visit.page.evaluate(menus)
