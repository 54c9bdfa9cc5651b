"""What is too old goes by itself."""

from __future__ import annotations

import asyncio
import weakref
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy.exc import OperationalError

from privacy.errors import ScrubFailed
from privacy.scrubber import Scrubber
from privacy.transcripts import TranscriptStore
from privacy.vault import SessionVault
from web.housekeeping import keep_house


class House:
    """Counts what was done; at first the database fails, and then the disk."""

    def __init__(self, *, scrubber_loaded: bool) -> None:
        self.purges: list[int] = []
        self.sweeps = 0
        self._loaded = scrubber_loaded

    def purge(self, days: int) -> int:
        self.purges.append(days)
        if len(self.purges) == 1:
            raise OperationalError("DELETE", {}, Exception("locked"))
        if len(self.purges) == 2:
            raise OSError("no space left on device")
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
        while len(house.purges) < 4:
            await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert set(house.purges) == {45}
    assert (house.sweeps >= 2) is loaded


class Original(str):
    """A text that can be watched going."""


async def test_when_nobody_says_anything_more_then_the_originals_leave_the_memory_all_the_same() -> None:
    house = House(scrubber_loaded=True)
    vault = SessionVault(ttl_s=0.05)
    held: Any = SimpleNamespace(vault=vault)
    original = Original("010-1234-5678")
    watched = weakref.ref(original)
    vault.keep("s", "전화번호", "01012345678", original)
    del original
    task = asyncio.create_task(keep_house(cast("TranscriptStore", house), lambda: held, 45, every_s=0.01))
    assert watched() is not None
    async with asyncio.timeout(5):
        while watched() is not None:
            await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert len(vault) == 0
