"""The FAQ in its relational store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy import Engine, select, text, update
from sqlalchemy.orm import Session

from knowledge.entry import BASE_AGENCY, Audience, Entry, EntryKey, Locale, Publication
from knowledge.tables import EntryRow, RevisionRow, VariantRow
from maru.clock import Clock, SystemClock

CHANGES = "maru_faq"  # the PostgreSQL channel on which every change of the FAQ is told
_BATCH = 500
_REVISION = select(RevisionRow.revision).where(RevisionRow.id == 1)
_DIGESTS = (
    select(EntryRow.entry_id, EntryRow.agency, EntryRow.locale, EntryRow.content_digest)
    .where(EntryRow.publication.in_(("published", "hidden")))
    .order_by(EntryRow.entry_id, EntryRow.agency, EntryRow.locale)
)


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What a write did, by number of entries."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    skipped: int = 0

    @property
    def changed(self) -> int:
        """How many entries differ from before."""
        return self.created + self.updated + self.deleted


@dataclass(frozen=True, slots=True)
class Published:
    """What was in force at a revision, ordered by key: the published entries, and the hidden ones that hide others.

    Entries and content digests have the same keys.
    """

    revision: int
    entries: dict[EntryKey, Entry]
    digests: dict[EntryKey, str]


class FaqStore:
    """Reads and writes entries; every write that changes something moves the revision on, in the same transaction."""

    def __init__(self, engine: Engine, clock: Clock | None = None) -> None:
        self._engine = engine
        self._clock = clock or SystemClock()

    def revision(self) -> int:
        """The number of the last change."""
        with self._engine.connect() as connection:
            return connection.scalar(_REVISION) or 0

    def entries(
        self, *, audience: Audience | None = None, agency: str | None = None, published_only: bool = False
    ) -> list[Entry]:
        """Every entry, ordered by id, agency and locale."""
        query = select(EntryRow).order_by(EntryRow.entry_id, EntryRow.agency, EntryRow.locale)
        if audience is not None:
            query = query.where(EntryRow.audience == audience)
        if agency is not None:
            query = query.where(EntryRow.agency == agency)
        if published_only:
            query = query.where(EntryRow.publication == "published")
        with Session(self._engine) as session:
            return [_entry(row) for row in session.scalars(query)]

    def published(self) -> tuple[int, list[Entry]]:
        """The revision and what is in force at it: the published entries, and the hidden ones that hide others."""
        found, _ = self.published_after(None)
        return found.revision, list(found.entries.values())

    def published_after(self, known: Published | None) -> tuple[Published, ChangeReport]:
        """What is in force now, and how that differs from ``known``, whose equal entries aren't read again."""
        known = known or Published(0, {}, {})
        with Session(self._engine) as session:
            while True:
                before = session.scalar(_REVISION) or 0
                digests = {
                    (entry_id, agency, locale): digest for entry_id, agency, locale, digest in session.execute(_DIGESTS)
                }
                changed = {key for key, digest in digests.items() if known.digests.get(key) != digest}
                read = _read(session, changed)
                session.rollback()  # a new snapshot, to see whether somebody wrote meanwhile
                session.expunge_all()
                if before == (session.scalar(_REVISION) or 0):
                    break
        entries = {key: read[key] if key in changed else known.entries[key] for key in digests}
        created = len(changed - known.digests.keys())
        report = ChangeReport(
            created=created,
            updated=len(changed) - created,
            deleted=len(known.digests.keys() - digests.keys()),
            skipped=len(digests) - len(changed),
        )
        return Published(before, entries, digests), report

    def save(self, entries: Iterable[Entry], *, seeding: bool = False) -> ChangeReport:
        """Create or update entries by ``(entry_id, agency, locale)``; equal ones are skipped.

        With ``seeding``, an entry that an editor has changed or retired since it was seeded stays as it is.
        """
        created = updated = skipped = 0
        with Session(self._engine) as session, session.begin():
            for entry in entries:
                row = session.get(EntryRow, (entry.entry_id, entry.agency, entry.locale))
                digest = entry.content_digest()
                edited_since_seeding = row is not None and row.content_digest != row.seed_digest
                if row is not None and (row.content_digest == digest or (seeding and edited_since_seeding)):
                    skipped += 1
                    continue
                if row is None:
                    row = EntryRow(entry_id=entry.entry_id, agency=entry.agency, locale=entry.locale)
                    session.add(row)
                    created += 1
                else:
                    updated += 1
                self._fill(row, entry, digest)
                if seeding:
                    row.seed_digest = digest
                # Old variants have to go before new ones take their places in the key.
                row.variants.clear()
                session.flush()
                row.variants = [
                    VariantRow(
                        entry_id=entry.entry_id, agency=entry.agency, locale=entry.locale, position=position, text=text
                    )
                    for position, text in enumerate(entry.variants)
                ]
            report = ChangeReport(created=created, updated=updated, skipped=skipped)
            _move_revision(session, report)
        return report

    def delete(self, entry_ids: Sequence[str], agency: str = BASE_AGENCY) -> ChangeReport:
        """Remove an agency's entries in all their languages; those of other agencies stay."""
        with Session(self._engine) as session, session.begin():
            query = select(EntryRow).where(EntryRow.entry_id.in_(list(entry_ids)), EntryRow.agency == agency)
            rows = session.scalars(query).all()
            for row in rows:
                session.delete(row)
            report = ChangeReport(deleted=len(rows))
            _move_revision(session, report)
        return report

    def set_publication(self, entry_id: str, publication: Publication, agency: str = BASE_AGENCY) -> ChangeReport:
        """Publish, withdraw, retire or hide an agency's entry in all its languages."""
        changed = [replace(e, publication=publication) for e in self.entries(agency=agency) if e.entry_id == entry_id]
        return self.save(changed)

    def agencies(self) -> set[str]:
        """The codes of every agency that has an entry, and the base's."""
        with Session(self._engine) as session:
            return {BASE_AGENCY, *session.scalars(select(EntryRow.agency).distinct())}

    def _fill(self, row: EntryRow, entry: Entry, digest: str) -> None:
        row.audience = entry.audience
        row.category = entry.category
        row.question = entry.question
        row.answer = entry.answer
        row.speech = entry.speech
        row.contact = entry.contact
        row.source = entry.source
        row.checked = entry.checked
        row.valid_from = entry.valid_from
        row.valid_until = entry.valid_until
        row.publication = entry.publication
        row.content_digest = digest
        row.updated_at = self._clock.now()


def _move_revision(session: Session, report: ChangeReport) -> None:
    if not report.changed:
        return
    moved = session.execute(update(RevisionRow).where(RevisionRow.id == 1).values(revision=RevisionRow.revision + 1))
    if cast("int", getattr(moved, "rowcount", 0)) == 0:
        session.add(RevisionRow(id=1, revision=1))
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"NOTIFY {CHANGES}"))  # delivered when this transaction commits


def _read(session: Session, keys: Iterable[EntryKey]) -> dict[EntryKey, Entry]:
    ids = sorted({entry_id for entry_id, _, _ in keys})
    found: dict[EntryKey, Entry] = {}
    for start in range(0, len(ids), _BATCH):
        query = select(EntryRow).where(EntryRow.entry_id.in_(ids[start : start + _BATCH]))
        found |= {entry.key: entry for entry in map(_entry, session.scalars(query))}
        session.expunge_all()
    return found


def _entry(row: EntryRow) -> Entry:
    return Entry(
        entry_id=row.entry_id,
        locale=cast("Locale", row.locale),
        audience=cast("Audience", row.audience),
        agency=row.agency,
        category=row.category,
        question=row.question,
        answer=row.answer,
        variants=tuple(variant.text for variant in row.variants),
        speech=row.speech,
        contact=row.contact,
        source=row.source,
        checked=row.checked,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        publication=cast("Publication", row.publication),
    )
