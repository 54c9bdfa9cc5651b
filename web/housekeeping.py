"""Lets go in time of what people were told is kept only so long: transcripts, thumbs, originals in the vault."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from privacy.errors import PrivacyError
from privacy.scrubber import Scrubber
from privacy.transcripts import TranscriptStore

_LOG = structlog.get_logger("maru.housekeeping")
EVERY_S = 600.0


async def keep_house(
    transcripts: TranscriptStore, scrubber: Callable[[], Scrubber], transcript_days: int, every_s: float = EVERY_S
) -> None:
    """Erase what is too old, now and every ``every_s`` seconds, until cancelled.

    ``scrubber`` returns the scrubber, whose vault is swept, or raises ``ScrubFailed`` while there is none. Whatever
    fails is tried again the next time; several app processes may do this side by side.
    """
    while True:
        try:
            purged = await asyncio.to_thread(transcripts.purge, transcript_days)
        except Exception as error:  # nothing may end what frees the originals
            _LOG.error("purge_failed", error=type(error).__name__)
        else:
            if purged:
                _LOG.info("transcripts_purged", purged=purged)
        try:
            await asyncio.to_thread(scrubber().vault.sweep)
        except PrivacyError:
            _LOG.debug("no_vault_yet")
        await asyncio.sleep(every_s)
