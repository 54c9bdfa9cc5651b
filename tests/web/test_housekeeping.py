"""What is too old goes by itself."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy.exc import OperationalError

from privacy.errors import ScrubFailed
from privacy.scrubber import Scrubber
from privacy.transcripts import TranscriptStore
from web.housekeeping import keep_house


class House:
    """Counts what was done; the database fails at first."""

    def __init__(self, *, scrubber_loaded: bool) -> None:
        self.purges: list[int] = []
        self.sweeps = 0
        self._loaded = scrubber_loaded

    def purge(self, days: int) -> int:
        self.purges.append(days)
        if len(self.purges) == 1:
            raise OperationalError("DELETE", {}, Exception("locked"))
        return 3

    def sweep(self) -> int:
        self.sweeps += 1
        return 0

    def scrubber(self) -> Scrubber:
        if not self._loaded:
            raise ScrubFailed("not loaded")
        held: Any = SimpleNamespace(vault=self)
        return cast("Scrubber", held)


@pytest.mark.parametrize("loaded", [True, False])
async def test_when_time_passes_then_old_things_go_again_and_again_whatever_fails(loaded: bool) -> None:
    house = House(scrubber_loaded=loaded)
    task = asyncio.create_task(keep_house(cast("TranscriptStore", house), house.scrubber, 45, every_s=0.01))
    async with asyncio.timeout(5):
        while len(house.purges) < 3:
            await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert set(house.purges) == {45}
    assert (house.sweeps >= 2) is loaded
