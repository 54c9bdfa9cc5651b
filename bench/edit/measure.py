"""A steady load of questions, and edits in the middle of it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import httpx
import numpy as np

from knowledge.entry import Entry
from knowledge.store import FaqStore

_PROBE_S = 0.01
_GIVEN_UP_S = 30.0
_SESSIONS = 20
_QUESTIONS = 200


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
            questions = await self._answerable(client, tokens)
            load = asyncio.create_task(self._keep_asking(client, tokens, questions))
            await asyncio.sleep(quiet_s)
            edited = []
            for number in range(edits):
                edited.append(await self._edit(client, number))
                await asyncio.sleep(apart_s)
            self._stopped.set()
            await load
        return self._figures(edited, apart_s)

    async def _answerable(self, client: httpx.AsyncClient, tokens: Sequence[str]) -> list[str]:
        """Questions that find something while nothing is edited: from then on, each has to."""
        chance = random.Random(2)  # noqa: S311 - which questions are taken
        found: list[str] = []
        for entry in chance.sample(list(self._entries), min(_QUESTIONS, len(self._entries))):
            question = chance.choice((entry.question, *entry.variants))
            if _has_found(await _turn(client, tokens[len(found) % len(tokens)], text=question)):
                found.append(question)
        return found

    async def _keep_asking(self, client: httpx.AsyncClient, tokens: Sequence[str], questions: Sequence[str]) -> None:
        chance = random.Random(1)  # noqa: S311 - which question comes next
        started = time.perf_counter()
        running: list[asyncio.Task[None]] = []
        while not self._stopped.is_set():
            due = started + len(running) / self._rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            token = tokens[len(running) % len(tokens)]
            running.append(asyncio.create_task(self._ask(client, token, chance.choice(questions), due)))
        await asyncio.gather(*running)

    async def _ask(self, client: httpx.AsyncClient, token: str, question: str, due: float) -> None:
        try:
            reply = await _turn(client, token, text=question)
            failed = not _has_found(reply)
        except (httpx.HTTPError, ValueError, LookupError):  # a time-out, too
            failed = True
        self._asked.append(Asked(due, (time.perf_counter() - due) * 1000, failed))

    async def _edit(self, client: httpx.AsyncClient, number: int) -> Edited:
        """Change an entry's question and answer as an editor would, and press its button until the new answer comes."""
        token = await _session(client)
        wording = f"구청 {number + 1}층 무인민원발급기는 주말에 몇 시까지 쓸 수 있나요?"
        answer = f"{number + 1}층 무인민원발급기는 구청 문이 열려 있는 동안 쓸 수 있습니다. ({time.time_ns()})"
        changed = replace(self._entries[number * 997 % len(self._entries)], question=wording, answer=answer)
        began = time.perf_counter()
        await asyncio.to_thread(self._store.save, [changed])
        try:
            while answer not in str((await _turn(client, token, entry_id=changed.entry_id))["text"]):
                if time.perf_counter() - began > _GIVEN_UP_S:
                    return Edited(began, float("inf"), False)
                await asyncio.sleep(_PROBE_S)
            live_s = time.perf_counter() - began
            reply = await _turn(client, token, text=wording)
            found = changed.entry_id in (reply["entry_id"], *(each["entry_id"] for each in reply["suggestions"]))
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


def _has_found(reply: dict[str, Any]) -> bool:
    return bool(reply["entry_id"] or reply["suggestions"])


async def _session(client: httpx.AsyncClient) -> str:
    response = await client.post("/api/v1/sessions", json={})
    response.raise_for_status()
    return str(response.json()["session_id"])


async def _turn(client: httpx.AsyncClient, token: str, **body: str) -> dict[str, Any]:
    response = await client.post("/api/v1/turns", json=body, headers={"X-Maru-Session": token})
    response.raise_for_status()
    reply: dict[str, Any] = response.json()
    return reply
