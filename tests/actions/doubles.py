"""A knowledge base of a few entries with decisions that a test writes down."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.danger import Danger
from knowledge.decision import Decision, Hit, Thresholds, decide
from knowledge.entry import Entry, Viewer
from knowledge.errors import EmbedderUnavailableError
from tests.knowledge.entries import TODAY, an_entry

CITIZEN = an_entry(
    "move-in", question="전입신고는 어떻게 하나요?", answer="**14일 안에** 신고합니다.", contact="동주민센터"
)
PASSPORT = an_entry("passport", question="여권을 잃어버렸어요", answer="바로 신고합니다.", variants=())
ENGLISH = an_entry(
    "move-in", locale="en", question="How do I move in?", answer="Report it within 14 days.", variants=()
)
STAFF = an_entry("staff-leave", audience="staff", question="연가는 며칠인가요?", answer="규정에 따릅니다.", variants=())
OLD = an_entry("old", question="지난 사업", answer="끝났습니다.", valid_until=TODAY.replace(year=2020), variants=())
ENTRIES = (CITIZEN, PASSPORT, ENGLISH, STAFF, OLD)


class WrittenAnswers:
    """``Answers`` whose searches give the scores that the test wrote down, by entry id."""

    def __init__(
        self, scores: dict[str, float] | None = None, *, down: bool = False, danger: Danger | None = None
    ) -> None:
        self.scores = scores or {}
        self._danger = danger
        self.asked: list[tuple[str, Viewer]] = []
        self._down = down

    def search(self, text: str, viewer: Viewer, without: Collection[str] = ()) -> Decision:
        self.asked.append((text, viewer))
        if self._down:
            raise EmbedderUnavailableError("down")
        scores = {entry_id: score for entry_id, score in self.scores.items() if entry_id not in without}
        hits = [Hit(e, score) for entry_id, score in scores.items() if (e := self.find(entry_id, viewer))]
        return decide(tuple(sorted(hits, key=lambda hit: -hit.score)), Thresholds(0.62, 0.30))

    def danger(self, text: str) -> Danger | None:
        if self._down:
            raise EmbedderUnavailableError("down")
        return self._danger

    def find(self, entry_id: str, viewer: Viewer) -> Entry | None:
        if self._down:
            raise EmbedderUnavailableError("down")
        seen = {
            e.locale: e
            for e in ENTRIES
            if e.entry_id == entry_id and e.audience == viewer.audience and e.is_valid_on(TODAY)
        }
        return seen.get(viewer.locale) or seen.get("ko")
