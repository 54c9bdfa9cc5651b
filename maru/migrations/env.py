"""Alembic's environment: runs on the connection that ``maru.database.migrate`` hands over."""

from __future__ import annotations

from alembic import context

import knowledge.tables  # noqa: F401  (its tables belong to the metadata)
import privacy.tables  # noqa: F401  (its tables belong to the metadata)
from maru.database import Base


def run() -> None:
    """Migrate on the given connection."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
