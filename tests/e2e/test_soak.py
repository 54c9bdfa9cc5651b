"""Hundreds of conversations full of personal data, with errors and kill -9 on the way: nothing of it may be found."""

from __future__ import annotations

import contextlib
import io
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import av
import httpx
import pytest

from maru.settings import ROOT
from tests.e2e.canaries import Canary, canaries
from tests.e2e.running_system import Conversation, System, free_port, start_system, stop_system

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(600)]

ORDINARY = (
    "안녕하세요",
    "전입신고는 어떻게 하나요?",
    "여권 재발급은 며칠 걸려요?",
    "쓰레기는 언제 내놓나요?",
    "첫 번째요",
)
ESPEAK = shutil.which("espeak-ng")
AUDIO = ROOT / "tests" / "fixtures" / "audio"
CLIPS = ROOT.parent / "shared" / "data" / "speech-clips"
RECORDING = (AUDIO / "move-in.webm").read_bytes()
SPOKEN = {
    "My phone number is {}.": "010-{}-{}",
    "You can call me at {}.": "010-{}-{}",
    "My card number is {}.": "4518-{}-{}-{}",
}
FORMATS = (("webm", "libopus"), ("ogg", "libopus"), ("mp4", "aac"), ("flac", "flac"), ("wav", "pcm_s16le"))


@dataclass
class Soak:
    """The conversations that were held, and what was told in them."""

    system: System
    source: Iterator[Canary]
    told: list[Canary] = field(default_factory=list)
    kept_of: dict[str, Canary | None] = field(default_factory=dict)
    bad: list[str] = field(default_factory=list)
    broken: int = 0
    heard: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_canary(self) -> Canary:
        """One that nobody has told yet."""
        with self.lock:
            canary = next(self.source)
            self.told.append(canary)
        return canary

    def request(self, act: Callable[[], httpx.Response], canary: Canary | None = None) -> httpx.Response | None:
        """Do it, again where the connection broke (processes are killed meanwhile); nothing may come back quoted."""
        for _attempt in range(3):
            try:
                response = act()
            except httpx.HTTPError:
                self._wait_until_back()
                continue
            if response.status_code == 500:
                self.bad.append(f"500 at {response.request.url.path}")
            if canary and canary.value in response.text:
                self.bad.append(f"{canary.kind} quoted at {response.request.url.path} ({response.status_code})")
            return response
        return None

    def begin(self) -> Conversation:
        """A conversation, however long it takes."""
        while True:
            with contextlib.suppress(httpx.HTTPError):
                return self.system.begin()
            self._wait_until_back()

    def consent(self, conversation: Conversation, canary: Canary | None) -> None:
        """Allow keeping; where the disk is full it comes to nothing."""
        http, headers = conversation.system.http, conversation.headers
        self.request(lambda: http.put("/api/v1/session/consent", json={"consent": True}, headers=headers))
        self.kept_of[conversation.token.split(".")[0]] = canary

    def _wait_until_back(self) -> None:
        with self.lock:
            self.broken += 1
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if self.system.http.get("/api/v1/health", timeout=2.0).status_code == 200:
                    return
            time.sleep(0.3)


def converse(soak: Soak, number: int) -> None:
    """One conversation: ordinary questions, something personal, a mishap, and now and then an erasure."""
    conversation = soak.begin()
    canary = soak.next_canary()
    if number % 2:
        soak.consent(conversation, canary)
    turns = [ORDINARY[number % len(ORDINARY)], *canary.turns, ORDINARY[(number + 3) % len(ORDINARY)]]
    for said in turns:
        soak.request(lambda said=said: conversation.send(text=said), canary)  # type: ignore[misc]
    soak.request(lambda: MISHAPS[number % len(MISHAPS)](conversation, canary))
    if number % 7 == 0:
        soak.request(lambda: conversation.send(text="방금 한 말 지워 주세요"), canary)
    elif number % 11 == 0:
        soak.request(lambda: conversation.system.http.delete("/api/v1/session", headers=conversation.headers), canary)


def _json(conversation: Conversation, content: bytes, **headers: str) -> httpx.Response:
    sent = {"Content-Type": "application/json", **conversation.headers, **headers}
    return conversation.system.http.post("/api/v1/turns", content=content, headers=sent)


def _get(conversation: Conversation, path: str, **more: Any) -> httpx.Response:
    return conversation.system.http.get(path, **more)


def _in_headers(conversation: Conversation, canary: Canary) -> httpx.Response:
    value = canary.value.encode()
    names = (b"User-Agent", b"Authorization", b"Cookie", b"Referer", b"Accept-Language", b"Idempotency-Key")
    headers = [(name, value) for name in names]
    return conversation.system.http.post("/api/v1/turns", json={"text": "안녕하세요"}, headers=[
        *headers, (b"X-Maru-Session", conversation.token.encode())
    ])  # fmt: skip


def _as_session(conversation: Conversation, canary: Canary) -> httpx.Response:
    headers = [(b"X-Maru-Session", canary.value.encode())]
    return conversation.system.http.post("/api/v1/turns", json={"text": "안녕하세요"}, headers=headers)


def _broken_off(conversation: Conversation, canary: Canary) -> httpx.Response:
    """A recording whose sender goes away in its middle."""
    part = f'Content-Disposition: form-data; name="audio"; filename="{canary.value}.webm"'
    head = [
        "POST /api/v1/voice HTTP/1.1",
        f"Host: maru\r\nX-Maru-Session: {conversation.token}",
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000",
        f"\r\n--b\r\n{part}\r\n\r\n",
    ]
    _to_port(conversation, "\r\n".join(head).encode() + RECORDING[:3000] + canary.value.encode())
    return _get(conversation, "/api/v1/health")


def _no_http(conversation: Conversation, canary: Canary) -> httpx.Response:
    _to_port(conversation, f"{canary.value} {canary.value}\r\n\r\n".encode())
    return _get(conversation, "/api/v1/health")


def _to_port(conversation: Conversation, data: bytes) -> None:
    port = int(conversation.system.environment["MARU_PORT"])
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as opened:
        opened.sendall(data)


def _at_rasas_door(conversation: Conversation, canary: Canary) -> httpx.Response:
    """Somebody who found Rasa's port: without the secret, with it but no JSON, and where nothing is."""
    base = f"http://127.0.0.1:{conversation.system.environment['MARU_RASA_PORT']}"
    secret = {"Authorization": f"Bearer {conversation.system.secret('rasa_secret')}"}
    body = f'{{"sender": "{canary.value}", "text": "{canary.value}'.encode()
    with contextlib.suppress(httpx.HTTPError), httpx.Client(base_url=base, trust_env=False, timeout=10) as rasa:
        for headers in ({}, secret):
            rasa.post("/webhooks/maru/webhook", content=body, headers=headers)
        rasa.get(f"/{canary.value}", params={"text": canary.value})
        rasa.post("/webhooks/rest/webhook", json={"sender": "x", "message": canary.value})
    return _get(conversation, "/api/v1/health")


def _inside(conversation: Conversation, canary: Canary) -> httpx.Response:
    """What only Rasa may call, with what Rasa would never send."""
    secret = {"Authorization": f"Bearer {conversation.system.secret('rasa_secret')}"}
    http = conversation.system.http
    http.post("/internal/actions", json={"next_action": canary.value}, headers=secret)
    http.post("/internal/actions", content=canary.value.encode(), headers=secret)
    return http.post("/internal/embeddings", json={"texts": {"a": canary.value}}, headers=secret)


def _vote(conversation: Conversation, canary: Canary) -> httpx.Response:
    http, headers = conversation.system.http, conversation.headers
    http.post("/api/v1/feedback", json={"turn_id": canary.value, "value": "up"}, headers=headers)
    http.post("/api/v1/feedback", json={"turn_id": "a" * 32, "value": canary.value}, headers=headers)
    body = {"turn_id": conversation.token[:32], "value": "up", "entry_id": canary.value.lower()}
    return http.post("/api/v1/feedback", json=body, headers=headers)


MISHAPS: tuple[Callable[[Conversation, Canary], httpx.Response], ...] = (
    lambda c, canary: c.send(text=f"{canary.turns[0]} " * 150),
    lambda c, canary: c.send(text=" \n ", locale=canary.value),
    lambda c, canary: _json(c, f'{{"text": "{canary.value}", '.encode()),
    lambda c, canary: _json(c, f'{{"text": "{canary.value}"}}'.encode("cp949", "replace")),
    lambda c, canary: c.send(text=[canary.value], entry_id={canary.value: canary.value}),
    lambda c, canary: c.send(**{canary.value: canary.value}),
    lambda c, canary: _json(c, b"[" * 20_000 + canary.value.encode()),
    lambda c, canary: _json(c, canary.turns[0].encode(), **{"Content-Type": "text/plain"}),
    lambda c, canary: c.system.http.post("/api/v1/turns", data={"text": canary.value}, headers=c.headers),
    lambda c, canary: _get(c, "/api/v1/turns", params={"text": canary.value, canary.value: ""}, headers=c.headers),
    lambda c, canary: _get(c, "/", params={"lang": canary.value, "agency": canary.value}),
    lambda c, canary: _get(c, f"/api/v1/{canary.value}"),
    lambda c, canary: _get(c, f"/static/{canary.value}/{canary.value}.js"),
    _in_headers,
    _as_session,
    lambda c, canary: c.speak(RECORDING[:300], f"{canary.value}.webm", locale=canary.value),
    lambda c, canary: c.speak(f"{canary.turns[0]} ".encode() * 40, f"{canary.value}.wav"),
    lambda c, canary: c.speak(b"", canary.value),
    _broken_off,
    _no_http,
    _at_rasas_door,
    _inside,
    _vote,
    lambda c, canary: c.send(entry_id=canary.value),
    lambda c, canary: c.send(entry_id=re.sub("[^a-z0-9]", "-", canary.value.lower())),
    lambda c, canary: c.system.http.post("/api/v1/sessions", json={"agency": canary.value, "locale": canary.value}),
    lambda c, canary: c.system.http.put("/api/v1/session/consent", json={"consent": canary.value}, headers=c.headers),
    lambda c, canary: c.system.http.post("/api/v1/sessions", json={"audience": "staff"}, headers=[
        (b"Authorization", f"Bearer {canary.value}".encode())
    ]),
)  # fmt: skip


def without_javascript(soak: Soak) -> None:
    """The page's form, which shows the words again to whom they belong."""
    for _ in range(10):
        canary = soak.next_canary()
        fields = {"text": canary.turns[0], "session": canary.value, "locale": canary.value, canary.value: canary.value}
        soak.request(lambda fields=fields: soak.system.http.post("/", data=fields))  # type: ignore[misc]


def speak(soak: Soak, utterances: Iterable[tuple[bytes, str, str, Canary | None]]) -> None:
    """Spoken turns; what the recogniser makes of them goes the way of typed ones."""
    for number, (audio, name, locale, canary) in enumerate(utterances):
        conversation = soak.begin()
        if number % 2:
            soak.consent(conversation, canary)
        response = soak.request(lambda: conversation.speak(audio, name, locale=locale))  # noqa: B023
        if response is not None and response.status_code == 200 and canary:
            heard = re.sub(r"\D", "", response.json()["heard"]["text"])
            soak.heard += re.sub(r"\D", "", canary.value) in heard


def utterances(soak: Soak, randomness: Random) -> list[tuple[bytes, str, str, Canary | None]]:
    """Recordings in several formats: numbers said by a synthetic voice, the fixtures, and people of the clips."""
    made: list[tuple[bytes, str, str, Canary | None]] = []
    for number in range(9):
        frame, layout = list(SPOKEN.items())[number % len(SPOKEN)]
        value = layout.format(*(randomness.randint(1000, 9999) for _ in range(layout.count("{}"))))
        canary = Canary("spoken", (frame.format(value),), (value,), (value[4:],))
        soak.told.append(canary)
        made.append(
            (*_said(frame.format(", ".join(" ".join(p) for p in value.split("-"))), "en-us", number), "en", canary)
        )
    for number in range(3):
        canary = soak.next_canary()
        made.append((*_said(canary.turns[0], "ko", number), "ko", canary))
    recorded = [*sorted(AUDIO.glob("move-in.*"))[:4], *sorted(CLIPS.rglob("*.wav"))[:2]]
    return [*made, *((path.read_bytes(), path.name, "ko", None) for path in recorded)]


def _said(text: str, voice: str, number: int) -> tuple[bytes, str]:
    assert ESPEAK
    command = [ESPEAK, "-v", voice, "-s", "140", "--stdout", text]
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    container, codec = FORMATS[number % len(FORMATS)]
    out = io.BytesIO()
    rate = 48_000 if codec == "libopus" else 24_000
    with av.open(io.BytesIO(done.stdout), "r") as source, av.open(out, "w", format=container) as target:
        stream: Any = target.add_stream(codec, rate=rate)
        stream.layout = "mono"
        resampler = av.AudioResampler(format=stream.format.name, layout="mono", rate=rate)
        for frame in (*source.decode(audio=0), None):
            for resampled in resampler.resample(frame):
                target.mux(stream.encode(resampled))
        target.mux(stream.encode(None))
    return out.getvalue(), f"speech.{container}"


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Soak]:
    """A Maru of its own: few entries (the index is soon built), folders for everything it may write, DEBUG logs."""
    if ESPEAK is None:
        pytest.skip("espeak-ng is missing (make setup installs it)")
    folder = tmp_path_factory.mktemp("soak")
    for name in ("tmp", "home", "seeds/citizen"):
        (folder / name).mkdir(parents=True)
    for name in ("resident.yml", "passport.yml"):
        shutil.copy(ROOT / "data" / "faq" / "citizen" / name, folder / "seeds" / "citizen")
    running = start_system(folder / "var", **_settings(folder))
    try:
        running.wait_ready()
        yield Soak(running, canaries(Random(120)))
    finally:
        stop_system(running)


def _settings(folder: Path) -> dict[str, str]:
    return {
        "MARU_LOG_LEVEL": "DEBUG",
        "MARU_SEED_DIR": str(folder / "seeds"),
        "MARU_PORT": str(free_port()),
        "MARU_RASA_PORT": str(free_port()),
        "MARU_THREADS": "1",
        "MARU_SPEECH_QUEUE": "32",
        "MARU_SPEECH_TIMEOUT_S": "120",  # the machine may be busy with other things
        "TMPDIR": str(folder / "tmp"),
        "HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "home"),
    }


def test_when_hundreds_tell_personal_data_and_everything_breaks_then_none_of_it_is_found(soak: Soak) -> None:
    started = time.monotonic()
    system = soak.system
    folder = system.data_dir.parent
    recordings = utterances(soak, Random(7))
    with ThreadPoolExecutor(4) as pool:
        numbers = iter(range(1000))

        def hold(count: int) -> list[Future[None]]:
            return [pool.submit(converse, soak, next(numbers)) for _ in range(count)]

        speaking = pool.submit(speak, soak, recordings)
        forms = pool.submit(without_javascript, soak)
        _finished(hold(70))
        forms.result()
        _show("talked", started)

        assert {_core_limit(system.process.pid), *(_core_limit(system.pid_of(each)) for each in PROCESSES)} <= {0, 1}
        going_on = hold(40)
        os.kill(system.pid_of("bot.serve"), signal.SIGKILL)
        _finished(going_on)
        system.wait_ready(120)
        _show("Rasa was killed", started)

        with _full_disk([system.process.pid, *(system.pid_of(each) for each in PROCESSES)]):
            full = hold(20)
            _finished(full)
        soak.bad[:] = [each for each in soak.bad if not each.startswith("500")]  # a full disk may be told so
        _show("disk was full", started)

        going_on = hold(40)
        os.kill(system.pid_of("web.serve"), signal.SIGKILL)
        _finished([*going_on, speaking])
        system.wait_ready(120)
        _show("app was killed", started)

        going_on = hold(30)
        system.process.kill()
        system.process.wait()
        settings = {name: system.environment[name] for name in _settings(folder)}
        system.process = start_system(system.data_dir, **settings).process
        _finished(going_on)
        system.wait_ready(120)
        _show("supervisor was killed", started)
        _finished(hold(10))
    for module in PROCESSES:  # a crash of their own making, which leaves a core dump where that is allowed
        os.kill(system.pid_of(module), signal.SIGSEGV)
    time.sleep(1)
    stop_system(system)

    assert soak.bad == []
    assert soak.broken > 0
    assert soak.heard > 0
    assert _told_on(soak) == []
    assert [path for place in (ROOT, folder) for path in place.glob("core*") if path.is_file()] == []
    assert '"level": "DEBUG"' in (system.data_dir / "log" / "rasa.log").read_text("utf-8")
    wanted = folder.with_name(f"{folder.name}-canaries.txt")
    wanted.write_text("\n".join(sorted({each for canary in soak.told for each in canary.originals})), "utf-8")
    _show(f"{len(soak.told)} canaries, {soak.heard} heard right, {soak.broken} connections broken", started)
    scanned = _scan(wanted, folder)
    _show("scanned", started)
    assert scanned.returncode == 0, f"{scanned.stdout[-4000:]}\n{scanned.stderr[-2000:]}"
    planted = _plant(folder / "planted", soak.told)
    control = _scan(wanted, folder / "planted")
    assert control.returncode == 1, control.stdout
    found = [line for line in control.stdout.splitlines() if "찾는 값" in line]
    assert [file for file in planted if not any(line.startswith(str(file)) for line in found)] == []
    _show("control", started)


PROCESSES = ("web.serve", "bot.serve")


def _finished(futures: list[Future[None]]) -> None:
    for future in futures:
        future.result(timeout=300)


def _show(what: str, started: float) -> None:
    print(f"{time.monotonic() - started:6.1f} s  {what}", flush=True)


def _core_limit(pid: int) -> int:
    return resource.prlimit(pid, resource.RLIMIT_CORE)[1]


@contextlib.contextmanager
def _full_disk(pids: list[int]) -> Iterator[None]:
    """No file of these processes may grow beyond what every one of them has long passed."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    try:
        for pid, (_soft, hard) in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, hard))
        yield
    finally:
        for pid, limits in before.items():
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def _told_on(soak: Soak) -> list[tuple[str, tuple[str, ...], str]]:
    """Kept turns that hold a part of what was told in them: the kind, the words, and what was kept."""
    with contextlib.closing(sqlite3.connect(soak.system.data_dir / "maru.db")) as database:
        kept = database.execute("SELECT session, text FROM transcript_turn").fetchall()
    assert len(kept) > 100
    return [
        (canary.kind, canary.turns, text)
        for session, text in kept
        if (canary := soak.kept_of[session]) and any(part in text for part in (*canary.parts, *canary.originals))
    ]


def _scan(wanted: Path, *places: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from maru.cli.main import app; app()", "privacy", "scan", *map(str, places)]
    return subprocess.run(
        [*command, "--canaries", str(wanted)], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )


def _plant(folder: Path, told: list[Canary]) -> list[Path]:
    """Files that hold some of it: the scan must find them, or its silence would mean nothing."""
    folder.mkdir()
    values = {canary.kind: canary.value for canary in told}
    kinds = {"utf-8": "mobile", "cp949": "name", "utf-16-le": "address"}
    for encoding, kind in kinds.items():
        (folder / f"{encoding}.log").write_bytes(f"said: {values[kind]}\n".encode(encoding))
    with contextlib.closing(sqlite3.connect(folder / "kept.db")) as database, database:
        database.execute("CREATE TABLE kept (words TEXT)")
        database.execute("INSERT INTO kept VALUES (?)", (values["spoken phone"],))
    return sorted(folder.iterdir())
