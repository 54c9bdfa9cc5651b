"""Phrases that await a reviewer before Rasa may learn them, and who took kept conversations out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "training_phrase",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("intent", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reviewer", sa.String(length=64), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_phrase")),
        sa.UniqueConstraint("key", name=op.f("uq_training_phrase_key")),
    )
    op.create_index(op.f("ix_training_phrase_state"), "training_phrase", ["state"])
    op.create_table(
        "training_phrase_source",
        sa.Column("phrase", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["phrase"],
            ["training_phrase.id"],
            name=op.f("fk_training_phrase_source_phrase_training_phrase"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["turn"],
            ["transcript_turn.id"],
            name=op.f("fk_training_phrase_source_turn_transcript_turn"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("phrase", "turn", name=op.f("pk_training_phrase_source")),
    )
    op.create_index(op.f("ix_training_phrase_source_turn"), "training_phrase_source", ["turn"])
    op.create_table(
        "transcript_audit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript_audit")),
    )
    op.create_index(op.f("ix_transcript_audit_at"), "transcript_audit", ["at"])


def downgrade() -> None:
    op.drop_table("transcript_audit")
    op.drop_table("training_phrase_source")
    op.drop_table("training_phrase")
