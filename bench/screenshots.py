"""Pictures of a real short conversation for the README, taken from a running Maru by a real Chromium.

Run ``python -m bench.screenshots --url http://127.0.0.1:8000 --out docs/images`` while Maru runs. Writes ``phone.png``,
``phone-en.png`` and ``senior-phone.png`` (screens of 390 × 844 side by side), ``desktop.png`` and
``senior-desktop.png`` (1280 × 800), and ``kiosk.png`` (standing screens of 1080 × 1920, at half the pixels).
"""

from __future__ import annotations

import argparse
import base64
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserType, Locator, Page, ViewportSize, expect, sync_playwright

from maru.settings import ROOT

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
KIOSK: ViewportSize = {"width": 1080, "height": 1920}
PHONE_PIXELS = 1.5
KIOSK_PIXELS = 0.5
GAP = 24
LARGEST_BYTES = 500_000
ANSWER_MS = 30_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
# A device with voices, as people have; headless Chromium has none, and the page would say so.
VOICES = """
speechSynthesis.getVoices = () => ["ko-KR", "en-US"].map((lang) => ({ lang, name: lang, localService: true }));
"""
# Said so indistinctly that Maru asks whether it has understood; of which one, depends on what is published.
INDISTINCT = sorted((ROOT / "tests" / "fixtures" / "audio" / "commands").glob("ko-question-*.ogg"))
MOVE_IN = "전입신고는 어떻게 하나요?"
# As short as people type them; which ones Maru asks back about depends on what is published.
VAGUE = (
    *("예방접종 어디서", "전세 보증금", "아이 돌봄", "증명서 떼고 싶은데", "신고하려고요", "여권", "주차"),
    *("어르신 지원", "지원금", "재산세", "쓰레기 버리는 날", "출산 지원", "자동차 세금", "층간소음", "일자리 찾기"),
)
ASKED_ENGLISH = "How do I get a public library card?"


def main(arguments: Sequence[str] | None = None) -> None:
    """Take the pictures; fails when one is larger than a README should carry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="where Maru runs")
    parser.add_argument("--out", type=Path, default=Path("docs/images"), help="folder for the pictures")
    parser.add_argument("--ask", help="a vague question that Maru asks back about")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    asked = options.ask or vague_question(options.url)
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        pictures = {
            "phone.png": side_by_side(browser, korean_screens(browser, options.url, asked)),
            "phone-en.png": side_by_side(browser, english_screens(browser, options.url)),
            "desktop.png": desktop_screen(browser, options.url, asked),
            "senior-phone.png": side_by_side(browser, senior_screens(browser, options.url)),
            "senior-desktop.png": senior_desktop_screen(browser, options.url, asked),
            "kiosk.png": side_by_side(browser, kiosk_screens(browser, options.url), KIOSK, KIOSK_PIXELS),
        }
        browser.close()
    for name, picture in pictures.items():
        if len(picture) > LARGEST_BYTES:
            raise SystemExit(f"{name} has {len(picture)} bytes; at most {LARGEST_BYTES}")
        (options.out / name).write_bytes(picture)
        print(f"{options.out / name}: {len(picture) // 1000} kB")


def launch(chromium: BrowserType, *arguments: str) -> Browser:
    """The Chromium of this machine, headless and quiet; Playwright's own where there is none."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    return chromium.launch(executable_path=path, args=[*QUIET, *arguments])


def vague_question(url: str) -> str:
    """The first of our vague questions that Maru answers with at least two suggestions; ``LookupError`` for none."""
    with httpx.Client(base_url=url, timeout=ANSWER_MS / 1000, trust_env=False) as api:
        for text in VAGUE:
            session = api.post("/api/v1/sessions", json={"locale": "ko"}).json()["session_id"]
            reply = api.post("/api/v1/turns", json={"text": text}, headers={"X-Maru-Session": session}).json()
            if reply["status"] == "clarify" and len(reply["suggestions"]) >= 2:
                return text
    raise LookupError("no vague question makes Maru ask back with two suggestions")


def korean_screens(browser: Browser, url: str, asked: str) -> list[bytes]:
    """A vague question with what Maru asks back, and the answer to the suggestion that was pressed."""
    page = open_page(browser, url, "ko-KR", PHONE, PHONE_PIXELS)
    page.get_by_test_id("consent-no").click()
    asked_back = ask(page, asked)
    first = page.screenshot()
    press_suggestion(page, asked_back)
    second = page.screenshot()
    page.context.close()
    return [first, second]


def english_screens(browser: Browser, url: str) -> list[bytes]:
    """The page as it opens, and a question with its answer."""
    page = open_page(browser, f"{url}/?lang=en", "en-US", PHONE, PHONE_PIXELS)
    first = page.screenshot()
    ask(page, ASKED_ENGLISH)
    second = page.screenshot()
    page.context.close()
    return [first, second]


def desktop_screen(browser: Browser, url: str, asked: str) -> bytes:
    """What Maru asked back, the suggestion that was pressed, and the beginning of its answer."""
    page = open_page(browser, url, "ko-KR", DESKTOP, 1)
    page.get_by_test_id("consent-no").click()
    asked_back = ask(page, asked)
    press_suggestion(page, asked_back)
    asked_back.evaluate("message => message.scrollIntoView({ block: 'start' })")
    settle(page)
    picture = page.screenshot()
    page.context.close()
    return picture


def senior_screens(browser: Browser, url: str) -> list[bytes]:
    """Large type as it opens, a question back about something that was said indistinctly, and the answer."""
    page = open_page(browser, f"{url}/?lang=ko&mode=senior", "ko-KR", PHONE, PHONE_PIXELS)
    screens = [page.screenshot()]
    show_heard(page, indistinct_turn(url))
    settle(page)
    screens.append(page.screenshot())
    page.get_by_test_id("confirm-yes").click()
    answered(page, 2)
    screens.append(page.screenshot())
    page.context.close()
    return screens


def senior_desktop_screen(browser: Browser, url: str, asked: str) -> bytes:
    """The choices that Maru gives, in large type."""
    page = open_page(browser, f"{url}/?lang=ko&mode=senior", "ko-KR", DESKTOP, 1)
    ask(page, MOVE_IN)
    page.get_by_test_id("consent-no").click()
    ask(page, asked)
    picture = page.screenshot()
    page.context.close()
    return picture


def kiosk_screens(browser: Browser, url: str) -> list[bytes]:
    """A standing screen as it waits, with an answer, and asking whether somebody is still there."""
    page = open_page(browser, f"{url}/?lang=ko&mode=kiosk", "ko-KR", KIOSK, KIOSK_PIXELS)
    screens = [page.screenshot()]
    ask(page, MOVE_IN)
    screens.append(page.screenshot())
    page.get_by_test_id("kiosk-leave").click()
    settle(page)
    screens.append(page.screenshot())
    page.context.close()
    return screens


def indistinct_turn(url: str) -> dict[str, Any]:
    """The body of the first indistinct clip that Maru asks back about with one question; ``LookupError`` for none."""
    with httpx.Client(base_url=url, timeout=2 * ANSWER_MS / 1000, trust_env=False) as api:
        for clip in INDISTINCT:
            session = api.post("/api/v1/sessions", json={"locale": "ko"}).json()["session_id"]
            body: dict[str, Any] = api.post(
                "/api/v1/voice",
                files={"audio": (clip.name, clip.read_bytes(), "audio/ogg")},
                headers={"X-Maru-Session": session},
            ).json()
            if (body.get("reply") or {}).get("expects") == "yes_no":
                return body
    raise LookupError("no indistinct clip makes Maru ask whether it has understood")


def show_heard(page: Page, body: dict[str, Any]) -> Locator:
    """What the server made of a recording, shown as if this tab had got it before it was reloaded; Maru's reply."""
    turn = {"key": "0" * 32, "kind": "voice", "text": body["heard"]["text"], "entryId": None, "language": None}
    turns = json.dumps([{**turn, "seconds": 3, "reply": body["reply"], "vote": None, "chosen": None}])
    page.evaluate("turns => sessionStorage.setItem('maru.turns', turns)", turns)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    return page.get_by_test_id("message-maru").last


def open_page(browser: Browser, url: str, locale: str, viewport: ViewportSize, pixels: float) -> Page:
    """A new visitor's page."""
    touch = viewport != DESKTOP
    context = browser.new_context(locale=locale, viewport=viewport, device_scale_factor=pixels, has_touch=touch)
    page = context.new_page()
    page.add_init_script(VOICES)
    with page.expect_response("**/api/v1/sessions"):
        page.goto(url)
    settle(page)
    return page


def ask(page: Page, text: str) -> Locator:
    """Type a question; its answer."""
    answers = page.get_by_test_id("message-maru")
    before = answers.count()
    page.get_by_test_id("input").fill(text)
    page.get_by_test_id("send").click()
    return answered(page, before)


def press_suggestion(page: Page, asked_back: Locator) -> Locator:
    """Press the first suggestion; its answer."""
    expect(asked_back).to_have_attribute("data-status", "clarify")
    before = page.get_by_test_id("message-maru").count()
    asked_back.get_by_test_id("suggestion").first.click()
    return answered(page, before)


def answered(page: Page, before: int) -> Locator:
    """The answer that comes after so many messages of Maru's."""
    answers = page.get_by_test_id("message-maru")
    expect(answers).to_have_count(before + 1, timeout=ANSWER_MS)
    settle(page)
    return answers.nth(before)


def settle(page: Page) -> None:
    """Let movement end, and take the focus off whatever was pressed."""
    page.evaluate("document.activeElement?.blur()")
    page.mouse.move(0, 0)
    page.wait_for_timeout(1200)


def side_by_side(
    browser: Browser, screens: list[bytes], size: ViewportSize = PHONE, pixels: float = PHONE_PIXELS
) -> bytes:
    """Screens of one size on one picture, with rounded corners and a thin edge."""
    gap = GAP if pixels > 1 else round(GAP / pixels)
    width = len(screens) * size["width"] + (len(screens) + 1) * gap
    viewport: ViewportSize = {"width": width, "height": size["height"] + 2 * gap}
    page = browser.new_context(viewport=viewport, device_scale_factor=pixels).new_page()
    images = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(screen).decode()}" width="{size["width"]}">'
        for screen in screens
    )
    style = (
        f"body {{ display: flex; gap: {gap}px; margin: {gap}px; background: #e9e4da; }}"
        " img { border-radius: 22px; outline: 1px solid #b9ad98; }"
    )
    page.set_content(f"<style>{style}</style>{images}")
    picture = page.screenshot()
    page.context.close()
    return picture


if __name__ == "__main__":
    main()
