"""An FAQ entry's agency belongs to its key, so that a district may have its own in place of the common one.

The tables are made anew and filled from plain copies: the key of a table can't be changed alike on SQLite and
PostgreSQL, and so its columns stand in the order of the key.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FACTS = (
    "audience, category, question, answer, speech, contact, source, checked, valid_from, valid_until, publication, "
    "content_digest, seed_digest, updated_at"
)


def upgrade() -> None:
    _set_aside()
    _make_tables(["entry_id", "agency", "locale"])
    op.execute(
        f"INSERT INTO faq_entry (entry_id, agency, locale, {_FACTS}) "  # noqa: S608 - names of columns only
        f"SELECT entry_id, agency, locale, {_FACTS} FROM old_faq_entry"
    )
    op.execute(
        "INSERT INTO faq_variant (entry_id, agency, locale, position, text) "
        "SELECT v.entry_id, e.agency, v.locale, v.position, v.text "
        "FROM old_faq_variant v JOIN old_faq_entry e ON e.entry_id = v.entry_id AND e.locale = v.locale"
    )
    _drop_copies()


def downgrade() -> None:
    """Of several agencies' entries with one id and language only the base's stays, else the first by its code."""
    _set_aside()
    _make_tables(["entry_id", "locale"])
    kept = (
        "e.agency = (SELECT o.agency FROM old_faq_entry o WHERE o.entry_id = e.entry_id AND o.locale = e.locale "
        "AND o.publication <> 'hidden' ORDER BY CASE WHEN o.agency = 'city' THEN 0 ELSE 1 END, o.agency LIMIT 1)"
    )
    op.execute(
        f"INSERT INTO faq_entry (entry_id, agency, locale, {_FACTS}) "  # noqa: S608 - names of columns only
        f"SELECT entry_id, agency, locale, {_FACTS} FROM old_faq_entry e WHERE {kept}"
    )
    op.execute(
        "INSERT INTO faq_variant (entry_id, locale, position, text) "  # noqa: S608 - names of columns only
        f"SELECT entry_id, locale, position, text FROM old_faq_variant e WHERE {kept}"
    )
    _drop_copies()


def _set_aside() -> None:
    op.execute("CREATE TABLE old_faq_variant AS SELECT * FROM faq_variant")
    op.execute("CREATE TABLE old_faq_entry AS SELECT * FROM faq_entry")
    op.drop_table("faq_variant")
    op.drop_table("faq_entry")


def _drop_copies() -> None:
    op.drop_table("old_faq_variant")
    op.drop_table("old_faq_entry")


def _make_tables(key: list[str]) -> None:
    op.create_table(
        "faq_entry",
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("speech", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("checked", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("publication", sa.String(length=16), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("seed_digest", sa.String(length=64), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_faq_entry")),
    )
    op.create_index(op.f("ix_faq_entry_audience"), "faq_entry", ["audience"])
    op.create_index(op.f("ix_faq_entry_publication"), "faq_entry", ["publication"])
    op.create_table(
        "faq_variant",
        *(sa.Column(name, _KEY_TYPES[name], nullable=False) for name in key),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            key,
            [f"faq_entry.{name}" for name in key],
            name=op.f("fk_faq_variant_entry_id_faq_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(*key, "position", name=op.f("pk_faq_variant")),
    )


_KEY_TYPES = {"entry_id": sa.String(length=80), "agency": sa.String(length=40), "locale": sa.String(length=8)}
