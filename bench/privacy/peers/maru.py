"""Maru's scrubber as the app uses it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from uuid import uuid4

from bench.privacy.peers import Span
from privacy import ScrubbedText, Scrubber, ScrubFailed
from web.recent_turns import RecentTurns

LIVE_TURNS = 4
"""Two of the citizen's, which the app remembers (``RecentTurns``), and what the office said in between."""


class Maru:
    """Every utterance or dialogue is a session of its own, wiped at once."""

    name = "Maru"
    version = ""

    def __init__(self) -> None:
        self._scrubber = Scrubber()

    def find(self, text: str) -> list[Span] | None:
        session = uuid4().hex
        try:
            return _spans(text, self._scrubber.scrub(text, session))
        except ScrubFailed:
            return None
        finally:
            self._scrubber.vault.wipe(session)

    def find_whole(self, turns: Sequence[str]) -> list[list[Span]]:
        session = uuid4().hex
        try:
            scrubbed = self._scrubber.scrub_turns(turns, session)
        finally:
            self._scrubber.vault.wipe(session)
        return [_spans(turn, each) for turn, each in zip(turns, scrubbed, strict=True)]

    def find_live(self, turns: Sequence[str]) -> list[list[Span]]:
        session, recent, found = uuid4().hex, RecentTurns(LIVE_TURNS), []
        try:
            for turn in turns:
                scrubbed = self._scrubber.scrub(turn, session, before=recent.of(session))
                recent.add(session, scrubbed)
                found.append(_spans(turn, scrubbed))
        finally:
            self._scrubber.vault.wipe(session)
        return found


def _spans(text: str, scrubbed: ScrubbedText) -> list[Span]:
    """The scrubber counts in NFC; these count in ``text`` as given."""
    if unicodedata.is_normalized("NFC", text):
        return [(span.start, span.end, span.type) for span in scrubbed.spans]
    composed = [len(unicodedata.normalize("NFC", text[:at])) for at in range(len(text) + 1)]
    # A syllable ends where the last of its letters does: the last prefix that composes to this length.
    ends = {length: at for at, length in enumerate(composed)}
    return [(ends[span.start], ends[span.end], span.type) for span in scrubbed.spans]
