"""What a citizen gets: an outcome put into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt

from actions.outcome import Outcome, Status
from actions.turn import Answers
from actions.wording import catalogue, say
from knowledge.entry import Entry, Locale, Viewer
from maru.settings import Settings


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


class ReplyWriter:
    """Puts outcomes into words in the viewer's language."""

    def __init__(self, settings: Settings, answers: Answers) -> None:
        self._settings = settings
        self._answers = answers

    def write(self, outcome: Outcome, viewer: Viewer) -> Reply:
        """The reply of an outcome. An entry that vanished meanwhile becomes an honest “no longer there”."""
        if outcome.status == "answered" and outcome.entry_id is not None:
            entry = self._answers.find(outcome.entry_id, viewer)
            if entry is not None:
                return self._published(entry, outcome, viewer)
            outcome = Outcome("no_answer", wording="entry_gone")
        suggestions = tuple(
            Suggestion(entry.entry_id, entry.question, round(s.score, 4))
            for s in outcome.suggestions
            if (entry := self._answers.find(s.entry_id, viewer)) is not None
        )
        if outcome.suggestions and not suggestions:
            outcome = Outcome("no_answer", wording="entry_gone", note=outcome.note)
        key = outcome.wording or outcome.status
        text = self.sentence(key, viewer.locale)
        spoken_key = f"speech_{key}"
        spoken = self.sentence(spoken_key, viewer.locale) if spoken_key in catalogue(viewer.locale) else plain(text)
        if suggestions:
            spoken = " ".join([spoken, *(f"{number}. {s.question}" for number, s in enumerate(suggestions, 1))])
        return Reply(
            status=outcome.status,
            text=text,
            html=to_html(text),
            speech=spoken,
            locale=viewer.locale,
            contact=self.contact(viewer.locale) if outcome.status in {"no_answer", "handoff", "unavailable"} else None,
            note=self.sentence(outcome.note, viewer.locale) if outcome.note else None,
            suggestions=suggestions,
        )

    def sentence(self, key: str, locale: Locale) -> str:
        """One of Maru's own sentences."""
        return say(key, locale, city=self._settings.city_name, contact=self.contact(locale))

    def contact(self, locale: Locale) -> str:
        """Whom to call when Maru doesn't know."""
        return self._settings.contact_en if locale == "en" else self._settings.contact

    def _published(self, entry: Entry, outcome: Outcome, viewer: Viewer) -> Reply:
        foreign = entry.locale != viewer.locale
        return Reply(
            status="answered",
            text=entry.answer,
            html=to_html(entry.answer),
            speech=entry.speech or plain(entry.answer),
            locale=entry.locale,
            entry_id=entry.entry_id,
            question=entry.question,
            score=None if outcome.score is None else round(outcome.score, 4),
            contact=entry.contact,
            source_url=entry.source,
            checked_on=entry.checked.isoformat() if entry.checked else None,
            note=self._note(outcome, foreign, viewer),
        )

    def _note(self, outcome: Outcome, foreign: bool, viewer: Viewer) -> str | None:
        if outcome.note is not None:
            return self.sentence(outcome.note, viewer.locale)
        return self.sentence("answered_in_korean", viewer.locale) if foreign and viewer.locale == "en" else None


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


_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`#>|]+")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+", re.MULTILINE)


def plain(markdown: str) -> str:
    """The words of a Markdown text, one line a paragraph or item, for reading aloud."""
    text = _LINK.sub(r"\1", markdown)
    text = _BULLET.sub("", text)
    text = _MARKS.sub("", text)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
