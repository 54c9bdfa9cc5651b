"""Bodies of the REST API; ``docs/api.md`` describes them for people."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from actions.outcome import Status
from knowledge.entry import Audience, Locale
from privacy.session_number import session_number
from voice.commands import Command, Expecting
from web.conversation import Erased, TurnReply
from web.privacy_try import MAX_TURNS
from web.sessions import Session


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class SessionRequest(_Strict):
    """Begin a conversation."""

    locale: Locale | None = None
    audience: Audience = "citizen"
    agency: str | None = Field(None, min_length=1, max_length=40)


class TurnRequest(_Strict):
    """A question, or a suggestion that was pressed."""

    text: str | None = None
    entry_id: str | None = Field(None, max_length=80, pattern=r"^[a-z0-9-]+$")
    locale: Locale | None = None


class ConsentRequest(_Strict):
    """Whether scrubbed turns of this session may be kept."""

    consent: bool


class FeedbackRequest(_Strict):
    """Whether a reply helped."""

    turn_id: str = Field(pattern=r"^[A-Za-z0-9_-]{32}$")  # as identifiers are made, so that no number passes for one
    value: Literal["up", "down"]
    entry_id: str | None = Field(None, max_length=80, pattern=r"^[a-z0-9-]+$")


class TryRequest(_Strict):
    """The turns of one dialogue, of which to show what would be kept."""

    turns: list[str] = Field(min_length=1, max_length=MAX_TURNS)


class SuggestionBody(BaseModel):
    """A button of a clarifying reply."""

    entry_id: str
    question: str
    score: float


class ReplyBody(BaseModel):
    """One reply."""

    turn_id: str
    status: Status
    text: str
    html: str
    speech: str
    entry_id: str | None
    question: str | None
    score: float | None
    contact: str | None
    source_url: str | None
    checked_on: str | None
    note: str | None
    suggestions: list[SuggestionBody]
    expects: Expecting | None
    locale: Locale
    ms: float
    erased: Erased | None

    @classmethod
    def of(cls, turn: TurnReply) -> ReplyBody:
        """The body of a turn's reply."""
        reply = turn.reply
        return cls(
            turn_id=turn.turn_id,
            status=reply.status,
            text=reply.text,
            html=reply.html,
            speech=reply.speech,
            entry_id=reply.entry_id,
            question=reply.question,
            score=reply.score,
            contact=reply.contact,
            source_url=reply.source_url,
            checked_on=reply.checked_on,
            note=reply.note,
            suggestions=[
                SuggestionBody(entry_id=s.entry_id, question=s.question, score=s.score) for s in reply.suggestions
            ],
            expects=reply.expects,
            locale=reply.locale,
            ms=turn.ms,
            erased=turn.erased,
        )


class SessionBody(BaseModel):
    """A conversation as its client sees it."""

    session_id: str
    number: str
    locale: Locale
    audience: Audience
    consent: bool

    @classmethod
    def of(cls, session: Session, consent: bool) -> SessionBody:
        """The body of a session."""
        return cls(
            session_id=session.token,
            number=session_number(session.key),
            locale=session.locale,
            audience=session.audience,
            consent=consent,
        )


class NewSessionBody(SessionBody):
    """A new conversation with its greeting."""

    reply: ReplyBody


class ConsentBody(BaseModel):
    """What holds now."""

    consent: bool


class HeardBody(BaseModel):
    """What was heard, with the recogniser's confidence (0..1) and the seconds of sound."""

    text: str
    confidence: float
    audio_s: float


class TimingsBody(BaseModel):
    """Milliseconds by stage."""

    decode: float
    recognise: float
    reply: float
    total: float


class VoiceBody(BaseModel):
    """What was heard, and the reply; a command to the device (``again``, ``slower`` …) has none."""

    heard: HeardBody
    command: Command | None
    reply: ReplyBody | None
    timings_ms: TimingsBody


class FindBody(BaseModel):
    """Personal data in one of the turns; offsets in its NFC form, ``recognizer`` null where it stands there again."""

    turn: int
    start: int
    end: int
    type: str
    label: str
    words: str
    score: float
    recognizer: str | None
    placeholder: str


class TriedBody(BaseModel):
    """What would be kept of each turn, and what was found."""

    kept: list[str]
    finds: list[FindBody]
    stored: Literal[False]


class HealthBody(BaseModel):
    """The process lives."""

    status: Literal["ok"] = "ok"


class ReadyBody(BaseModel):
    """Whether every part answers, and which do."""

    ready: bool
    parts: dict[str, bool]
