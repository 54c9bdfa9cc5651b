"""The vault in process memory: the conformance suite, and what only it does."""

from __future__ import annotations

import gc
import weakref

import pytest

from privacy import SessionVault
from tests.privacy.vault_conformance import MAX_VALUES, TTL_S, LetPass, VaultConformance


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


class TestSessionVault(VaultConformance):
    @pytest.fixture
    def vault(self, clock: Clock) -> SessionVault:
        return SessionVault(ttl_s=TTL_S, max_values=MAX_VALUES, clock=clock)

    @pytest.fixture
    def let_pass(self, clock: Clock) -> LetPass:
        def let_pass(seconds: float) -> None:
            clock.now += seconds

        return let_pass


def test_when_it_is_swept_then_expired_sessions_are_counted(clock: Clock) -> None:
    vault = SessionVault(ttl_s=60, clock=clock)
    for session in "abc":
        vault.keep(session, "이름", "홍길동", "홍길동")
    clock.now += 60
    assert vault.sweep() == 3
    assert len(vault) == 0


def test_when_there_are_too_many_sessions_then_the_longest_unused_goes() -> None:
    vault = SessionVault(ttl_s=60, max_sessions=3)
    for session in "abcd":
        vault.keep(session, "이름", "홍길동", "홍길동")
    assert vault.resolve("a", "<이름_1>") is None
    assert vault.resolve("d", "<이름_1>") == "홍길동"


class Original(str):
    """A text that can be watched going."""


@pytest.mark.parametrize("how", ["wiped", "swept", "asked for", "told another"])
def test_when_its_time_is_up_then_the_original_is_gone_from_memory(how: str, clock: Clock) -> None:
    vault = SessionVault(ttl_s=60, clock=clock)
    original = Original("홍길동")
    watched = weakref.ref(original)
    vault.keep("s", "이름", "홍길동", original)
    del original
    assert watched() is not None
    clock.now += 60
    if how == "wiped":
        vault.wipe("s")
    elif how == "swept":
        vault.sweep()
    elif how == "asked for":
        assert vault.known("s") == []
    else:
        vault.keep("s", "이름", "김영희", "김영희")
    gc.collect()
    assert watched() is None
