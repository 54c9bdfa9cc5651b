from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.outcome import STATUSES, Outcome, Suggested
from actions.reply import ReplyWriter, to_html
from actions.spoken_text import spoken_text
from actions.wording import catalogue
from knowledge.entry import Entry, Viewer
from maru.settings import ROOT, Settings
from tests.actions.doubles import CITIZEN, ENTRIES, WrittenAnswers

SETTINGS = Settings(city_name="가온시", contact="가온시 콜센터 120", contact_en="Gaon call centre 120")
CITIZEN_KO, CITIZEN_EN, STAFF = Viewer(), Viewer(locale="en"), Viewer("staff")


class OneEntry(WrittenAnswers):
    """A knowledge base of a single entry that everybody sees."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry

    def find(self, entry_id: str, viewer: Viewer) -> Entry | None:
        return self._entry


@pytest.fixture
def writer() -> ReplyWriter:
    return ReplyWriter(SETTINGS, WrittenAnswers())


def test_when_answered_then_the_text_is_the_published_one_word_for_word() -> None:
    entry = replace(CITIZEN, speech="십사 일 안에요", source="https://www.gov.kr", checked=date(2026, 11, 20))
    reply = ReplyWriter(SETTINGS, OneEntry(entry)).write(
        Outcome("answered", entry_id="move-in", score=0.93456), CITIZEN_KO
    )
    assert (reply.status, reply.text, reply.speech) == ("answered", entry.answer, "십사 일 안에요")
    assert reply.html == "<p><strong>14일 안에</strong> 신고합니다.</p>\n"
    assert (reply.entry_id, reply.question, reply.score) == ("move-in", entry.question, 0.9346)
    assert (reply.contact, reply.source_url, reply.checked_on) == ("동주민센터", "https://www.gov.kr", "2026-11-20")
    assert (reply.note, reply.suggestions, reply.locale) == (None, (), "ko")


def test_when_there_is_no_wording_for_reading_aloud_then_the_answers_words_are_read(writer: ReplyWriter) -> None:
    reply = writer.write(Outcome("answered", entry_id="move-in"), CITIZEN_KO)
    assert reply.speech == "십사 일 안에 신고합니다."
    assert (reply.score, reply.checked_on, reply.source_url) == (None, None, None)


@pytest.mark.parametrize(
    ("entry_id", "viewer", "locale", "note"),
    [
        ("move-in", CITIZEN_EN, "en", False),
        ("passport", CITIZEN_EN, "ko", True),  # published in Korean only
        ("passport", CITIZEN_KO, "ko", False),
    ],
)
def test_when_an_answer_is_in_another_language_then_a_note_says_so(
    writer: ReplyWriter, entry_id: str, viewer: Viewer, locale: str, note: bool
) -> None:
    reply = writer.write(Outcome("answered", entry_id=entry_id), viewer)
    assert reply.locale == locale
    assert (reply.note is not None) == note
    assert reply.note is None or "Gaon call centre 120" in reply.note


@pytest.mark.parametrize(
    ("entry_id", "viewer"),
    [("gone", CITIZEN_KO), ("staff-leave", CITIZEN_KO), ("move-in", STAFF), ("old", CITIZEN_KO), ("old", CITIZEN_EN)],
)
def test_when_the_entry_may_not_be_shown_then_that_is_said_honestly(
    writer: ReplyWriter, entry_id: str, viewer: Viewer
) -> None:
    reply = writer.write(Outcome("answered", entry_id=entry_id, score=0.9), viewer)
    assert (reply.status, reply.entry_id, reply.score, reply.question) == ("no_answer", None, None, None)
    assert reply.contact is not None
    assert reply.contact in reply.text
    assert "연가" not in reply.text


def test_when_asked_back_then_the_suggestions_are_buttons_and_are_read_aloud(writer: ReplyWriter) -> None:
    offered = tuple(Suggested(entry_id, 0.41239) for entry_id in ("move-in", "staff-leave", "old", "passport"))
    reply = writer.write(Outcome("clarify", "did_you_mean", suggestions=offered), CITIZEN_KO)
    assert [(s.entry_id, s.question, s.score) for s in reply.suggestions] == [
        ("move-in", "전입신고는 어떻게 하나요?", 0.4124),
        ("passport", "여권을 잃어버렸어요", 0.4124),
    ]
    assert reply.speech == (
        "혹시 이 가운데 찾으시는 것이 있나요?\n일 번, 전입신고는 어떻게 하나요?\n이 번, 여권을 잃어버렸어요.\n"
        "이 가운데 없으면 그 밖의 질문이라고 말씀해 주세요."
    )
    assert reply.contact is None


def test_when_a_title_is_no_question_then_it_is_asked_about_and_stands_on_its_button_as_it_is() -> None:
    title = "경로당 난방비"
    writer = ReplyWriter(SETTINGS, OneEntry(replace(CITIZEN, question=title)))
    one = writer.write(Outcome("clarify", "confirm", suggestions=(Suggested("move-in", 0.4),)), CITIZEN_KO)
    assert one.text == "‘경로당 난방비’ 물어보신 게 맞으세요?"
    assert one.speech == "경로당 난방비 물어보신 게 맞으세요?\n맞으면 네, 아니면 아니요라고 말씀해 주세요."
    assert one.expects == "yes_no"
    assert [s.question for s in one.suggestions] == [title]
    both = (Suggested("move-in", 0.4), Suggested("passport", 0.4))
    two = writer.write(Outcome("clarify", "did_you_mean", suggestions=both), CITIZEN_KO)
    assert two.text == "경로당 난방비에 대해 물어보신 건가요? 아래에서 골라 주세요."
    assert "이 번, 경로당 난방비에 대해 물어보신 건가요?" in two.speech


@pytest.mark.parametrize("wording", ["no_answer", "own_case"])
@pytest.mark.parametrize(
    ("category", "viewer", "contact"),
    [
        ("보건", CITIZEN_KO, "관할 보건소 또는 보건복지상담 129"),
        ("보건", CITIZEN_EN, "your public health center or the health and welfare call center (129)"),
        ("외계", CITIZEN_KO, "가온시 콜센터 120"),
        (None, CITIZEN_EN, "Gaon call centre 120"),
    ],
)
def test_when_nothing_answers_then_the_contact_is_that_of_the_likeliest_category(
    writer: ReplyWriter, wording: str, category: str | None, viewer: Viewer, contact: str
) -> None:
    reply = writer.write(Outcome("no_answer", wording, category=category), viewer)
    assert reply.contact == contact
    assert contact in reply.text


def test_when_somebodys_own_case_is_asked_about_then_maru_says_that_it_sees_none(writer: ReplyWriter) -> None:
    reply = writer.write(Outcome("no_answer", "own_case"), CITIZEN_KO)
    assert "볼 수도 바꿀 수도 없습니다" in reply.text
    assert "개인의 처리 상황을 볼 수 없습니다" in writer.write(Outcome("handoff", "handoff"), CITIZEN_KO).text


def test_when_an_english_question_is_asked_back_then_korean_choices_are_said_to_be_korean(writer: ReplyWriter) -> None:
    offered = (Suggested("move-in", 0.4), Suggested("passport", 0.3))
    reply = writer.write(Outcome("clarify", "did_you_mean", suggestions=offered), CITIZEN_EN)
    assert [s.question for s in reply.suggestions] == ["How do I move in?", "여권을 잃어버렸어요"]
    assert reply.note == "Some of these are published in Korean only. For help in English, call Gaon call centre 120."
    assert writer.write(Outcome("clarify", "did_you_mean", suggestions=offered[:1]), CITIZEN_EN).note is None
    assert writer.write(Outcome("clarify", "did_you_mean", suggestions=offered), CITIZEN_KO).note is None


def test_when_danger_was_heard_beside_an_answer_in_korean_then_the_note_says_both(writer: ReplyWriter) -> None:
    reply = writer.write(Outcome("answered", entry_id="passport", note="emergency_first"), CITIZEN_EN)
    assert reply.note is not None
    assert "119" in reply.note
    assert "Gaon call centre 120" in reply.note
    assert "\n" not in reply.note


def test_when_every_suggestion_vanished_meanwhile_then_no_empty_choice_is_offered(writer: ReplyWriter) -> None:
    gone = Outcome("clarify", "did_you_mean", suggestions=(Suggested("gone", 0.5), Suggested("staff-leave", 0.4)))
    reply = writer.write(gone, CITIZEN_KO)
    assert reply.status == "no_answer"
    assert reply.contact == "가온시 콜센터 120"


def test_when_danger_was_heard_beside_an_answer_then_both_are_given(writer: ReplyWriter) -> None:
    for outcome in (
        Outcome("answered", entry_id="move-in", note="emergency_first"),
        Outcome("clarify", "did_you_mean", suggestions=(Suggested("move-in", 0.5),), note="emergency_first"),
    ):
        reply = writer.write(outcome, CITIZEN_KO)
        assert reply.note is not None
        assert "119" in reply.note
        assert "112" in reply.note


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("status", ["no_answer", "handoff", "unavailable", "emergency"])
def test_when_maru_cant_help_then_whom_to_call_stands_in_the_text(
    writer: ReplyWriter, status: str, locale: str
) -> None:
    wording = "emergency_general" if status == "emergency" else None
    reply = writer.write(Outcome(status, wording), Viewer(locale=locale))  # type: ignore[arg-type]
    expected = {"ko": "가온시 콜센터 120", "en": "Gaon call centre 120"}[locale]
    if status == "emergency":
        assert all(number in reply.text for number in ("119", "112", "109", "1366"))
        assert not re.search(r"[*\[\]()]", reply.speech)
    else:
        assert expected in reply.text
        assert spoken_text(expected, locale).rstrip(".") in reply.speech
        assert reply.contact == expected


def wordings() -> list[str]:
    return sorted(catalogue("ko").keys() - {"did_you_mean_about", "confirm", "confirm_question"})  # said with a title


def test_when_both_catalogues_are_compared_then_they_hold_the_same_sentences() -> None:
    ko, en = catalogue("ko"), catalogue("en")
    assert ko.keys() == en.keys()
    for key in ko:
        if not key.endswith("_in_korean"):  # whom to call in English stands in the English one only
            assert ("{contact}" in ko[key]) == ("{contact}" in en[key]), key
        assert re.search("[가-힣]", ko[key])
        assert not re.search("[가-힣]", en[key])
        assert set(re.findall(r"\{\w+\}", ko[key] + en[key])) <= {"{city}", "{contact}", "{title}"}


def test_when_the_code_names_a_sentence_then_it_is_in_the_catalogue() -> None:
    sources = [path.read_text("utf-8") for folder in ("actions", "web") for path in (ROOT / folder).glob("*.py")]
    named = {key for text in sources for key in re.findall(r'(?:wording|note)=f?"(\w+)"', text)}
    assert {"no_answer", "entry_gone", "emergency_general", "emergency_first", "welcome"} <= named
    assert named <= set(catalogue("ko"))


@given(
    st.sampled_from(STATUSES),
    st.sampled_from(wordings()),
    st.sampled_from(["move-in", "passport", "staff-leave", "old", "gone", ""]) | st.none(),
    st.lists(st.builds(Suggested, st.sampled_from([e.entry_id for e in ENTRIES]), st.floats(0, 1)), max_size=3),
    st.sampled_from([CITIZEN_KO, CITIZEN_EN, STAFF]),
)
def test_when_an_outcome_is_any_then_its_reply_can_be_shown_and_read_and_leaks_nothing(
    status: str, wording: str, entry_id: str | None, suggestions: list[Suggested], viewer: Viewer
) -> None:
    outcome = Outcome(status, wording, entry_id, 0.5, tuple(suggestions))  # type: ignore[arg-type]
    reply = ReplyWriter(SETTINGS, WrittenAnswers()).write(outcome, viewer)
    assert reply.text
    assert reply.html
    assert reply.speech
    assert "{" not in reply.text + reply.speech
    shown = {entry.entry_id: entry for entry in ENTRIES if entry.audience != viewer.audience}
    assert all(s.entry_id not in shown for s in reply.suggestions)
    assert reply.entry_id not in shown or reply.entry_id is None
    for entry in shown.values():
        assert entry.question not in reply.text + reply.speech + reply.html


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


ALLOWED_TAGS = {
    *("p", "strong", "em", "ul", "ol", "li", "a", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "code", "pre"),
    *("blockquote", "table", "thead", "tbody", "tr", "th", "td"),
}


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**굵게**", "<p><strong>굵게</strong></p>"),
        ("- 하나\n- 둘", "<ul>\n<li>하나</li>\n<li>둘</li>\n</ul>"),
        ("<b>굵게</b>", "<p>&lt;b&gt;굵게&lt;/b&gt;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[119](tel:119)", '<p><a href="tel:119">119</a></p>'),
        (
            "[정부24](https://www.gov.kr)",
            '<p><a rel="noopener noreferrer" target="_blank" href="https://www.gov.kr">정부24</a></p>',
        ),
        ("![그림](https://example.org/a.png)", None),
        ("[함정](javascript:alert(1))", None),
        ("[함정](JaVaScRiPt:alert(1))", None),
        ("[함정](data:text/html;base64,PHNjcmlwdD4=)", None),
        ("[함정](vbscript:x)", None),
        ("[함정](file:///etc/passwd)", None),
        ("[함정](intent://x)", None),
        ("[함정](//example.org)", None),
        ("[함정](/api/v1/session)", None),
        ("<javascript:alert(1)>", None),
        ("[함정]: javascript:alert(1)\n\n[함정]", None),
        ("[a](https://example.org 'x\" onmouseover=\"alert(1)')", None),
    ],
)
def test_when_markdown_becomes_html_then_only_harmless_tags_and_links_come_out(markdown: str, html: str | None) -> None:
    rendered = to_html(markdown)
    if html is not None:
        assert rendered.strip() == html
    assert_harmless(rendered)


def assert_harmless(html: str) -> None:
    for tag, attributes in Tags(html).found:
        assert tag in ALLOWED_TAGS
        assert set(attributes) <= {"href", "rel", "target", "title", "style", "start", "class"}
        assert not any(name.startswith("on") for name in attributes)
        if tag == "a":
            assert re.match(r"(https?:|mailto:|tel:)", attributes["href"] or "")


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">",
                '"',
                "'",
                "&",
                "[",
                "]",
                "(",
                ")",
                "!",
                "javascript:",
                "https://a.kr",
                "onclick=",
                "script",
                "img",
                "\n",
                "`",
                "|",
                "- ",
                "*",
                "\\",
                " ",
                "가",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_when_markdown_is_any_then_the_html_is_harmless(markdown: str) -> None:
    assert_harmless(to_html(markdown))
