"""The chat page in a real Chromium, against the running system."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from bench.screenshots import vague_question
from knowledge.files.seeds import read_seeds
from maru.settings import ROOT
from privacy.scan import Scanner, scan_paths
from privacy.session_number import session_number
from tests.e2e.browsing import SPOKEN_ANSWER_MS, VOICES, Visit
from tests.e2e.running_system import System
from web.page import LOCALES, page_wording

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

MOVE_IN = "전입신고는 어떻게 하나요?"
MOVE_IN_ENTRY = "resident-move-in-report"
ENTER, INPUT_METHOD = 13, 229

Visits = Callable[..., Visit]


@pytest.fixture
def visit(visits: Visits) -> Visit:
    """A visitor's tab with the page open."""
    visit = visits()
    visit.open()
    return visit


def _published(entry_id: str, locale: str = "ko") -> Any:
    return next(e for e in read_seeds(ROOT / "data" / "faq") if (e.entry_id, e.locale) == (entry_id, locale))


def _words(text: str) -> str:
    """Letters and digits only: what is left of Markdown on either side of its rendering."""
    return re.sub(r"[\W_]+", "", text)


def _count(system: System, query: str, *values: str) -> int:
    with sqlite3.connect(system.data_dir / "maru.db") as database:
        return int(database.execute(query, values).fetchone()[0])


def _kept_turns(system: System, visit: Visit) -> int:
    session = visit.kept("session")["id"].split(".")[0]
    return _count(system, "SELECT count(*) FROM transcript_turn WHERE session = ?", session)


def test_when_a_question_is_typed_then_the_published_answer_is_shown(visit: Visit) -> None:
    entry = _published(MOVE_IN_ENTRY)
    answer = visit.ask(MOVE_IN)
    expect(answer).to_have_attribute("data-status", "answered")
    expect(visit.questions.last.locator("[data-slot=text]")).to_have_text(MOVE_IN)
    assert _words(answer.locator("[data-slot=answer]").inner_text()) == _words(entry.answer)
    expect(answer.locator("[data-slot=question]")).to_have_text(entry.question)
    expect(answer.locator("[data-slot=contact-text]")).to_have_text(entry.contact)
    expect(answer.locator("[data-slot=source-link]")).to_have_attribute("href", re.compile(re.escape(entry.source)))


@pytest.mark.parametrize("locale", LOCALES)
def test_when_an_example_of_the_page_is_asked_then_it_is_answered(system: System, locale: Any) -> None:
    examples = {key: text for key, text in page_wording(locale)["examples"].items() if key != "title"}
    assert len(examples) == 4
    status = {text: system.begin(locale=locale).ask(text)["status"] for text in examples.values()}
    assert set(status.values()) == {"answered"}, status


def test_when_an_example_is_pressed_then_it_is_asked(visit: Visit) -> None:
    question = visit["example"].first.inner_text()
    visit["example"].first.click()
    expect(visit.answer_after(1)).to_have_attribute("data-status", "answered")
    expect(visit.questions.last.locator("[data-slot=text]")).to_have_text(question)
    expect(visit["example"].first).to_be_hidden()


def test_when_maru_asks_back_then_a_pressed_suggestion_is_answered(visit: Visit, system: System) -> None:
    asked_back = visit.ask(vague_question(system.url))
    expect(asked_back).to_have_attribute("data-status", "clarify")
    suggestion = asked_back.get_by_test_id("suggestion").nth(1)
    question = suggestion.locator("[data-slot=question]").inner_text()
    entry_id = suggestion.get_attribute("value")
    suggestion.click()
    answer = visit.answer_after(2)
    expect(answer).to_have_attribute("data-status", "answered")
    expect(answer.locator("[data-slot=question]")).to_have_text(question)
    expect(visit.questions.last.locator("[data-slot=text]")).to_have_text(question)
    expect(suggestion).to_have_attribute("aria-pressed", "true")
    assert visit.kept("turns")[-1]["reply"]["entry_id"] == entry_id


def test_when_no_suggestion_is_right_then_other_words_are_asked_for(visit: Visit, system: System) -> None:
    asked_back = visit.ask(vague_question(system.url))
    none = asked_back.get_by_test_id("suggestion-none")
    none.click()
    reply = visit.answer_after(2)
    expect(reply).to_have_attribute("data-status", "no_answer")
    expect(reply.locator("[data-slot=answer]")).to_contain_text("다른 말로")
    expect(reply.locator("[data-slot=contact]")).to_be_visible()
    expect(none).to_have_attribute("aria-pressed", "true")


def test_when_the_microphone_is_tapped_twice_then_what_was_heard_is_shown_and_answered(visits: Visits) -> None:
    visit = visits()
    visit.page.add_init_script(VOICES)
    visit.open()
    visit["mic"].click()
    expect(visit["mic"]).to_have_attribute("data-state", "recording")
    visit.page.wait_for_timeout(5_000)
    assert "다 말했어요" in visit["mic"].inner_text()
    visit["mic"].click()
    answer = visit.answer_after(1, SPOKEN_ANSWER_MS)
    question = visit.questions.last
    expect(question).to_contain_text("이렇게 들었어요")
    heard = visit["heard"].inner_text()
    assert len(heard) > 4
    reply = visit.kept("turns")[-1]["reply"]
    found = {reply["entry_id"], *(each["entry_id"] for each in reply["suggestions"])}
    assert MOVE_IN_ENTRY in found, (heard, reply["status"], found)
    expect(answer).to_contain_text("전입신고")
    # Who speaks is answered aloud.
    visit.until("window.spoken.length > 0")
    question.locator("[data-slot=edit]").click()
    expect(visit["input"]).to_have_value(heard)


def test_when_a_recording_is_cancelled_then_nothing_is_sent(visit: Visit) -> None:
    sent: list[str] = []
    visit.page.on("request", lambda request: sent.append(request.url))
    visit["mic"].focus()
    visit.page.keyboard.press("Space")
    expect(visit["mic"]).to_have_attribute("data-state", "recording")
    visit.page.keyboard.press("Escape")
    expect(visit["mic"]).to_have_attribute("data-state", "idle")
    expect(visit["input"]).to_be_visible()
    assert visit.questions.count() == 0
    assert sent == []


def test_when_enter_ends_a_syllable_then_nothing_is_sent_until_the_next_enter(visit: Visit) -> None:
    keyboard = visit.page.context.new_cdp_session(visit.page)

    def press_enter(code: int) -> None:
        for event in ("rawKeyDown", "keyUp"):
            key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": code}
            keyboard.send("Input.dispatchKeyEvent", {"type": event, **key})

    visit["input"].focus()
    keyboard.send("Input.imeSetComposition", {"text": "안녕하세", "selectionStart": 4, "selectionEnd": 4})
    press_enter(ENTER)
    keyboard.send("Input.insertText", {"text": "안녕하세요"})
    # Safari tells the key only after the syllable has ended, with the input method's own code.
    press_enter(INPUT_METHOD)
    visit.page.wait_for_timeout(300)
    expect(visit["input"]).to_have_value("안녕하세요")
    assert visit.questions.count() == 0
    visit.page.keyboard.press("Enter")
    expect(visit.answer_after(1)).to_have_attribute("data-status", "smalltalk")
    expect(visit.questions.locator("[data-slot=text]")).to_have_text("안녕하세요")


def test_when_shift_enter_is_pressed_then_the_text_goes_on_in_a_new_line(visit: Visit) -> None:
    visit["input"].focus()
    visit.page.keyboard.type("first")
    visit.page.keyboard.press("Shift+Enter")
    visit.page.keyboard.type("second")
    expect(visit["input"]).to_have_value("first\nsecond")
    assert visit.questions.count() == 0


def test_when_english_is_chosen_then_page_and_answers_are_english(visit: Visit) -> None:
    session = visit.kept("session")
    visit["lang-switch"].click()
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    expect(visit["input"]).to_have_attribute("placeholder", page_wording("en")["input"]["placeholder"])
    assert not re.search("[가-힣]", visit.answers.first.inner_text())
    answer = visit.ask("How do I get a public library card?")
    expect(answer).to_have_attribute("data-status", "answered")
    entry = _published("culture-library-membership", "en")
    assert _words(answer.locator("[data-slot=answer]").inner_text()) == _words(entry.answer)
    assert visit.kept("session") == session
    visit.page.reload()
    visit.wait_ready()
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    visit["lang-switch"].click()
    expect(visit.page.locator("html")).to_have_attribute("lang", "ko")


def test_when_the_page_is_opened_in_english_then_it_greets_in_english(visits: Visits) -> None:
    visit = visits()
    with visit.page.expect_response("**/api/v1/sessions"):
        visit.open("/?lang=en")
    expect(visit.answers.first).to_contain_text("Maru")
    assert not re.search("[가-힣]", visit.answers.first.inner_text())


def test_when_a_thumb_is_pressed_then_the_last_one_counts(visit: Visit, system: System) -> None:
    answer = visit.ask(MOVE_IN)
    for thumb in ("thumb-up", "thumb-down"):
        with visit.page.expect_response("**/api/v1/feedback") as response:
            answer.get_by_test_id(thumb).click()
        assert response.value.status == 204
    expect(answer.get_by_test_id("thumb-up")).to_have_attribute("aria-pressed", "false")
    expect(answer.get_by_test_id("thumb-down")).to_have_attribute("aria-pressed", "true")
    expect(answer).to_contain_text("알려 주셔서 고맙습니다")
    turn = visit.kept("turns")[-1]["reply"]["turn_id"]
    kept = "SELECT count(*) FROM feedback WHERE turn_id = ? AND value = 'down' AND entry_id = ?"
    assert _count(system, kept, turn, MOVE_IN_ENTRY) == 1


def test_when_listen_again_is_pressed_then_the_answer_is_read_aloud(visits: Visits) -> None:
    visit = visits()
    visit.page.add_init_script(VOICES)
    visit.open()
    answer = visit.ask(MOVE_IN)
    assert visit.page.evaluate("window.spoken") == []
    for times in (1, 2):
        answer.get_by_test_id("listen-again").click()
        expect(visit.page.locator("#announcer")).to_have_text("다 읽었어요.", timeout=10_000)
        spoken = visit.page.evaluate("window.spoken")
        assert {piece["lang"] for piece in spoken} == {"ko-KR"}
        said = _words("".join(piece["text"] for piece in spoken))
        assert said == _words(visit.kept("turns")[-1]["reply"]["speech"]) * times
    visit.page.locator("#menu-open").click()
    visit.page.locator("input[name=speed][value=slow]").check(force=True)
    visit.page.locator("[data-menu-close]").first.click()
    answer.get_by_test_id("listen-again").click()
    visit.until("window.spoken.at(-1).rate === 0.75")


def test_when_consent_is_given_then_turns_are_kept_and_erasing_takes_them_away(visit: Visit, system: System) -> None:
    visit["consent-yes"].click()
    expect(visit.page.locator("#consent")).to_contain_text("고맙습니다")
    visit.ask(MOVE_IN)
    assert _kept_turns(system, visit) == 1
    session = visit.kept("session")["id"].split(".")[0]
    visit.page.locator("#menu-open").click()
    expect(visit.page.locator("#consent-tick")).to_be_checked()
    visit.page.locator("#erase").click()
    with visit.page.expect_response(lambda response: response.request.method == "DELETE") as response:
        visit.page.locator("#erase-yes").click()
    assert response.value.status == 204
    expect(visit.page.locator("#menu")).to_be_hidden()
    expect(visit.answers).to_have_count(1)
    assert visit.questions.count() == 0
    expect(visit["consent-yes"]).to_be_visible()
    assert visit.kept("turns") is None
    for table in ("transcript_turn", "consent"):
        assert _count(system, f"SELECT count(*) FROM {table} WHERE session = ?", session) == 0
    visit.wait_ready()
    assert visit.kept("session")["id"].split(".")[0] != session


def test_when_somebody_asks_in_the_chat_to_erase_then_the_page_follows(visit: Visit, system: System) -> None:
    visit["consent-yes"].click()
    visit.ask(MOVE_IN)
    session = visit.kept("session")["id"].split(".")[0]
    visit.page.locator("#menu-open").click()
    assert session_number(session) in visit.page.locator("#session-number").inner_text()
    visit.page.locator("[data-menu-close]").first.click()
    visit["input"].fill("방금 한 말 지워 주세요")
    visit["send"].click()
    expect(visit.answers.last).to_contain_text("지웠습니다")
    assert _count(system, "SELECT count(*) FROM consent WHERE session = ?", session) == 0
    expect(visit.questions).to_have_count(1)
    assert len(visit.kept("turns")) == 1
    visit.page.locator("#menu-open").click()
    expect(visit.page.locator("#consent-tick")).not_to_be_checked()
    expect(visit.page.locator("#session-number")).to_be_hidden()
    visit.page.locator("[data-menu-close]").first.click()
    expect(visit["consent-yes"]).to_be_hidden()
    visit.ask("여권을 잃어버렸어요")
    assert _kept_turns(system, visit) == 0
    assert visit.kept("session")["id"].split(".")[0] != session


def test_when_consent_is_refused_then_nothing_is_kept_and_the_menu_can_change_it(visit: Visit, system: System) -> None:
    visit["consent-no"].click()
    expect(visit.page.locator("#consent")).to_contain_text("남기지 않아요")
    visit.ask(MOVE_IN)
    assert _kept_turns(system, visit) == 0
    tick, note = visit.page.locator("#consent-tick"), visit.page.locator("#consent-note")
    visit.page.locator("#menu-open").click()
    tick.check()
    expect(note).to_contain_text("고맙습니다")
    visit.page.locator("[data-menu-close]").first.click()
    visit.ask("여권을 잃어버렸어요")
    assert _kept_turns(system, visit) == 1
    visit.page.locator("#menu-open").click()
    tick.uncheck()
    expect(note).to_contain_text("남기지 않아요")
    assert _kept_turns(system, visit) == 0


def test_when_only_the_keyboard_is_used_then_an_answer_can_be_had_and_rated(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(visit["input"]).to_be_focused()
    page.keyboard.insert_text(MOVE_IN)
    page.keyboard.press("Tab")
    expect(visit["send"]).to_be_focused()
    page.keyboard.press("Enter")
    answer = visit.answer_after(1)
    expect(answer).to_have_attribute("data-status", "answered")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if answer.get_by_test_id("thumb-up").evaluate("thumb => thumb === document.activeElement"):
            break
    expect(answer.get_by_test_id("thumb-up")).to_be_focused()
    page.keyboard.press("Space")
    expect(answer.get_by_test_id("thumb-up")).to_have_attribute("aria-pressed", "true")


def test_when_the_examples_are_reached_by_keyboard_then_enter_asks_and_the_focus_is_not_lost(visit: Visit) -> None:
    focused = "document.activeElement.dataset.testid"
    for _ in range(30):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate(focused) == "example":
            break
    assert visit.page.evaluate(focused) == "example"
    visit.page.keyboard.press("Enter")
    visit.answer_after(1)
    expect(visit["input"]).to_be_focused()


def test_when_the_menu_is_left_by_escape_then_the_focus_is_back_on_its_button(visit: Visit) -> None:
    button = visit.page.locator("#menu-open")
    button.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#menu-title")).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#menu")).to_be_hidden()
    expect(button).to_be_focused()


def test_when_the_page_is_reloaded_then_the_conversation_goes_on(visit: Visit) -> None:
    before = visit.ask(MOVE_IN).locator("[data-slot=answer]").inner_text()
    visit["input"].fill("쓰다 만 글")
    visit.page.reload()
    visit.wait_ready()
    expect(visit.answers).to_have_count(2)
    assert visit.answers.nth(1).locator("[data-slot=answer]").inner_text() == before
    expect(visit["input"]).to_have_value("쓰다 만 글")
    again = visit.ask("다시 한번 말해 주세요")
    assert again.locator("[data-slot=answer]").inner_text() == before


def test_when_the_line_is_dead_then_the_question_stays_and_can_be_sent_again(visit: Visit) -> None:
    visit.forgive("ERR_INTERNET_DISCONNECTED")
    visit.page.context.set_offline(True)
    expect(visit.page.locator("#offline-banner")).to_be_visible()
    visit["input"].fill(MOVE_IN)
    visit["send"].click()
    question = visit.questions.last
    expect(question).to_contain_text("인터넷이 끊겨")
    expect(question.locator("[data-slot=text]")).to_have_text(MOVE_IN)
    visit.page.context.set_offline(False)
    expect(visit.page.locator("#offline-banner")).to_be_hidden()
    question.locator("[data-slot=retry]").click()
    expect(visit.answer_after(1)).to_have_attribute("data-status", "answered")
    assert visit.questions.count() == 1
    expect(question.locator("[data-slot=delivery]")).to_be_hidden()


def test_when_a_reply_is_lost_on_its_way_then_sending_again_gets_the_same_one(visit: Visit, system: System) -> None:
    visit.forgive("ERR_FAILED")
    lost: list[tuple[str, str]] = []

    def lose(route: Route) -> None:
        reply = route.fetch()
        lost.append((route.request.headers["idempotency-key"], reply.json()["turn_id"]))
        route.abort()

    visit["consent-yes"].click()
    expect(visit.page.locator("#consent")).to_contain_text("고맙습니다")
    visit.page.route("**/api/v1/turns", lose, times=1)
    visit["input"].fill(MOVE_IN)
    visit["send"].click()
    expect(visit.questions.last).to_contain_text("보내지 못했어요")
    with visit.page.expect_request("**/api/v1/turns") as request:
        visit.questions.last.locator("[data-slot=retry]").click()
    visit.answer_after(1)
    assert lost == [(request.value.headers["idempotency-key"], visit.kept("turns")[-1]["reply"]["turn_id"])]
    assert _kept_turns(system, visit) == 1


def test_when_the_server_has_forgotten_the_session_then_the_question_is_answered_all_the_same(visit: Visit) -> None:
    visit.forgive("404")
    visit.page.evaluate(
        "sessionStorage.setItem('maru.session', JSON.stringify({id: 'A'.repeat(32) + '.gone', consent: 'no'}))"
    )
    visit.page.reload()
    visit.wait_ready()
    expect(visit.ask(MOVE_IN)).to_have_attribute("data-status", "answered")
    assert visit.questions.count() == 1
    assert "gone" not in visit.kept("session")["id"]


def test_when_somebody_is_in_danger_then_the_number_is_a_link_to_press(visit: Visit) -> None:
    answer = visit.ask("어머니가 갑자기 쓰러지셨어요")
    expect(answer).to_have_attribute("data-status", "emergency")
    expect(answer.locator("a[href='tel:119']").first).to_be_visible()


def test_when_markup_is_asked_then_it_is_shown_as_text(visit: Visit) -> None:
    text = "<img src=x onerror=alert(1)><b>전입신고</b>는 어떻게 하나요?"
    visit.ask(text)
    expect(visit.questions.last.locator("[data-slot=text]")).to_have_text(text)
    assert visit.page.locator("#log [data-slot=text] *").count() == 0


def test_when_there_is_no_javascript_then_the_form_answers(visits: Visits, system: System) -> None:
    visit = visits(java_script_enabled=False)
    visit.page.goto(system.url)
    expect(visit["mic"]).to_be_hidden()
    visit["input"].fill(MOVE_IN)
    visit["send"].click()
    expect(visit.answers).to_have_count(2)
    assert _words(visit.answers.nth(1).locator("[data-slot=answer]").inner_text()) == _words(
        _published(MOVE_IN_ENTRY).answer
    )
    visit["input"].fill(vague_question(system.url))
    visit["send"].click()
    suggestion = visit["suggestion"].first
    question = suggestion.locator("[data-slot=question]").inner_text()
    suggestion.click()
    expect(visit.answers.nth(1).locator("[data-slot=question]")).to_have_text(question)
    # The session goes along in the form.
    visit["input"].fill("다시 한번 말해 주세요")
    visit["send"].click()
    expect(visit.answers.nth(1).locator("[data-slot=question]")).to_have_text(question)


def test_when_staff_try_a_sentence_by_keyboard_then_they_see_its_name_and_number_hidden(
    visits: Visits, system: System
) -> None:
    visit = visits(java_script_enabled=False)
    visit.forgive("403")
    keyboard = visit.page.keyboard

    def tab_to(hook: str) -> None:
        for _ in range(10):
            if visit[hook].first.evaluate("each => each === document.activeElement"):
                return
            keyboard.press("Tab")
        raise AssertionError(f"{hook} can't be reached")

    visit.page.goto(f"{system.url}/staff/privacy")
    for token in ("wrong", system.secret("staff_token")):
        tab_to("token")
        keyboard.insert_text(token)
        keyboard.press("Enter")
        if token == "wrong":
            expect(visit["problem"]).to_contain_text("토큰이 맞지 않습니다")
    expect(visit["turn"]).to_be_focused()
    keyboard.insert_text("제 이름은 윤하늘이고 번호는 010-4827-3951이에요")
    tab_to("more")
    keyboard.press("Enter")
    expect(visit["turn"].nth(1)).to_be_focused()
    keyboard.insert_text("공일공 사팔이칠 삼구오일이요")
    tab_to("try")
    keyboard.press("Enter")
    kept = ["제 이름은 <이름_1>이고 번호는 <전화번호_1>이에요", "<전화번호_1>이요"]
    expect(visit["kept"].locator("li")).to_have_text(kept)
    expect(visit.page.get_by_role("heading", name="남게 될 글")).to_be_focused()
    expect(visit["marked"].locator("mark")).to_have_text(
        [
            re.compile(f"^{words} {kind}, .*확실함$")
            for words, kind in (
                ("윤하늘", "이름"),
                ("010-4827-3951", "전화번호"),
                ("공일공 사팔이칠 삼구오일", "전화번호"),
            )
        ]
    )
    expect(visit["not-kept"]).to_contain_text("저장하지 않습니다")
    visit["lang-switch"].click()
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    expect(visit["turn"]).to_have_count(2)
    scanner = Scanner(["윤하늘", "010-4827-3951"], patterns=False)
    scan_paths(scanner, [system.data_dir, system.output])
    assert scanner.report.files > 0
    assert scanner.report.found() == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("size", ["normal", "largest"])
def test_when_the_staffs_page_is_narrow_or_its_type_large_then_nothing_sticks_out_or_is_small(
    visits: Visits, system: System, width: int, size: str
) -> None:
    visit = visits(viewport={"width": width, "height": 844})
    visit.page.add_init_script(f"localStorage.setItem('maru.settings', JSON.stringify({{textSize: '{size}'}}))")
    visit.page.goto(f"{system.url}/staff/privacy")
    visit["token"].fill(system.secret("staff_token"))
    visit["sign-in"].click()
    visit["turn"].fill("제 이름은 윤하늘이고 메일은 haneul.yoon.1987.seongbuk@naver-mail-of-somebody.co.kr이에요")
    visit["try"].click()
    expect(visit["marked"].locator("mark").first).to_be_visible()
    assert _overflow(visit.page) == 0
    small = """() => [...document.querySelectorAll("button, .tool, textarea")]
      .map((each) => [each.className, each.getBoundingClientRect()])
      .filter(([, box]) => box.width < 44 || box.height < 44).map(([name]) => name)"""
    assert visit.page.evaluate(small) == []


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_when_a_line_of_an_answer_ends_then_no_particle_is_torn_from_its_word(visit: Visit) -> None:
    visit.ask(MOVE_IN)
    torn = """() => [...document.querySelectorAll("[data-slot=answer] .kept-together")]
      .filter((each) => each.getClientRects().length > 1).map((each) => each.textContent)"""
    assert visit.page.locator("[data-slot=answer] .kept-together").count() > 0
    for width in range(320, 440, 10):
        visit.page.set_viewport_size({"width": width, "height": 844})
        assert visit.page.evaluate(torn) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("size", ["normal", "largest"])
def test_when_the_screen_is_narrow_or_the_type_large_then_nothing_sticks_out(
    visits: Visits, system: System, width: int, size: str
) -> None:
    visit = visits(viewport={"width": width, "height": 844})
    visit.page.add_init_script(f"localStorage.setItem('maru.settings', JSON.stringify({{textSize: '{size}'}}))")
    visit.open()
    visit.ask(MOVE_IN)
    visit.ask(vague_question(system.url))
    assert _overflow(visit.page) == 0
    out = """() => [...document.querySelectorAll("#log *, .tools *, .dock *")]
      .filter((each) => each.checkVisibility() && !each.closest(".unseen"))
      .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((each) => each.outerHTML.slice(0, 80))"""
    assert visit.page.evaluate(out) == []


def test_when_targets_are_measured_then_each_is_large_enough_for_a_shaky_finger(visit: Visit, system: System) -> None:
    visit.ask(vague_question(system.url))
    visit.ask(MOVE_IN)
    small = """() => [...document.querySelectorAll("button, .tool, summary, textarea")].filter((each) =>
      each.checkVisibility()).map((each) => [each.id || each.className, each.getBoundingClientRect()])
      .filter(([, box]) => box.width < 44 || box.height < 44).map(([name]) => name)"""
    assert visit.page.evaluate(small) == []
