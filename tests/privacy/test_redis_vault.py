"""The vault in Redis, against a real server: the conformance suite, what Redis gets to see, and how it fails."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from maru.settings import ROOT, Settings
from privacy import PrivacyError, Scrubber, ScrubFailed, SessionVault, VaultFull, VaultUnavailable
from privacy.canary import find_leaks
from privacy.open_vault import open_vault
from privacy.redis_vault import RedisVault
from tests.privacy.vault_conformance import MAX_VALUES, TTL_S, LetPass, VaultConformance
from tests.redis_server import RedisServer, a_server, needs_redis

pytestmark = needs_redis

KEY = bytes(range(32))
PATIENCE_S = 30.0  # the machine may be busy

# Keeps the same values as its sibling, in an order of its own, from the same moment on.
KEEP = """
import json, random, sys, time
from privacy.redis_vault import RedisVault
url, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
vault = RedisVault(url, key=bytes(range(32)), ttl_s=600, timeout_s=30)
values = [str(number) for number in range(count)]
random.Random(seed).shuffle(values)
print("ready", flush=True)
sys.stdin.readline()
print(json.dumps({value: vault.keep("shared", "번호", value, value) for value in values}), flush=True)
vault.close()
"""


@pytest.fixture(scope="module")
def running() -> Iterator[RedisServer]:
    with a_server() as server:
        yield server


@pytest.fixture
def server(running: RedisServer) -> RedisServer:
    """The running server, emptied."""
    with running.client() as client:
        client.flushall()
    return running


Open = Callable[..., RedisVault]


@pytest.fixture
def opened(server: RedisServer) -> Iterator[Open]:
    """Opens vaults as several app processes would."""
    vaults: list[RedisVault] = []

    def opened(*, key: bytes = KEY, ttl_s: float = TTL_S, timeout_s: float = PATIENCE_S, **more: int) -> RedisVault:
        vaults.append(RedisVault(server.url, key=key, ttl_s=ttl_s, timeout_s=timeout_s, **more))
        return vaults[-1]

    yield opened
    for vault in vaults:
        vault.close()


@pytest.fixture
def vault(opened: Open) -> RedisVault:
    return opened(max_values=MAX_VALUES)


class TestRedisVault(VaultConformance):
    @pytest.fixture
    def vault(self, opened: Open) -> RedisVault:
        return opened(max_values=MAX_VALUES)

    @pytest.fixture
    def let_pass(self, server: RedisServer) -> LetPass:
        """Takes that much from what Redis has left for each session, as waiting would."""

        def let_pass(seconds: float) -> None:
            with server.client() as client:
                for key in client.keys("*"):
                    client.pexpire(key, client.pttl(key) - round(seconds * 1000))

        return let_pass


def test_when_time_really_passes_then_redis_lets_the_session_go(opened: Open, server: RedisServer) -> None:
    vault = opened(ttl_s=0.2)
    vault.keep("s", "이름", "홍길동", "홍길동")
    with server.client() as client:
        (key,) = client.keys("*")
        assert 0 < client.pttl(key) <= 200
        time.sleep(0.25)
        assert client.exists(key) == 0
    assert vault.known("s") == []


def test_when_wiped_then_nothing_is_left_in_redis(opened: Open, server: RedisServer) -> None:
    vault = opened()
    vault.keep("s", "이름", "홍길동", "홍길동")
    vault.wipe("s")
    with server.client() as client:
        assert client.dbsize() == 0


def test_when_two_apps_share_a_key_then_they_share_sessions_and_else_they_dont(opened: Open) -> None:
    one, other, stranger = opened(), opened(), opened(key=bytes(32))
    placeholder = one.keep("s", "이름", "홍길동", "홍길동")
    assert other.resolve("s", placeholder) == "홍길동"
    assert other.keep("s", "이름", "홍길동", "홍길동") == placeholder
    assert stranger.known("s") == []
    other.wipe("s")
    assert one.known("s") == []


@pytest.mark.slow
def test_when_two_processes_keep_the_same_at_once_then_they_agree(server: RedisServer, opened: Open) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", KEEP, server.url, str(seed), "60"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for seed in (1, 2)
    ]  # fmt: skip
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    one, other = (json.loads(process.communicate(timeout=120)[0]) for process in started)
    assert one == other
    assert set(one.values()) == {f"<번호_{number}>" for number in range(1, 61)}
    assert {original: placeholder for placeholder, original in opened().known("shared")} == one


def test_when_processes_fill_a_session_then_together_they_keep_no_more_than_one_may(opened: Open) -> None:
    vaults = [opened(max_values=3), opened(max_values=3)]
    for number in range(3):
        vaults[number % 2].keep("s", "번호", str(number), str(number))
    for vault in vaults:
        with pytest.raises(VaultFull):
            vault.keep("s", "번호", "7", "7")


@pytest.mark.parametrize("before", [["김영희"], []], ids=["goes on", "begins"])
def test_when_a_session_is_wiped_and_told_anew_while_a_value_is_kept_then_the_value_joins_the_new(
    opened: Open, monkeypatch: pytest.MonkeyPatch, before: list[str]
) -> None:
    vault, other = opened(), opened()
    for value in before:
        vault.keep("s", "이름", value, value)
    commit = vault._commit

    def overtaken(*changes: Any) -> bool:
        monkeypatch.undo()
        other.wipe("s")
        other.keep("s", "이름", "박철수", "박철수")
        return commit(*changes)

    monkeypatch.setattr(vault, "_commit", overtaken)
    assert vault.keep("s", "이름", "홍길동", "홍길동") == "<이름_2>"
    assert vault.known("s") == [("<이름_1>", "박철수"), ("<이름_2>", "홍길동")]


TOLD = {
    "이름": "홍길동",
    "전화번호": "010-1234-5678",
    "주민등록번호": "900101-1234567",
    "주소": "서울특별시 중구 세종대로 110",
    "이메일": "gildong.hong@example.kr",
}
SESSION = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"


def test_when_redis_writes_all_it_can_then_nothing_of_a_conversation_can_be_read(
    server: RedisServer, opened: Open, tmp_path: Path
) -> None:
    vault = opened()
    placeholders = [vault.keep(SESSION, label, value, value) for label, value in TOLD.items()]
    with server.client() as client:
        client.save()  # dump.rdb beside the append-only files and the log
        (key,) = client.keys("*")
        (tmp_path / "key").write_bytes(key)
        (tmp_path / "dumped").write_bytes(client.dump(key))
        (tmp_path / "fields").write_bytes(repr(client.hgetall(key)).encode())
        (tmp_path / "slowlog").write_bytes(repr(client.slowlog_get(1000)).encode())
    assert (server.folder / "dump.rdb").stat().st_size > 500
    canaries = [*TOLD.values(), *TOLD, *placeholders, SESSION, KEY.hex()]
    assert find_leaks([server.folder, tmp_path], canaries) == []
    with server.client() as client:
        client.set("control", TOLD["전화번호"])
        client.save()
    assert find_leaks([server.folder], canaries), "the search finds what is there"


def test_when_values_differ_in_length_then_their_boxes_dont(server: RedisServer, opened: Open) -> None:
    vault = opened()
    for label, value in TOLD.items():
        vault.keep(label, label, value, value)
    with server.client() as client:
        sizes = {len(box) for key in client.keys("*") for name, box in client.hgetall(key).items() if name != b"secret"}
    assert len(sizes) == 1


def test_when_the_same_is_told_in_two_sessions_then_redis_cant_see_it(server: RedisServer, opened: Open) -> None:
    vault = opened()
    for session in "st":
        vault.keep(session, "이름", "홍길동", "홍길동")
    with server.client() as client:
        one, other = (client.hgetall(key) for key in client.keys("*"))
    assert set(one) & set(other) == {b"secret"}
    assert not set(one.values()) & set(other.values())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0, 2), at=st.integers(0, 91), flipped=st.integers(1, 255))
def test_when_a_byte_is_changed_then_nothing_is_believed(
    server: RedisServer, opened: Open, which: int, at: int, flipped: int
) -> None:
    vault = opened()
    vault.wipe("s")
    vault.keep("s", "이름", "홍길동", "홍길동")
    vault.keep("s", "전화번호", "01012345678", "010-1234-5678")
    with server.client() as client:
        (key,) = client.keys("*")
        name, box = sorted(client.hgetall(key).items())[which]
        changed = bytearray(box)
        changed[at % len(box)] ^= flipped
        client.hset(key, name, bytes(changed))
    _refuses(vault)
    vault.wipe("s")
    assert vault.known("s") == []


@pytest.mark.parametrize(
    "how", ["swapped", "renamed", "cut", "emptied", "no secret", "of another session", "another type", "added"]
)
def test_when_redis_was_tampered_with_then_nothing_is_believed(how: str, server: RedisServer, opened: Open) -> None:
    vault = opened()
    vault.keep("s", "이름", "홍길동", "홍길동")
    vault.keep("s", "이름", "김영희", "김영희")
    with server.client() as client:
        (key,) = client.keys("*")
        names = [name for name in client.hkeys(key) if name != b"secret"]
        boxes = client.hmget(key, names)
        if how == "swapped":
            client.hset(key, mapping=dict(zip(names, reversed(boxes), strict=True)))
        elif how == "renamed":
            client.hdel(key, names[0])
            client.hset(key, b"\0" * 32, boxes[0])
        elif how == "cut":
            client.hset(key, names[0], boxes[0][:10])
        elif how == "emptied":
            client.hset(key, names[0], b"")
        elif how == "no secret":
            client.hdel(key, "secret")
        elif how == "of another session":
            vault.keep("t", "이름", "박철수", "박철수")
            (theirs,) = (each for each in client.keys("*") if each != key)
            client.rename(theirs, key)
        elif how == "another type":
            client.delete(key)
            client.set(key, "홍길동")
        else:
            client.hset(key, "홍길동", "010-1234-5678")
    _refuses(vault)


def _refuses(vault: RedisVault) -> None:
    """Every question fails, and says no word of what was asked or is held."""
    questions: list[Callable[[], object]] = [
        lambda: vault.known("s"),
        lambda: vault.resolve("s", "<이름_1>"),
        lambda: vault.keep("s", "이름", "홍길동", "홍길동"),
    ]
    for question in questions:
        with pytest.raises(VaultUnavailable) as caught:
            question()
        assert isinstance(caught.value, PrivacyError)
        assert caught.value.__context__ is None
        assert not any(word in str(caught.value) for word in ("홍길동", "1234", "<"))


UTTERANCE = "제 번호는 010-1234-5678이고 이름은 홍길동이에요"


def test_when_redis_is_killed_in_mid_conversation_then_it_fails_closed_and_works_again_afterwards(
    scrubber: Scrubber, opened: Open, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with a_server() as doomed:
        vault = RedisVault(doomed.url, key=KEY, ttl_s=TTL_S, timeout_s=PATIENCE_S)
        monkeypatch.setattr(scrubber, "vault", vault)
        assert scrubber.scrub(UTTERANCE, "s").text == "제 번호는 <전화번호_1>이고 이름은 <이름_1>이에요"
        doomed.kill()
        for utterance in (UTTERANCE, "전입신고는 어디서 하나요?"):
            with pytest.raises(ScrubFailed) as caught:
                scrubber.scrub(utterance, "s")
            assert (caught.value.__cause__, caught.value.__context__) == (None, None)
        with pytest.raises(VaultUnavailable):
            vault.wipe("s")
        assert find_leaks([doomed.folder], ["010-1234-5678", "홍길동"]) == []
        for old in doomed.folder.glob("appendonlydir/*"):
            old.unlink()  # a city's Redis comes back empty
        doomed.start()
        assert scrubber.scrub(UTTERANCE, "s").text == "제 번호는 <전화번호_1>이고 이름은 <이름_1>이에요"
        assert vault.resolve("s", "<이름_1>") == "홍길동"
        vault.close()
    shown = capfd.readouterr()
    assert not any(word in shown.out + shown.err for word in ("홍길동", "010-1234"))


def test_when_redis_is_slow_then_it_fails_closed_in_time(
    scrubber: Scrubber, server: RedisServer, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = opened(timeout_s=0.2)
    vault.keep("s", "이름", "홍길동", "홍길동")
    monkeypatch.setattr(scrubber, "vault", vault)
    server.kill(signal.SIGSTOP)
    try:
        started = time.monotonic()
        with pytest.raises(ScrubFailed):
            scrubber.scrub(UTTERANCE, "s")
        assert time.monotonic() - started < 5
    finally:
        server.kill(signal.SIGCONT)
    assert "홍길동" in dict(opened().known("s")).values()


def test_when_redis_asks_for_a_password_then_a_wrong_one_fails_closed(server: RedisServer, opened: Open) -> None:
    with server.client() as client:
        client.config_set("requirepass", "geheim")
        try:
            right = RedisVault(f"{server.url}?password=geheim", key=KEY, ttl_s=TTL_S, timeout_s=PATIENCE_S)
            assert right.keep("s", "이름", "홍길동", "홍길동") == "<이름_1>"
            right.close()
            with pytest.raises(VaultUnavailable):
                opened().known("s")
        finally:
            client.config_set("requirepass", "")


def test_when_the_settings_name_a_redis_then_apps_with_one_data_folder_share_sessions(
    server: RedisServer, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, redis_url=SecretStr(server.url), scrub_timeout_s=PATIENCE_S)
    one, other = open_vault(settings), open_vault(settings)
    assert isinstance(one, RedisVault)
    assert isinstance(other, RedisVault)
    placeholder = one.keep("s", "이름", "홍길동", "홍길동")
    assert other.resolve("s", placeholder) == "홍길동"
    one.close()
    other.close()


def test_when_the_settings_name_none_then_it_is_process_memory(tmp_path: Path) -> None:
    assert isinstance(open_vault(Settings(data_dir=tmp_path / "var")), SessionVault)
    assert not (tmp_path / "var").exists()
