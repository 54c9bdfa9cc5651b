"""Phrases that may be learned from: said alike in several conversations, looked at twice by rule and once by a person.

``collect`` proposes, a reviewer decides, ``approved`` gives out. Nothing but ``ScrubbedText`` is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import Engine, delete, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from privacy.errors import ScrubFailed
from privacy.scrubbed_text import ScrubbedText, require_scrubbed
from privacy.scrubber import Scrubber
from privacy.strict_pass import StrictPass
from privacy.tables import TrainingPhraseRow, TrainingPhraseSourceRow, TranscriptTurnRow
from privacy.transcripts import drop_rare_phrases, utc_now

State = Literal["pending", "approved", "rejected"]

_PLACEHOLDER = re.compile(r"<([가-힣]+)_\d+>")
_EDGES = " .,?!~…·-'\""
_ATTEMPTS = 3
_AT_ONCE = 500
_SCRUBBING = "training-phrases"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase with the intent that it was taken for and in how many conversations it was said."""

    id: int
    text: str
    intent: str
    sessions: int
    state: State
    reviewer: str | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection came to: phrases that wait, and how many were dropped for which reason."""

    pending: int
    dropped: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Said:
    session: str
    turn_id: str
    tidy: str
    intent: str


def tidy(text: str) -> str:
    """A phrase without case, doubled spaces and marks at its ends; placeholders counted anew from 1."""
    seen: dict[str, str] = {}
    counts: Counter[str] = Counter()

    def renumber(match: re.Match[str]) -> str:
        if match.group() not in seen:
            counts[match[1]] += 1
            seen[match.group()] = f"<{match[1]}_{counts[match[1]]}>"
        return seen[match.group()]

    text = " ".join(unicodedata.normalize("NFC", text).lower().split())
    return _PLACEHOLDER.sub(renumber, text).strip(_EDGES)


def phrase_key(text: str) -> str:
    """What two ways of writing one phrase have in common: its letters, digits and placeholders."""
    return "".join(letter for letter in text if letter.isalnum() or letter in "<>")


class TrainingPhrases:
    """The phrases over the tables of ``privacy.tables``. ``min_sessions`` conversations must hold a phrase."""

    def __init__(self, engine: Engine, min_sessions: int, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._min_sessions = min_sessions
        self._clock = clock

    def collect(self, scrubber: Scrubber, strict: StrictPass) -> Collected:
        """Look through everything kept; a phrase that no longer qualifies goes, whatever was decided about it.

        The turns of a conversation are scrubbed once more, all together; one in which that finds anything is out.
        """
        dropped: Counter[str] = Counter()
        clean = self._clean_sessions(self._frequent(self._said()), scrubber, dropped)
        decided = self._decided()
        proposed: list[tuple[str, ScrubbedText, str, list[_Said]]] = []
        for key, said in sorted(self._frequent(clean).items()):
            text = decided.get(key) or _most_common(each.tidy for each in said)
            reason = strict.reason(text)
            phrase = _scrubbed_whole(scrubber, text) if reason is None else None
            if phrase is None:
                dropped[reason or "scrubbed"] += 1
            else:
                proposed.append((key, phrase, _most_common(each.intent for each in said), said))
        self._write(proposed)
        return Collected(sum(phrase.state == "pending" for phrase in self.phrases()), dict(dropped))

    def phrases(self, states: Sequence[State] = ("pending",), min_sessions: int = 0) -> list[Phrase]:
        """Phrases in these states, the most frequent first."""
        sessions = func.count(TranscriptTurnRow.session.distinct())
        query = (
            select(TrainingPhraseRow, sessions)
            .join(TrainingPhraseSourceRow, TrainingPhraseSourceRow.phrase == TrainingPhraseRow.id)
            .join(TranscriptTurnRow, TranscriptTurnRow.id == TrainingPhraseSourceRow.turn)
            .where(TrainingPhraseRow.state.in_(states))
            .group_by(TrainingPhraseRow.id)
            .having(sessions >= max(min_sessions, self._min_sessions))
            .order_by(sessions.desc(), TrainingPhraseRow.id)
        )
        with Session(self._engine) as database:
            return [
                Phrase(row.id, row.text, row.intent, count, cast("State", row.state), row.reviewer, row.decided_at)
                for row, count in database.execute(query)
            ]

    def unknown(self, ids: Sequence[int]) -> list[int]:
        """Those of the ids that no phrase has."""
        with Session(self._engine) as database:
            known = set(database.scalars(select(TrainingPhraseRow.id).where(TrainingPhraseRow.id.in_(ids))))
        return [each for each in ids if each not in known]

    def decide(self, ids: Sequence[int], state: Literal["approved", "rejected"], reviewer: str) -> None:
        """Note a reviewer's decision; it can be changed later."""
        decision = {"state": state, "reviewer": reviewer[:64], "decided_at": self._clock()}
        with Session(self._engine) as database, database.begin():
            database.execute(update(TrainingPhraseRow).where(TrainingPhraseRow.id.in_(ids)).values(decision))

    def approved(self, min_sessions: int = 0) -> list[Phrase]:
        """What a reviewer has approved and enough conversations still hold, by intent and text."""
        return sorted(self.phrases(("approved",), min_sessions), key=lambda phrase: (phrase.intent, phrase.text))

    def _decided(self) -> dict[str, str]:
        """Texts that a reviewer has decided about, by key: they stay as the reviewer saw them."""
        with Session(self._engine) as database:
            rows = database.scalars(select(TrainingPhraseRow).where(TrainingPhraseRow.state != "pending"))
            return {row.key: row.text for row in rows}

    def _said(self) -> Iterator[tuple[str, _Said]]:
        query = (
            select(TranscriptTurnRow)
            .where(TranscriptTurnRow.role == "user", TranscriptTurnRow.intent.is_not(None))
            .order_by(TranscriptTurnRow.id)
            .execution_options(yield_per=500)
        )
        with Session(self._engine) as database:
            for row in database.scalars(query):
                text = tidy(row.text)
                if key := phrase_key(text)[:200]:
                    yield key, _Said(row.session, row.turn_id, text, str(row.intent))

    def _frequent(self, said: Iterable[tuple[str, _Said]]) -> dict[str, list[_Said]]:
        by_key: defaultdict[str, list[_Said]] = defaultdict(list)
        for key, each in said:
            by_key[key].append(each)
        return {key: each for key, each in by_key.items() if len({one.session for one in each}) >= self._min_sessions}

    def _clean_sessions(
        self, frequent: dict[str, list[_Said]], scrubber: Scrubber, dropped: Counter[str]
    ) -> Iterator[tuple[str, _Said]]:
        by_session: defaultdict[str, list[tuple[str, _Said]]] = defaultdict(list)
        for key, said in frequent.items():
            for each in said:
                by_session[each.session].append((key, each))
        for session, candidates in by_session.items():
            clean = self._clean_turns(session, scrubber)
            for key, each in candidates:
                if each.turn_id in clean:
                    yield key, each
                else:
                    dropped["turn"] += 1

    def _clean_turns(self, session: str, scrubber: Scrubber) -> set[str]:
        with Session(self._engine) as database:
            turns = database.execute(
                select(TranscriptTurnRow.turn_id, TranscriptTurnRow.text)
                .where(TranscriptTurnRow.session == session, TranscriptTurnRow.role == "user")
                .order_by(TranscriptTurnRow.id)
            ).all()
        try:
            scrubbed = scrubber.scrub_turns([text for _turn_id, text in turns], _SCRUBBING)
        except ScrubFailed:
            return set()
        finally:
            scrubber.vault.wipe(_SCRUBBING)
        return {turn_id for (turn_id, _text), each in zip(turns, scrubbed, strict=True) if not each.spans}

    def _write(self, proposed: list[tuple[str, ScrubbedText, str, list[_Said]]]) -> None:
        for attempt in range(_ATTEMPTS):
            try:
                with Session(self._engine) as database, database.begin():
                    keys = [key for key, *_rest in proposed]
                    database.execute(delete(TrainingPhraseRow).where(TrainingPhraseRow.key.not_in(keys)))
                    for key, text, intent, said in proposed:
                        _write_phrase(database, key, text, intent, said)
                    drop_rare_phrases(database, self._min_sessions)
            except IntegrityError:  # a turn was erased at the same moment
                if attempt + 1 == _ATTEMPTS:
                    raise
            else:
                return


def _write_phrase(database: Session, key: str, text: ScrubbedText, intent: str, said: list[_Said]) -> None:
    row = database.scalar(select(TrainingPhraseRow).where(TrainingPhraseRow.key == key))
    if row is None:
        row = TrainingPhraseRow(key=key, text=require_scrubbed(text).text, intent=intent, state="pending")
        database.add(row)
    elif row.state == "pending":
        row.text, row.intent = require_scrubbed(text).text, intent
    database.flush()
    database.execute(delete(TrainingPhraseSourceRow).where(TrainingPhraseSourceRow.phrase == row.id))
    turn_ids = [each.turn_id for each in said]
    for start in range(0, len(turn_ids), _AT_ONCE):
        # By the turn's own random id: SQLite gives an erased row's number to the next one.
        some = turn_ids[start : start + _AT_ONCE]
        kept = select(literal(row.id), TranscriptTurnRow.id).where(TranscriptTurnRow.turn_id.in_(some))
        database.execute(insert(TrainingPhraseSourceRow).from_select(["phrase", "turn"], kept))


def _scrubbed_whole(scrubber: Scrubber, text: str) -> ScrubbedText | None:
    """The phrase as the scrubber's own, where it finds nothing in it any more."""
    try:
        scrubbed = scrubber.scrub(text, _SCRUBBING)
    except ScrubFailed:
        return None
    finally:
        scrubber.vault.wipe(_SCRUBBING)
    return scrubbed if scrubbed.text == text and not scrubbed.spans else None


def _most_common(values: Iterable[str]) -> str:
    return min(Counter(values).items(), key=lambda each: (-each[1], each[0]))[0]
