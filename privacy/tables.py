"""Tables of kept conversations: consent, scrubbed turns, thumbs. No column ever holds an original."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, Float, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from maru.database import Base


class ConsentRow(Base):
    """A session that allowed its (scrubbed) turns to be kept; no row means no."""

    __tablename__ = "consent"

    session: Mapped[str] = mapped_column(String(64), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class TranscriptTurnRow(Base):
    """One kept turn. ``text`` is pseudonymised; it goes with its session's consent."""

    __tablename__ = "transcript_turn"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    session: Mapped[str] = mapped_column(ForeignKey("consent.session", ondelete="CASCADE"), index=True)
    turn_id: Mapped[str] = mapped_column(String(64), index=True)
    role: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str | None] = mapped_column(String(16))
    entry_id: Mapped[str | None] = mapped_column(String(128))
    score: Mapped[float | None] = mapped_column(Float)
    locale: Mapped[str] = mapped_column(String(8))
    modality: Mapped[str] = mapped_column(String(8))
    intent: Mapped[str | None] = mapped_column(String(64))


class FeedbackRow(Base):
    """A thumb up or down for an answer: about an entry, not about a person, so neither session nor text."""

    __tablename__ = "feedback"

    turn_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(String(8))
    entry_id: Mapped[str | None] = mapped_column(String(128), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class TrainingPhraseRow(Base):
    """A phrase that several people said alike, for a reviewer to look at.

    It has no life of its own: once fewer kept conversations hold it than it takes, it goes, approved or not.
    """

    __tablename__ = "training_phrase"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    text: Mapped[str] = mapped_column(Text)
    intent: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), index=True)
    reviewer: Mapped[str | None] = mapped_column(String(64))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class TrainingPhraseSourceRow(Base):
    """In which kept turn a phrase was said; gone with that turn."""

    __tablename__ = "training_phrase_source"

    phrase: Mapped[int] = mapped_column(ForeignKey("training_phrase.id", ondelete="CASCADE"), primary_key=True)
    turn: Mapped[int] = mapped_column(
        ForeignKey("transcript_turn.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class AuditRow(Base):
    """Who took kept conversations out, or erased one: numbers and a digest, no words and no session."""

    __tablename__ = "transcript_audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    action: Mapped[str] = mapped_column(String(16))
    who: Mapped[str] = mapped_column(String(64))
    purpose: Mapped[str] = mapped_column(String(16))
    format: Mapped[str | None] = mapped_column(String(8))
    rows: Mapped[int] = mapped_column()
    sha256: Mapped[str | None] = mapped_column(String(64))
