"""What a scan finds, and what it could not look at."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Find:
    """A value in one place: where, what and how written. ``masked`` is all that is ever shown of the value.

    ``place`` is a file, ``archive!member`` or ``table.column``. ``offset`` counts bytes from the start of the file, the
    unpacked member or the value; ``row`` names the database row. ``kind`` is ``CANARY`` or a kind of personal data;
    ``canary`` is the number of the original that was found, from 0.
    """

    place: str
    row: str | None
    offset: int
    kind: str
    encoding: str
    masked: str
    canary: int | None = None


@dataclass(frozen=True, slots=True)
class NotScanned:
    """Something that could not be looked at whole, and why (a short code: ``unreadable``, ``too-deep``, …)."""

    place: str
    reason: str


@dataclass(slots=True)
class Report:
    """All of a scan. A value that is in one place often, written the same way, is kept once, with how often."""

    finds: dict[tuple[str, str, str, str, int | None], Find] = field(default_factory=dict)
    counts: dict[tuple[str, str, str, str, int | None], int] = field(default_factory=dict)
    not_scanned: dict[NotScanned, None] = field(default_factory=dict)
    files: int = 0
    rows: int = 0
    bytes: int = 0

    def add(self, find: Find) -> None:
        """Keep a find, or count it when its like is there already."""
        key = (find.place, find.kind, find.encoding, find.masked, find.canary)
        self.finds.setdefault(key, find)
        self.counts[key] = self.counts.get(key, 0) + 1

    def miss(self, place: str, reason: str) -> None:
        """Note that a place could not be looked at whole."""
        self.not_scanned[NotScanned(place, reason)] = None

    def found(self) -> list[tuple[Find, int]]:
        """Every find with the number of times it was seen, in the order found."""
        return [(find, self.counts[key]) for key, find in self.finds.items()]
