"""What a citizen gets: an outcome put into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt

from actions.contacts import read_contacts
from actions.outcome import Outcome, Status
from actions.question_form import in_question_form, is_question
from actions.spoken_numbers import sino
from actions.spoken_text import spoken_text
from actions.turn import Answers
from actions.wording import catalogue, say
from knowledge.entry import Entry, Locale, Viewer
from maru.settings import Settings

Expected = Literal["yes_no", "choice"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A button: its entry, the entry's question, and the probability that it was meant."""

    entry_id: str
    question: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply; ``text`` of an answered one is the published Markdown, word for word."""

    status: Status
    text: str
    html: str
    speech: str
    locale: Locale
    entry_id: str | None = None
    question: str | None = None
    score: float | None = None
    contact: str | None = None
    source_url: str | None = None
    checked_on: str | None = None
    note: str | None = None
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def expects(self) -> Expected | None:
        """What the next words are likely to be: yes or no to the one thing asked about, or which of several."""
        if self.status != "clarify" or not self.suggestions:
            return None
        return "yes_no" if len(self.suggestions) == 1 else "choice"


class ReplyWriter:
    """Puts outcomes into words in the viewer's language."""

    def __init__(self, settings: Settings, answers: Answers) -> None:
        """Raises ``ContactsFileError`` where the file of contacts can't be used."""
        self._city = settings.city_name
        self._answers = answers
        self._contacts = read_contacts(settings.contacts_file, {"ko": settings.contact, "en": settings.contact_en})

    def write(self, outcome: Outcome, viewer: Viewer) -> Reply:
        """The reply of an outcome. An entry that vanished meanwhile becomes an honest “no longer there”."""
        if outcome.status == "answered" and outcome.entry_id is not None:
            entry = self._answers.find(outcome.entry_id, viewer)
            if entry is not None:
                return self._published(entry, outcome, viewer)
            outcome = Outcome("no_answer", wording="entry_gone")
        found = [(self._answers.find(s.entry_id, viewer), s.score) for s in outcome.suggestions]
        offered = [(entry, score) for entry, score in found if entry is not None]
        suggestions = tuple(Suggestion(entry.entry_id, entry.question, round(score, 4)) for entry, score in offered)
        if outcome.suggestions and not suggestions:
            outcome = Outcome("no_answer", wording="entry_gone", note=outcome.note)
        key = outcome.wording or outcome.status
        contact = self._contacts.of(outcome.category, viewer.locale)
        text = self._asked_back(key, suggestions, viewer.locale) or self.sentence(key, viewer.locale, contact)
        spoken_key = f"speech_{key}"
        spoken = [self.sentence(spoken_key, viewer.locale) if spoken_key in catalogue(viewer.locale) else text]
        if len(suggestions) == 1:
            spoken.append(self.sentence("yes_or_no", viewer.locale))
        elif suggestions:
            spoken.extend(_choice(n, s.question, viewer.locale) for n, s in enumerate(suggestions, 1))
            spoken.append(self.sentence("or_something_else", viewer.locale))
        return Reply(
            status=outcome.status,
            text=text,
            html=to_html(text),
            speech=spoken_text("\n\n".join(spoken), viewer.locale),
            locale=viewer.locale,
            contact=contact if outcome.status in {"no_answer", "handoff", "unavailable"} else None,
            note=self._note(outcome, viewer, [entry for entry, _ in offered], "some_in_korean"),
            suggestions=suggestions,
        )

    def sentence(self, key: str, locale: Locale, contact: str | None = None) -> str:
        """One of Maru's own sentences; the general contact stands in it unless another is given."""
        return say(key, locale, city=self._city, contact=contact or self._contacts.of(None, locale))

    def _asked_back(self, key: str, suggestions: tuple[Suggestion, ...], locale: Locale) -> str | None:
        """Whether the only entry is meant, or else the likeliest entry's title where that asks nothing itself."""
        if not suggestions:
            return None
        title = suggestions[0].question.strip()
        if len(suggestions) == 1:
            return catalogue(locale)["confirm_question" if is_question(title) else "confirm"].replace("{title}", title)
        if key != "did_you_mean" or is_question(title):
            return None
        return f"{in_question_form(title, locale)} {self.sentence('or_one_of_these', locale)}"

    def _published(self, entry: Entry, outcome: Outcome, viewer: Viewer) -> Reply:
        return Reply(
            status="answered",
            text=entry.answer,
            html=to_html(entry.answer),
            speech=entry.speech or spoken_text(entry.answer, entry.locale),
            locale=entry.locale,
            entry_id=entry.entry_id,
            question=entry.question,
            score=None if outcome.score is None else round(outcome.score, 4),
            contact=entry.contact,
            source_url=entry.source,
            checked_on=entry.checked.isoformat() if entry.checked else None,
            note=self._note(outcome, viewer, [entry], "answered_in_korean"),
        )

    def _note(self, outcome: Outcome, viewer: Viewer, shown: list[Entry], in_korean: str) -> str | None:
        """The outcome's own remark and, in English, that something shown is in Korean: one line."""
        foreign = viewer.locale == "en" and any(entry.locale == "ko" for entry in shown)
        keys = (outcome.note, in_korean if foreign else None)
        return " ".join(self.sentence(key, viewer.locale) for key in keys if key) or None


def _choice(number: int, question: str, locale: Locale) -> str:
    """A suggestion with the number by which it can be chosen aloud."""
    asked = in_question_form(question, locale)
    return f"{sino(number)} 번, {asked}" if locale == "ko" else f"Number {number}, {asked}"


_LINK_ADDRESS = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
    markdown.validateLink = lambda url: _LINK_ADDRESS.match(url) is not None  # type: ignore[method-assign]
    return markdown


@lru_cache(maxsize=2048)
def to_html(markdown: str) -> str:
    """Markdown as HTML; raw HTML is shown as text, and only http, https, mailto and tel links become links."""
    html: str = _markdown().render(markdown)
    return html.replace('<a href="http', '<a rel="noopener noreferrer" target="_blank" href="http')
