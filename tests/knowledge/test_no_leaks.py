"""Nobody is shown what isn't theirs: thousands of random searches against a rule written down a second time, here.

The embedder gives every text a vector of its own, far from all others. Whoever asks with the very words of an entry
that they may not see has that entry as the nearest there is, so that a filter which comes too late would show.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from actions.policy import outcome_of
from actions.reply import Reply, ReplyWriter
from actions.turn import DialogueMemory, Turn
from knowledge.calibration import load_calibration
from knowledge.danger import Danger
from knowledge.decision import Decision
from knowledge.embedder import Embedder, Vectors
from knowledge.entry import Audience, Entry, Locale, Publication, Viewer
from knowledge.index import Snapshot, build_snapshot, passage_of, revise_snapshot
from knowledge.searcher import Searcher
from knowledge.store import FaqStore
from knowledge.vector_cache import VectorCache
from maru.settings import Settings
from tests.knowledge.entries import TODAY

BASES = 14
SEARCHES_A_BASE = 760
ENTRIES_A_BASE = 70
DISTRICTS = ("mapo", "jongno", "강남구")
AGENCIES = ("city", "city", *DISTRICTS)
WORDS = (
    "여권",
    "주차",
    "전입신고",
    "도서관",
    "폐기물",
    "수도",
    "보육",
    "예방접종",
    "연가",
    "출장",
    "library",
    "passport",
)
SETTINGS = Settings(_env_file=None, answer_threshold=0.02, clarify_threshold=0.001)


@lru_cache(maxsize=100_000)
def vector_of(text: str) -> Vectors:
    numbers = np.random.default_rng(int.from_bytes(sha256(text.encode()).digest()[:8]))
    vector = numbers.normal(size=384).astype(np.float32)
    return vector / np.linalg.norm(vector)


class OneVectorEach(Embedder):
    """An embedder that knows nothing of meaning: equal texts have one vector, others are far apart."""

    def __init__(self) -> None:
        self.fingerprint = "one-vector-each"
        self.dimension = 384

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([vector_of(text) for text in texts]) if texts else np.zeros((0, 384), dtype=np.float32)

    encode_passages = encode_queries


def random_base(chance: random.Random) -> list[Entry]:
    """Common entries, districts' own and districts' in the place of common ones, some of them not to be shown."""

    def day() -> date | None:
        return chance.choice([None, None, None, TODAY + timedelta(days=chance.randint(-3, 3))])

    entries: dict[tuple[str, str, str], Entry] = {}
    for number in range(ENTRIES_A_BASE):
        agency = chance.choice(AGENCIES)
        hides = agency != "city" and chance.random() < 0.2
        publication: Publication = chance.choice((*["published"] * 6, "draft", "retired"))  # type: ignore[arg-type]
        audience: Audience = chance.choice(("citizen", "citizen", "staff"))
        locale: Locale = chance.choice(("ko", "ko", "en"))
        starts, ends = day(), day()
        entry = Entry(
            entry_id=f"e{chance.randrange(ENTRIES_A_BASE // 3)}",
            question=f"{chance.choice(WORDS)} {chance.choice(WORDS)} 제{number}호?",
            answer=f"{chance.choice(WORDS)} 답 {agency} {number}",
            variants=tuple(f"{chance.choice(WORDS)} 말 {number}-{n}" for n in range(chance.randint(0, 2))),
            audience=audience,
            agency=agency,
            locale=locale,
            valid_from=starts,
            valid_until=ends,
            publication="hidden" if hides else publication,
        )
        entries[entry.entry_id, entry.agency, entry.locale] = entry
    return list(entries.values())


def allowed(entries: list[Entry], viewer: Viewer, today: date) -> list[Entry]:
    """The rule, entry by entry, in other words than the index's."""
    common: dict[str, list[Entry]] = {}
    own: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.publication not in {"published", "hidden"} or entry.audience != viewer.audience:
            continue
        if entry.valid_from is not None and today < entry.valid_from:
            continue
        if entry.valid_until is not None and today > entry.valid_until:
            continue
        if entry.agency == "city":
            common.setdefault(entry.entry_id, []).append(entry)
        elif entry.agency == viewer.agency:
            own.setdefault(entry.entry_id, []).append(entry)
    return [e for same in (common | own).values() for e in same if e.publication == "published"]


def expected_of(entry_id: str, seen: list[Entry], viewer: Viewer) -> Entry | None:
    """What a viewer gets of an id: in their language, else in Korean, else in what there is."""
    by_locale = {e.locale: e for e in seen if e.entry_id == entry_id}
    return by_locale.get(viewer.locale) or by_locale.get("ko") or by_locale.get("en")


class AnswersOf:
    """The knowledge base of one snapshot on one day; a test moves it to others."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self.snapshot: Snapshot
        self.today: date
        self.decision: Decision

    def search(self, text: str, viewer: Viewer, without: Collection[str] = ()) -> Decision:
        self.decision = self._searcher.search(self.snapshot, text, viewer, self.today, vector=vector_of(text))
        return self.decision

    def danger(self, text: str) -> Danger | None:
        return None

    def find(self, entry_id: str, viewer: Viewer) -> Entry | None:
        return self.snapshot.find(entry_id, viewer, self.today)


def check_reply(reply: Reply, seen: list[Entry], viewer: Viewer) -> None:
    """A reply, also to a pressed button, shows what the viewer gets of an id and nothing else."""
    if reply.entry_id is not None:
        shown = expected_of(reply.entry_id, seen, viewer)
        assert shown is not None
        assert (reply.text, reply.question, reply.locale) == (shown.answer, shown.question, shown.locale)
        assert (reply.note is not None) == ((viewer.locale, shown.locale) == ("en", "ko"))
    for suggestion in reply.suggestions:
        shown = expected_of(suggestion.entry_id, seen, viewer)
        assert shown is not None
        assert suggestion.question == shown.question


def snapshots(chance: random.Random, store: FaqStore, cache: VectorCache) -> list[tuple[list[Entry], Snapshot]]:
    """A base as the store gives it out, once built at once and once revised after edits, with all that was written."""
    embedder = OneVectorEach()
    entries = random_base(chance)
    for agency in {*AGENCIES}:
        store.delete([e.entry_id for e in store.entries()], agency)
    store.save(entries)
    built = build_snapshot(*store.published(), embedder, cache)

    kept = {e: e for e in built.entries}
    edited = [replace(e, publication=chance.choice(["published", "retired"])) for e in chance.sample(entries, 8)]
    store.save(edited)
    after = list(({(e.entry_id, e.agency, e.locale): e for e in [*entries, *edited]}).values())
    revision, in_force = store.published()
    revised = revise_snapshot(built, revision, [kept.get(e, e) for e in in_force], embedder, cache)
    return [(entries, built), (after, revised)]


def test_when_bases_viewers_and_questions_are_any_then_nobody_is_shown_what_isnt_theirs(
    store: FaqStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    started = time.monotonic()
    cache = VectorCache(tmp_path / "vectors.db", "one-vector-each", 384)
    answers = AnswersOf(Searcher(load_calibration(), SETTINGS, None))
    writer = ReplyWriter(SETTINGS, answers)
    counts: Counter[str] = Counter()
    for number in range(BASES):
        chance = random.Random(number)
        for entries, answers.snapshot in snapshots(chance, store, cache):
            for _ in range(SEARCHES_A_BASE // 2):
                search_once(entries, answers, writer, chance, counts)
    seconds = time.monotonic() - started
    with capsys.disabled():
        print(f"\n{counts['searches']:,} searches in {seconds:.0f} s, 0 leaks: {dict(sorted(counts.items()))}")
    assert counts["searches"] >= 10_000
    # The searches were worth something: forbidden entries were asked for, and what may be seen was found.
    assert counts["asked for a forbidden entry"] > 4_000
    assert counts["asked for a replaced common entry"] > 200
    assert counts["answered"] > 2_000
    assert counts["clarify"] > 500
    assert counts["found its own"] == counts["asked for a visible entry"] > 1_500


def search_once(
    entries: list[Entry], answers: AnswersOf, writer: ReplyWriter, chance: random.Random, counts: Counter[str]
) -> None:
    """Ask with the words of some entry, visible or not; see that everything that comes back may be seen."""
    target = chance.choice(entries)
    audience: Audience = chance.choice(("citizen", "staff", target.audience))
    viewer = Viewer(audience, chance.choice((*AGENCIES, "unknown", target.agency)), chance.choice(("ko", "en")))
    answers.today = today = TODAY + timedelta(days=chance.choice((0, chance.randint(-4, 4))))
    snapshot = answers.snapshot
    seen = allowed(entries, viewer, today)
    text = chance.choice([target.question, *target.variants, passage_of(target)])
    asked = Turn(text=text, viewer=viewer)

    reply = writer.write(outcome_of("action_answer", asked, answers), viewer)
    check_reply(reply, seen, viewer)
    assert all(hit.entry in seen for hit in answers.decision.ranked + answers.decision.hits)
    near = [snapshot.entries[p] for p in snapshot.nearest(vector_of(text), viewer, today, 10)]
    assert all(entry in seen for entry in near)
    assert len(near) == min(10, len(seen))  # what is left out leaves its place to the next
    mask = snapshot.visible(viewer.audience, viewer.agency, today)
    assert {e for e, shown in zip(snapshot.entries, mask, strict=True) if shown} == set(seen)
    assert answers.find(target.entry_id, viewer) == expected_of(target.entry_id, seen, viewer)

    pressed = replace(asked, text="", chosen_entry_id=target.entry_id)
    named = replace(asked, text="첫 번째", memory=DialogueMemory(suggestions=(target.entry_id,), last_status="clarify"))
    for turn in (pressed, named):
        check_reply(writer.write(outcome_of("action_choose_suggestion", turn, answers), viewer), seen, viewer)

    visible = target in seen
    counts["searches"] += 1
    counts["asked for a visible entry" if visible else "asked for a forbidden entry"] += 1
    own = any(e.entry_id == target.entry_id and e.agency != "city" for e in seen)
    counts["asked for a replaced common entry"] += target.agency == "city" and own
    counts[reply.status] += 1
    counts["found its own"] += visible and target in near[:2]
