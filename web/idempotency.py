"""Answers a turn that is sent again (the reply was lost on its way) with the reply it had already been given.

The header ``Idempotency-Key`` is the same for every attempt at one turn. Replies are kept in this process's memory for
a short while, by session and key; never what was said. (A recording that comes again is heard again.)
"""

from __future__ import annotations

import asyncio
import weakref
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Header

from web.conversation import TurnReply

TurnKey = Annotated[str | None, Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9_-]{8,64}$")]
"""The header as routes take it: None where the client sends none."""


class RepeatedTurns:
    """Replies by session and key, for ``ttl_s`` seconds; above ``most`` the oldest go."""

    def __init__(self, ttl_s: float = 120.0, most: int = 2_000) -> None:
        self._ttl_s = ttl_s
        self._most = most
        self._replies: OrderedDict[tuple[str, str], asyncio.Task[TurnReply]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._replies)

    async def once(
        self, session_key: str, turn_key: str | None, answer: Callable[[], Awaitable[TurnReply]]
    ) -> TurnReply:
        """The reply of ``answer``, which is called once for a key; who comes meanwhile waits for the same reply.

        Without a key it is always called. An attempt that raises is forgotten, so that the next one tries anew; a
        caller that goes away doesn't stop the turn that others may ask for again.
        """
        if turn_key is None:
            return await answer()
        place = (session_key, turn_key)
        task = self._replies.get(place)
        if task is None:
            task = asyncio.ensure_future(_called(answer))
            self._replies[place] = task
            while len(self._replies) > self._most:
                self._replies.popitem(last=False)
            task.add_done_callback(lambda done: self._finished(place, done))
        return await asyncio.shield(task)

    def forget(self, session_key: str) -> None:
        """Forget every reply of a session."""
        for place in [place for place in self._replies if place[0] == session_key]:
            del self._replies[place]

    def _finished(self, place: tuple[str, str], task: asyncio.Task[TurnReply]) -> None:
        # The timer holds the reply weakly: what was forgotten or pushed out before is gone at once.
        held = weakref.ref(task)
        if task.cancelled() or task.exception() is not None:
            self._drop(place, held)
        else:
            task.get_loop().call_later(self._ttl_s, self._drop, place, held)

    def _drop(self, place: tuple[str, str], held: weakref.ref[asyncio.Task[TurnReply]]) -> None:
        task = held()
        if task is not None and self._replies.get(place) is task:
            del self._replies[place]


async def _called(answer: Callable[[], Awaitable[TurnReply]]) -> TurnReply:
    return await answer()
