"""What a published FAQ entry is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

Audience = Literal["citizen", "staff"]
Locale = Literal["ko", "en"]
Publication = Literal["draft", "published", "retired", "hidden"]
EntryKey = tuple[str, str, str]  # entry id, agency, locale

BASE_AGENCY = "city"  # entries of the base are seen by every agency that has none of its own in their place


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One FAQ entry of one agency in one language; ``(entry_id, agency, locale)`` is its key.

    A district's entry takes the place of the base's of the same id; one that is ``hidden`` only takes the base's away.
    ``answer`` is Markdown and is given word for word; ``speech`` is its wording for reading aloud where that differs.
    ``valid_from`` and ``valid_until`` are days in Korea, both inclusive.
    """

    entry_id: str
    question: str
    answer: str
    locale: Locale = "ko"
    audience: Audience = "citizen"
    agency: str = BASE_AGENCY
    category: str = ""
    variants: tuple[str, ...] = ()
    speech: str | None = None
    contact: str | None = None
    source: str | None = None
    checked: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    publication: Publication = "published"

    @property
    def key(self) -> EntryKey:
        """What names the entry."""
        return self.entry_id, self.agency, self.locale

    def content_digest(self) -> str:
        """Hex SHA-256 of everything that people can see or that steers who sees it."""
        content = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()

    def is_valid_on(self, day: date) -> bool:
        """Whether the entry may be shown on this day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: decides which entries exist for this search."""

    audience: Audience = "citizen"
    agency: str = BASE_AGENCY
    locale: Locale = "ko"
