"""Speaking with the page in a real Chromium: text while one speaks, a confirmation, and commands to the device."""

from __future__ import annotations

import shutil
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Request, ViewportSize, WebSocketRoute, expect, sync_playwright

from bench.screenshots import launch
from maru.settings import ROOT
from tests.e2e.browsing import PHONE, SPOKEN_ANSWER_MS, VOICES, Visit
from tests.e2e.running_system import System
from web.page import page_wording

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

CLIPS = ROOT / "tests" / "fixtures" / "audio"
MOVE_IN, BULKY_WASTE = CLIPS / "move-in.webm", CLIPS / "bulky-waste.webm"
AGAIN, YES, SLOWER = (
    CLIPS / "commands" / name for name in ("ko-again-3168358e.ogg", "ko-yes-3ea8265e.ogg", "ko-slower-0110fbbe.ogg")
)
# Said so indistinctly that Maru asks whether it has understood.
INDISTINCT = CLIPS / "commands" / "ko-question-ab98ecef.ogg"
RATE = 48_000
WORDS = page_wording("ko")
STREAM = "**/api/v1/voice/stream"

Say = Callable[[Path], None]


def _samples(clip: Path) -> np.ndarray:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(str(clip)) as container:
        decoded = [*container.decode(audio=0), None]
        parts = [part.to_ndarray()[0] for frame in decoded for part in resampler.resample(frame)]
    return np.concatenate(parts)


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that Chromium hears, from its beginning, each time the page opens the microphone."""
    return tmp_path_factory.mktemp("microphone") / "microphone.wav"


@pytest.fixture(scope="module")
def say(microphone: Path) -> Say:
    """Has a clip said when the microphone is opened next: half a second later, and silence after it."""

    def say(clip: Path) -> None:
        quiet = np.zeros(RATE // 2, np.int16)
        beside = microphone.with_suffix(".next")
        with wave.open(str(beside), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(np.concatenate([quiet, _samples(clip), *[quiet] * 60]).astype("<i2").tobytes())
        beside.replace(microphone)

    return say


@pytest.fixture(scope="module")
def browser(microphone: Path, say: Say) -> Iterator[Browser]:
    say(MOVE_IN)
    heard = f"--use-file-for-fake-audio-capture={microphone}%noloop"
    with sync_playwright() as playwright:
        browser = launch(
            playwright.chromium, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", heard
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(system: System, browser: Browser) -> Iterator[Visit]:
    """A visitor's tab, not opened yet, on a device with voices; afterwards it may not have met with trouble."""
    system.wait_ready(120)
    context = browser.new_context(locale="ko-KR", viewport=ViewportSize(width=PHONE["width"], height=PHONE["height"]))
    visit = Visit(context.new_page(), system.url)
    visit.page.add_init_script(VOICES)
    yield visit
    context.close()
    assert visit.unforgiven() == []


def _hands_free(visit: Visit) -> None:
    # Slow enough that another clip is in place before Maru has read its question and listens.
    visit.page.add_init_script("window.pieceMs = 1000")
    visit.page.add_init_script("localStorage.setItem('maru.settings', JSON.stringify({handsFree: 'on'}))")


def _said_to_the_end(visit: Visit) -> None:
    """Tap, wait until the words on the screen have stopped changing, and tap again, unless the end was found before."""
    visit["mic"].click()
    expect(visit["mic"]).to_have_attribute("data-state", "recording")
    before, same = "", 0
    while same < 4 and visit["mic"].get_attribute("data-state") == "recording":
        visit.page.wait_for_timeout(250)
        now = visit["partial"].inner_text()
        before, same = now, same + 1 if now and now == before else 0
    if visit["mic"].get_attribute("data-state") == "recording":
        visit["mic"].click()


def _asked_back(visit: Visit, say: Say) -> Locator:
    """Say something indistinct, and again where nothing was understood, until Maru asks whether it was meant."""
    say(INDISTINCT)
    expects = None
    for _ in range(4):
        before = visit.answers.count()
        # Where Maru has asked which of several was meant, it listens already.
        if expects is None:
            visit["mic"].click()
            expect(visit["mic"]).to_contain_text(WORDS["mic"]["stop_by_itself"])
            visit.until("document.querySelector('[data-testid=partial]').textContent !== ''", 20)
        answer = visit.answer_after(before, SPOKEN_ANSWER_MS)
        expects = visit.kept("turns")[-1]["reply"]["expects"]
        if expects == "yes_no":
            return answer
    heard = [(turn["text"], turn["reply"]["status"]) for turn in visit.kept("turns")]
    raise AssertionError(f"Maru never asked whether it had understood: {heard}")


def _spoken(visit: Visit) -> list[str]:
    return [piece["text"] for piece in visit.page.evaluate("window.spoken")]


@pytest.mark.parametrize("screen", ["/", "/?mode=senior"])
def test_when_somebody_only_speaks_then_words_appear_a_question_is_confirmed_and_the_answer_read_again(
    visit: Visit, say: Say, screen: str
) -> None:
    _hands_free(visit)
    visit.open(screen)
    # Nobody taps: falling silent ends the question, and Maru's own question opens the microphone for its answer.
    asked_back = _asked_back(visit, say)
    say(YES)
    answered = visit.answers.count()
    expect(visit.questions.last).to_contain_text(WORDS["voice"]["heard"])
    expect(asked_back).to_have_attribute("data-status", "clarify")
    expect(asked_back.get_by_test_id("confirm-no")).to_be_visible()
    entry = asked_back.get_by_test_id("confirm-yes").get_attribute("value")
    answer = visit.answer_after(answered, SPOKEN_ANSWER_MS)
    expect(answer).to_have_attribute("data-status", "answered")
    assert visit.kept("turns")[-1]["reply"]["entry_id"] == entry
    expect(visit.page.locator("#announcer")).to_have_text(WORDS["answer"]["read"], timeout=10_000)
    # An answer that waits for nothing leaves the microphone shut.
    expect(visit["mic"]).to_have_attribute("data-state", "idle")

    questions = visit.questions.count()
    first_time = _spoken(visit)
    say(AGAIN)
    visit["mic"].click()
    visit.until(f"window.spoken.length > {len(first_time)}", 60)
    expect(visit.page.locator("#notice")).to_have_text(WORDS["reading"]["again_said"])
    visit.until("document.querySelector('#reading').hidden")
    again = _spoken(visit)[len(first_time) :]
    assert again == first_time[-len(again) :]
    assert len(again) > 0
    expect(visit.answers).to_have_count(answered + 1)
    assert visit.questions.count() == questions


@pytest.mark.parametrize("after_frames", [0, 5])
def test_when_the_live_connection_is_refused_or_breaks_then_the_recording_is_uploaded_once(
    visit: Visit, say: Say, after_frames: int
) -> None:
    def serve(socket: WebSocketRoute) -> None:
        frames: list[bytes] = []

        def receive(message: str | bytes) -> None:
            if isinstance(message, str):
                socket.send('{"type": "ready"}')
                socket.send('{"type": "partial", "text": "전입"}')
            else:
                frames.append(message)
            if len(frames) >= after_frames:
                socket.close(code=1013)

        if after_frames:
            socket.on_message(receive)
        else:
            socket.close(code=1013)

    uploads: list[Request] = []
    visit.page.on("request", lambda request: uploads.append(request) if request.url.endswith("/api/v1/voice") else None)
    visit.page.route_web_socket(STREAM, serve)
    say(MOVE_IN)
    visit.open()
    visit["mic"].click()
    expect(visit["mic"]).to_have_attribute("data-state", "recording")
    visit.page.wait_for_timeout(4_000)
    visit["mic"].click()
    answer = visit.answer_after(1, SPOKEN_ANSWER_MS)
    expect(visit.questions.last).to_contain_text(WORDS["voice"]["heard"])
    expect(answer).to_contain_text("전입신고")
    assert [request.method for request in uploads] == ["POST"]


def test_when_what_was_heard_is_wrong_then_saying_it_again_replaces_it_and_a_slower_voice_is_kept(
    visit: Visit, say: Say
) -> None:
    say(MOVE_IN)
    visit.open()
    _said_to_the_end(visit)
    visit.answer_after(1, SPOKEN_ANSWER_MS)
    wrong = visit["heard"].inner_text()
    say(BULKY_WASTE)
    visit["say-again"].click()
    expect(visit["mic"]).to_have_attribute("data-state", "recording")
    visit.page.wait_for_timeout(4_500)
    visit["mic"].click()
    expect(visit.questions).to_have_count(2)
    expect(visit.questions).to_have_count(1, timeout=SPOKEN_ANSWER_MS)
    expect(visit.answers).to_have_count(2)
    assert visit["heard"].inner_text() != wrong
    assert len(visit.kept("turns")) == 1

    # Speaking interrupts the reading, which then goes on as it was asked to.
    expect(visit.page.locator("#announcer")).to_have_text(WORDS["answer"]["read"], timeout=10_000)
    visit.page.evaluate("window.pieceMs = 60_000")
    visit["listen-again"].click()
    visit.until("window.spoken.at(-1).rate === 0.95 && !document.querySelector('#reading').hidden")
    said = len(_spoken(visit))
    say(SLOWER)
    _said_to_the_end(visit)
    visit.until(f"window.spoken.length === {said + 1} && window.spoken.at(-1).rate === 0.75", 60)
    assert _spoken(visit)[-1] == _spoken(visit)[-2]
    expect(visit.page.locator("#notice")).to_have_text(WORDS["reading"]["slower_said"])
    assert visit.questions.count() == 1
    visit.page.reload()
    visit.wait_ready()
    visit["listen-again"].click()
    visit.until("window.spoken.at(-1)?.rate === 0.75")


def test_when_an_answer_is_read_then_it_can_be_paused_made_louder_and_stopped(visit: Visit) -> None:
    visit.page.add_init_script("window.pieceMs = 700")
    visit.open()
    visit.ask("전입신고는 어떻게 하나요?")
    visit["listen-again"].click()
    visit.until("window.spoken.length === 1")
    expect(visit["caption"]).to_have_text(_spoken(visit)[0])
    visit["reading-toggle"].click()
    expect(visit["reading-toggle"]).to_contain_text(WORDS["reading"]["resume"])
    visit.page.wait_for_timeout(1_000)
    assert len(_spoken(visit)) == 1
    visit["reading-toggle"].click()
    assert _spoken(visit) == [_spoken(visit)[0]] * 2
    visit.page.evaluate("window.pieceMs = 60_000")
    visit["reading-again"].click()
    notice = visit.page.locator("#notice")
    for said in ("louder_said", "loudest_said"):
        visit["reading-louder"].click()
        expect(notice).to_have_text(WORDS["reading"][said])
    assert visit.page.evaluate("window.spoken.at(-1).volume") == 1
    assert set(_spoken(visit)) == {_spoken(visit)[0]}
    visit["reading-stop"].focus()
    visit.page.keyboard.press("Enter")
    expect(visit["reading"]).to_be_hidden()
    expect(visit["listen-again"]).to_be_visible()


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_when_a_kiosk_has_no_voice_then_the_server_reads_and_can_be_paused(visit: Visit) -> None:
    visit.page.add_init_script("speechSynthesis.getVoices = () => []")
    visit.open("/?mode=kiosk")
    with visit.page.expect_response("**/api/v1/speech") as response:
        visit.ask("전입신고는 어떻게 하나요?")
    assert response.value.status == 200
    expect(visit["caption"]).not_to_be_empty()
    visit["reading-toggle"].click()
    expect(visit["reading-toggle"]).to_have_attribute("data-reading-command", "resume")
    visit["reading-toggle"].click()
    expect(visit["reading-toggle"]).to_have_attribute("data-reading-command", "pause")
    visit["reading-stop"].click()
    expect(visit["reading"]).to_be_hidden()
    assert _spoken(visit) == []


def test_when_the_page_asks_yes_or_no_then_the_keyboard_can_say_no(visit: Visit, say: Say) -> None:
    _hands_free(visit)
    visit.open()
    asked_back = _asked_back(visit, say)
    say(YES)
    expect(visit["mic"]).to_have_attribute("data-state", "recording", timeout=10_000)
    before = visit.answers.count()
    asked_back.get_by_test_id("confirm-no").focus()
    visit.page.keyboard.press("Enter")
    # Who has pressed is not listened to.
    expect(visit["mic"]).to_have_attribute("data-state", "idle")
    visit.answer_after(before)
    expect(visit.questions.last.locator("[data-slot=text]")).to_have_text(WORDS["confirm"]["no"])
    expect(asked_back.get_by_test_id("confirm-no")).to_have_attribute("aria-pressed", "true")
