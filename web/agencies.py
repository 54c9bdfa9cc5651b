"""Which agencies a conversation may name."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from knowledge.store import FaqStore
from maru.settings import Settings


class Agencies:
    """The agencies of the settings and those that have an entry."""

    def __init__(self, settings: Settings, store: FaqStore) -> None:
        self._named = settings.agency_codes
        self._store = store

    def knows(self, agency: str) -> bool:
        """Whether there is such an agency; while the database can't be asked, those of the settings count."""
        try:
            return agency in self._named or agency in self._store.agencies()
        except SQLAlchemyError:
            return False
