"""Tables of the FAQ store."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKeyConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from maru.database import Base


class EntryRow(Base):
    """An FAQ entry of one agency in one language."""

    __tablename__ = "faq_entry"

    entry_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    agency: Mapped[str] = mapped_column(String(40), primary_key=True)
    locale: Mapped[str] = mapped_column(String(8), primary_key=True)
    audience: Mapped[str] = mapped_column(String(16), index=True)
    category: Mapped[str] = mapped_column(String(80))
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    speech: Mapped[str | None] = mapped_column(Text)
    contact: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    checked: Mapped[date | None] = mapped_column(Date)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    publication: Mapped[str] = mapped_column(String(16), index=True)
    content_digest: Mapped[str] = mapped_column(String(64))
    seed_digest: Mapped[str | None] = mapped_column(String(64))  # as last seeded: equal means no editor touched it
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    variants: Mapped[list[VariantRow]] = relationship(
        cascade="all, delete-orphan", order_by="VariantRow.position", lazy="selectin"
    )


class VariantRow(Base):
    """Another way in which people ask an entry's question."""

    __tablename__ = "faq_variant"
    __table_args__ = (
        ForeignKeyConstraint(
            ["entry_id", "agency", "locale"],
            ["faq_entry.entry_id", "faq_entry.agency", "faq_entry.locale"],
            ondelete="CASCADE",
        ),
    )

    entry_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    agency: Mapped[str] = mapped_column(String(40), primary_key=True)
    locale: Mapped[str] = mapped_column(String(8), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class RevisionRow(Base):
    """One row that counts changes of the FAQ; every app process watches it."""

    __tablename__ = "faq_revision"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    revision: Mapped[int] = mapped_column(Integer)
