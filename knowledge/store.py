"""The FAQ in its relational store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from knowledge.entry import Audience, Entry, Locale, Publication
from knowledge.tables import EntryRow, RevisionRow, VariantRow
from maru.clock import Clock, SystemClock


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


class FaqStore:
    """Reads and writes entries; every write that changes something moves the revision on, in the same transaction."""

    def __init__(self, engine: Engine, clock: Clock | None = None) -> None:
        self._engine = engine
        self._clock = clock or SystemClock()

    def revision(self) -> int:
        """The number of the last change."""
        with Session(self._engine) as session:
            return session.scalar(select(RevisionRow.revision).where(RevisionRow.id == 1)) or 0

    def entries(self, *, audience: Audience | None = None, published_only: bool = False) -> list[Entry]:
        """Every entry, ordered by id and locale."""
        query = select(EntryRow).order_by(EntryRow.entry_id, EntryRow.locale)
        if audience is not None:
            query = query.where(EntryRow.audience == audience)
        if published_only:
            query = query.where(EntryRow.publication == "published")
        with Session(self._engine) as session:
            return [_entry(row) for row in session.scalars(query)]

    def published(self) -> tuple[int, list[Entry]]:
        """The revision and the published entries as they stood at that revision."""
        with Session(self._engine) as session:
            while True:
                before = session.scalar(select(RevisionRow.revision).where(RevisionRow.id == 1)) or 0
                rows = session.scalars(
                    select(EntryRow)
                    .where(EntryRow.publication == "published")
                    .order_by(EntryRow.entry_id, EntryRow.locale)
                ).all()
                entries = [_entry(row) for row in rows]
                session.rollback()  # a new snapshot, to see whether somebody wrote meanwhile
                session.expunge_all()
                after = session.scalar(select(RevisionRow.revision).where(RevisionRow.id == 1)) or 0
                if before == after:
                    return before, entries

    def save(self, entries: Iterable[Entry], *, seeding: bool = False) -> ChangeReport:
        """Create or update entries by ``(entry_id, locale)``; equal ones are skipped.

        With ``seeding``, an entry that an editor has changed or retired since it was seeded stays as it is.
        """
        created = updated = skipped = 0
        with Session(self._engine) as session, session.begin():
            for entry in entries:
                row = session.get(EntryRow, (entry.entry_id, entry.locale))
                digest = entry.content_digest()
                edited_since_seeding = row is not None and row.content_digest != row.seed_digest
                if row is not None and (row.content_digest == digest or (seeding and edited_since_seeding)):
                    skipped += 1
                    continue
                if row is None:
                    row = EntryRow(entry_id=entry.entry_id, locale=entry.locale)
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
                    VariantRow(entry_id=entry.entry_id, locale=entry.locale, position=position, text=text)
                    for position, text in enumerate(entry.variants)
                ]
            report = ChangeReport(created=created, updated=updated, skipped=skipped)
            _move_revision(session, report)
        return report

    def delete(self, entry_ids: Sequence[str]) -> ChangeReport:
        """Remove entries in all their languages."""
        with Session(self._engine) as session, session.begin():
            rows = session.scalars(select(EntryRow).where(EntryRow.entry_id.in_(list(entry_ids)))).all()
            for row in rows:
                session.delete(row)
            report = ChangeReport(deleted=len(rows))
            _move_revision(session, report)
        return report

    def set_publication(self, entry_id: str, publication: Publication) -> ChangeReport:
        """Publish, withdraw or retire an entry in all its languages."""
        changed = [replace(e, publication=publication) for e in self.entries() if e.entry_id == entry_id]
        return self.save(changed)

    def _fill(self, row: EntryRow, entry: Entry, digest: str) -> None:
        row.audience = entry.audience
        row.agency = entry.agency
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
