"""``python -m bench.turns``: text turns through the running system (app, Rasa, retrieval), 1 and 16 people at a time.

Start Maru first (``make run``). Every turn is another question, and a person asks eight of them before the next one
comes; beginning a session isn't counted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from itertools import cycle, islice

import httpx
import psutil

from knowledge.files.seeds import read_seeds
from maru.settings import get_settings
from maru.supervisor.listening import local_url

TURNS_A_PERSON = 8


async def measure(url: str, users: int, turns: int, questions: list[str]) -> dict[str, float]:
    """Milliseconds (p50, p95, max) and turns a second with ``users`` people asking one question after the other."""
    limits = httpx.Limits(max_connections=users + 4)
    async with httpx.AsyncClient(base_url=url, timeout=60.0, trust_env=False, limits=limits) as client:
        await _ask(client, await _session(client), "안녕하세요")
        todo = iter(islice(cycle(questions), turns))
        times: list[float] = []

        async def one_after_the_other() -> None:
            while conversation := list(islice(todo, TURNS_A_PERSON)):
                token = await _session(client)
                times.extend([await _ask(client, token, question) for question in conversation])

        started = time.perf_counter()
        await asyncio.gather(*(one_after_the_other() for _ in range(users)))
        seconds = time.perf_counter() - started
    cut = statistics.quantiles(times, n=100, method="inclusive")
    return {
        "users": users,
        "turns": len(times),
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(cut[94], 1),
        "max_ms": round(max(times), 1),
        "turns_per_s": round(len(times) / seconds, 1),
    }


async def _session(client: httpx.AsyncClient) -> str:
    response = await client.post("/api/v1/sessions", json={})
    response.raise_for_status()
    return str(response.json()["session_id"])


async def _ask(client: httpx.AsyncClient, token: str, question: str) -> float:
    started = time.perf_counter()
    response = await client.post("/api/v1/turns", json={"text": question}, headers={"X-Maru-Session": token})
    response.raise_for_status()
    if response.json()["status"] == "unavailable":
        sys.exit("a turn came back as unavailable: Rasa isn't answering; nothing was measured")
    return (time.perf_counter() - started) * 1000


def memory_mb(port: int) -> float | None:
    """Resident memory of the process that listens on ``port``, in MB."""
    for connection in psutil.net_connections("tcp"):
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
            return round(float(psutil.Process(connection.pid).memory_info().rss) / 1e6, 1)
    return None


def main() -> None:
    """Measure and print a line of JSON for each number of people, and the memory."""
    settings = get_settings()
    parser = argparse.ArgumentParser(prog="python -m bench.turns", description=__doc__)
    parser.add_argument("--url", default=local_url(settings.host, settings.port))
    parser.add_argument("--rasa-port", type=int, default=settings.rasa_port)
    parser.add_argument("--users", default="1,16", help="how many people at a time, comma-separated")
    parser.add_argument("--turns", type=int, default=300, help="turns for each number of people")
    arguments = parser.parse_args()
    seeds = read_seeds(settings.seed_dir)
    questions = [text for e in seeds if e.audience == "citizen" and e.locale == "ko" for text in e.variants]
    per_run = arguments.turns
    for number, users in enumerate(int(part) for part in arguments.users.split(",")):
        unique = questions[number * per_run :] + questions[: number * per_run]
        print(json.dumps(asyncio.run(measure(arguments.url, users, per_run, unique))))
    app = memory_mb(httpx.URL(arguments.url).port or 80)
    rasa = memory_mb(arguments.rasa_port)
    both = round(app + rasa, 1) if app and rasa else None
    print(json.dumps({"app_mb": app, "rasa_mb": rasa, "both_mb": both}))


if __name__ == "__main__":
    main()
