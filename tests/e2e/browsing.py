"""A real Chromium on the chat page: how tests watch it and talk through it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

from maru.settings import ROOT

SPOKEN = ROOT / "tests" / "fixtures" / "audio" / "move-in.mic.wav"
MICROPHONE = (
    *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"),
    f"--use-file-for-fake-audio-capture={SPOKEN}%noloop",
)
PHONE = {"width": 390, "height": 844}
ANSWER_MS = 20_000
SPOKEN_ANSWER_MS = 60_000

# Tells the page's violations of its own policy; in a page without script there is nothing that could.
_REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
# Headless Chromium has no voices. This one reads at once (or in `pieceMs` a sentence) and remembers what it read.
VOICES = """
window.spoken = [];
class Utterance { constructor(text) { this.text = text; } }
const synthesis = new EventTarget();
Object.assign(synthesis, {
  getVoices: () => ["ko-KR", "en-US"].map((lang) => ({ lang, localService: true, name: lang })),
  speak(utterance) {
    const { text, lang, rate, volume } = utterance;
    if (text.trim() === "") return;
    window.spoken.push({ text, lang, rate, volume });
    this.timer = setTimeout(() => utterance.onend?.(), window.pieceMs ?? 50);
  },
  cancel() { clearTimeout(this.timer); },
});
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
Object.defineProperty(window, "speechSynthesis", { value: synthesis });
"""


@dataclass
class Visit:
    """One visitor's tab. ``troubles`` collects what must not happen: messages in the console, requests elsewhere."""

    page: Page
    url: str
    troubles: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(_REPORT_VIOLATIONS)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("request", self._request)

    def open(self, address: str = "/") -> None:
        """The page, and its modules at work."""
        self.page.goto(self.url + address)
        self.wait_ready()

    def wait_ready(self) -> None:
        """Until the page's modules are at work and a session has begun (which a kiosk writes down nowhere)."""
        self.page.wait_for_selector("html[data-ready]")
        self.until("'kiosk' in document.documentElement.dataset || sessionStorage.getItem('maru.session') !== null")

    def until(self, condition: str, timeout_s: float = 10.0) -> None:
        """Until a JavaScript condition holds. (Playwright's own waiting needs the `eval` that the page forbids.)"""
        deadline = time.monotonic() + timeout_s
        while not self.page.evaluate(condition):
            assert time.monotonic() < deadline, f"never came true: {condition}"
            self.page.wait_for_timeout(50)

    def forgive(self, pattern: str) -> None:
        """Say that messages like this are meant to come."""
        self.expected.append(pattern)

    def unforgiven(self) -> list[str]:
        """The troubles that nobody expected."""
        return [text for text in self.troubles if not any(re.search(pattern, text) for pattern in self.expected)]

    def __getitem__(self, hook: str) -> Locator:
        """The elements with this ``data-testid``."""
        return self.page.get_by_test_id(hook)

    @property
    def answers(self) -> Locator:
        """What Maru said, its greeting first."""
        return self["message-maru"]

    @property
    def questions(self) -> Locator:
        """What the visitor said."""
        return self["message-user"]

    def ask(self, text: str) -> Locator:
        """Type a question, send it, and the answer to it."""
        before = self.answers.count()
        self["input"].fill(text)
        self["send"].click()
        return self.answer_after(before)

    def answer_after(self, before: int, timeout_ms: float = ANSWER_MS) -> Locator:
        """The answer that comes after so many messages of Maru's."""
        expect(self.answers).to_have_count(before + 1, timeout=timeout_ms)
        return self.answers.nth(before)

    def kept(self, name: str) -> Any:
        """What the tab's storage holds under a name."""
        return self.page.evaluate("name => JSON.parse(sessionStorage.getItem(`maru.${name}`))", name)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text} {message.location.get('url', '')}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.troubles.append(f"request: {request.url}")
