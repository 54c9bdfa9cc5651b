"""What is known of a recording before it is heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voice.commands import Expecting

NearTitles = Callable[[str], Sequence[str]]
"""From the first text of a recording to titles that it may be about; called in the worker thread, never raises."""


@dataclass(frozen=True, slots=True)
class Hints:
    """Whether ``commands`` may be in it, what the last reply waits for (None: nothing in particular), and ``bias``."""

    commands: bool = False
    expecting: Expecting | None = None
    bias: NearTitles | None = None
