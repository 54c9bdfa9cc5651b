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
