"""What would be kept of a text that staff try out: checked like a citizen's turn, then shown and forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from maru.settings import Settings
from privacy.errors import PrivacyError
from privacy.preview import Preview, preview
from web.parts import Parts
from web.problems import Problem

MAX_TURNS = 10


async def preview_of(turns: Sequence[str], settings: Settings, parts: Parts) -> Preview:
    """The preview of one dialogue.

    All turns together may be as long as one turn of a citizen's: they share its time budget. Raises ``Problem`` for
    an empty or over-long dialogue, and while nothing can be scrubbed.
    """
    said = [turn.replace("\x00", " ") for turn in turns]
    if not any(turn.strip() for turn in said):
        raise Problem(422, "try_empty")
    if sum(map(len, said)) > settings.max_text_chars:
        raise Problem(413, "try_too_long", limit=settings.max_text_chars)
    try:
        return await asyncio.to_thread(lambda: preview(parts.scrubber(), said))
    except PrivacyError:
        raise Problem(503, "privacy_unavailable") from None
