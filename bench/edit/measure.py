"""A steady load of questions, and edits in the middle of it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import httpx
import numpy as np

from knowledge.entry import Entry
from knowledge.store import FaqStore

_PROBE_S = 0.01
_GIVEN_UP_S = 30.0
_SESSIONS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of the load: when it was due, how long its answer took from then, and whether there was one."""

    due: float
    ms: float
    failed: bool


@dataclass(frozen=True, slots=True)
class Edited:
    """One edit: when it began, seconds until the new answer was served, and whether the new wording finds it."""

    began: float
    live_s: float
    found: bool


class Measurement:
    """Questions at ``rate`` a second, whether or not earlier ones were answered (open loop), and edits meanwhile."""

    def __init__(self, url: str, store: FaqStore, entries: Sequence[Entry], rate: float) -> None:
        self._url = url
        self._store = store
        self._entries = entries
        self._rate = rate
        self._asked: list[Asked] = []
        self._stopped = asyncio.Event()

    async def run(self, edits: int, quiet_s: float, apart_s: float) -> dict[str, float | int]:
        """``quiet_s`` seconds of load alone, then the edits, ``apart_s`` seconds from one to the next."""
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=self._url, timeout=30.0, trust_env=False, limits=limits) as client:
            tokens = [await _session(client) for _ in range(_SESSIONS)]
            await asyncio.gather(*(_turn(client, token, text=self._entries[0].question) for token in tokens))
            load = asyncio.create_task(self._keep_asking(client, tokens))
            await asyncio.sleep(quiet_s)
            edited = []
            for number in range(edits):
                edited.append(await self._edit(client, number))
                await asyncio.sleep(apart_s)
            self._stopped.set()
            await load
        return self._figures(edited, apart_s)

    async def _keep_asking(self, client: httpx.AsyncClient, tokens: Sequence[str]) -> None:
        chance = random.Random(1)  # noqa: S311 - which question comes next
        started = time.perf_counter()
        running: list[asyncio.Task[None]] = []
        while not self._stopped.is_set():
            due = started + len(running) / self._rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            entry = chance.choice(self._entries)
            token = tokens[len(running) % len(tokens)]
            running.append(
                asyncio.create_task(self._ask(client, token, chance.choice((entry.question, *entry.variants)), due))
            )
        await asyncio.gather(*running)

    async def _ask(self, client: httpx.AsyncClient, token: str, question: str, due: float) -> None:
        try:
            reply = await _turn(client, token, text=question)
            failed = reply["entry_id"] is None and not reply["suggestions"]
        except (httpx.HTTPError, ValueError, LookupError):  # a time-out, too
            failed = True
        self._asked.append(Asked(due, (time.perf_counter() - due) * 1000, failed))

    async def _edit(self, client: httpx.AsyncClient, number: int) -> Edited:
        """Change an entry's question and answer as an editor would, and press its button until the new answer comes."""
        token = await _session(client)
        wording = f"남산 아래 {number + 1}호 무인 우체통은 무슨 요일에 비우나요?"
        answer = f"{number + 1}호 우체통은 수요일에 비웁니다. ({time.time_ns()})"
        changed = replace(self._entries[number * 997 % len(self._entries)], question=wording, answer=answer)
        began = time.perf_counter()
        await asyncio.to_thread(self._store.save, [changed])
        try:
            while answer not in str((await _turn(client, token, entry_id=changed.entry_id))["text"]):
                if time.perf_counter() - began > _GIVEN_UP_S:
                    return Edited(began, float("inf"), False)
                await asyncio.sleep(_PROBE_S)
            live_s = time.perf_counter() - began
            found = (await _turn(client, token, text=wording))["entry_id"] == changed.entry_id
        except httpx.HTTPError:
            return Edited(began, float("inf"), False)
        return Edited(began, live_s, found)

    def _figures(self, edited: Sequence[Edited], apart_s: float) -> dict[str, float | int]:
        first = min(e.began for e in edited)
        before = [a.ms for a in self._asked if a.due < first]
        during = [a.ms for a in self._asked if any(e.began <= a.due <= e.began + e.live_s for e in edited)]
        after = [a.ms for a in self._asked if a.due >= first]
        seconds = [e.live_s for e in edited]
        return {
            "entries": len(self._entries),
            "edits": len(edited),
            "live_p50_s": round(float(np.median(seconds)), 3),
            "live_max_s": round(max(seconds), 3),
            "found_by_new_wording": sum(e.found for e in edited),
            "rate_per_s": self._rate,
            "requests": len(self._asked),
            "failed": sum(a.failed for a in self._asked),
            **_latency("before", before),
            **_latency("while_editing", after),
            **_latency("until_live", during),
        }


def _latency(name: str, ms: Sequence[float]) -> dict[str, float]:
    if not ms:
        return {}
    p50, p95 = np.percentile(ms, [50, 95])
    return {f"{name}_p50_ms": round(float(p50), 1), f"{name}_p95_ms": round(float(p95), 1)}


async def _session(client: httpx.AsyncClient) -> str:
    response = await client.post("/api/v1/sessions", json={})
    response.raise_for_status()
    return str(response.json()["session_id"])


async def _turn(client: httpx.AsyncClient, token: str, **body: str) -> dict[str, object]:
    response = await client.post("/api/v1/turns", json=body, headers={"X-Maru-Session": token})
    response.raise_for_status()
    reply: dict[str, object] = response.json()
    return reply
