"""The suite every vault passes: add a maker to ``MAKERS`` and the whole file runs for it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from privacy import SessionVault, Vault, VaultFull


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _in_memory(clock: Clock) -> Vault:
    return SessionVault(ttl_s=60, max_sessions=3, max_values=5, clock=clock)


MAKERS: dict[str, Callable[[Clock], Vault]] = {"memory": _in_memory}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=MAKERS)
def vault(request: pytest.FixtureRequest, clock: Clock) -> Vault:
    return MAKERS[request.param](clock)


def test_when_a_value_comes_again_then_its_placeholder_is_the_same(vault: Vault) -> None:
    first = vault.keep("s", "전화번호", "01012345678", "010-1234-5678")
    assert first == "<전화번호_1>"
    assert vault.keep("s", "전화번호", "01012345678", "01012345678") == first
    assert vault.keep("s", "전화번호", "01099998888", "01099998888") == "<전화번호_2>"
    assert vault.keep("s", "이름", "홍길동", "홍길동") == "<이름_1>"
    assert vault.resolve("s", first) == "010-1234-5678"


def test_when_another_session_asks_then_it_gets_nothing(vault: Vault) -> None:
    placeholder = vault.keep("s", "이름", "홍길동", "홍길동")
    assert vault.resolve("other", placeholder) is None


def test_when_a_session_has_told_values_then_only_it_knows_them_until_they_expire(vault: Vault, clock: Clock) -> None:
    placeholder = vault.keep("s", "이름", "홍길동", "홍길동")
    assert vault.known("s") == [(placeholder, "홍길동")]
    assert vault.known("other") == []
    clock.now += 61
    assert vault.known("s") == []


def test_when_a_session_is_wiped_then_only_it_is_forgotten(vault: Vault) -> None:
    mine = vault.keep("s", "이름", "홍길동", "홍길동")
    theirs = vault.keep("t", "이름", "김영희", "김영희")
    vault.wipe("s")
    vault.wipe("never known")
    assert vault.resolve("s", mine) is None
    assert vault.resolve("t", theirs) == "김영희"


def test_when_time_is_up_then_the_session_is_gone_without_a_sweep(vault: Vault, clock: Clock) -> None:
    placeholder = vault.keep("s", "이름", "홍길동", "홍길동")
    clock.now += 60
    assert vault.resolve("s", placeholder) is None
    assert vault.keep("s", "이름", "김영희", "김영희") == "<이름_1>"


def test_when_a_session_goes_on_then_its_time_is_renewed(vault: Vault, clock: Clock) -> None:
    placeholder = vault.keep("s", "이름", "홍길동", "홍길동")
    clock.now += 40
    vault.keep("s", "이름", "김영희", "김영희")
    clock.now += 40
    assert vault.resolve("s", placeholder) == "홍길동"


def test_when_it_is_swept_then_expired_sessions_are_counted(vault: Vault, clock: Clock) -> None:
    vault.keep("s", "이름", "홍길동", "홍길동")
    clock.now += 30
    vault.keep("t", "이름", "김영희", "김영희")
    clock.now += 30
    assert vault.sweep() == 1
    assert vault.sweep() == 0
    assert vault.resolve("t", "<이름_1>") == "김영희"


def test_when_there_are_too_many_sessions_then_the_longest_unused_goes(vault: Vault) -> None:
    for session in "abcd":
        vault.keep(session, "이름", "홍길동", "홍길동")
    assert vault.resolve("a", "<이름_1>") is None
    assert vault.resolve("d", "<이름_1>") == "홍길동"


def test_when_a_session_holds_too_much_then_it_refuses_without_naming_it(vault: Vault) -> None:
    for number in range(5):
        vault.keep("s", "번호", str(number), str(number))
    with pytest.raises(VaultFull) as caught:
        vault.keep("s", "번호", "7654321", "7654321")
    assert "7654321" not in str(caught.value)
    assert vault.keep("s", "번호", "0", "0") == "<번호_1>"


def test_when_threads_keep_at_once_then_every_value_has_one_placeholder(vault: Vault) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: vault.keep("s", "번호", str(n % 5), str(n % 5)), range(200)))
    assert len(set(made)) == 5


def test_when_it_is_printed_then_no_original_shows(vault: Vault) -> None:
    vault.keep("s", "이름", "홍길동", "홍길동")
    assert "홍길동" not in repr(vault)
