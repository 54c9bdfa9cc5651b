"""Lets go in time of what people were told is kept only so long: transcripts, thumbs, originals in the vault."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from privacy.errors import ScrubFailed
from privacy.scrubber import Scrubber
from privacy.transcripts import TranscriptStore

_LOG = structlog.get_logger("maru.housekeeping")
EVERY_S = 600.0


async def keep_house(
    transcripts: TranscriptStore, scrubber: Callable[[], Scrubber], transcript_days: int, every_s: float = EVERY_S
) -> None:
    """Erase what is too old, now and every ``every_s`` seconds, until cancelled.

    ``scrubber`` returns the scrubber, whose vault is swept, or raises ``ScrubFailed`` while there is none. A failing
    database is tried again the next time; several app processes may do this side by side.
    """
    while True:
        try:
            purged = await asyncio.to_thread(transcripts.purge, transcript_days)
        except SQLAlchemyError as error:
            _LOG.error("purge_failed", error=type(error).__name__)
        else:
            if purged:
                _LOG.info("transcripts_purged", purged=purged)
        try:
            scrubber().vault.sweep()
        except ScrubFailed:
            _LOG.debug("no_vault_yet")
        await asyncio.sleep(every_s)
