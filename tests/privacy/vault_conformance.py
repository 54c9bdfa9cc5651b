"""What every vault must do. Inherit the class, override ``vault`` and ``let_pass``, and the suite is yours.

A vault under test keeps a session ``TTL_S`` seconds and ``MAX_VALUES`` values in each.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy import Scrubber, SessionVault, Vault, VaultFull
from privacy.echo import restore

TTL_S = 60
MAX_VALUES = 5

LetPass = Callable[[float], None]

labels = st.sampled_from(["이름", "전화번호", "주소"])
values = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
steps = st.one_of(
    st.tuples(st.just("keep"), st.sampled_from("st"), labels, values),
    st.tuples(st.just("wipe"), st.sampled_from("st"), labels, values),
)


class VaultConformance:
    """The suite. A vault's own test class overrides the fixtures."""

    @pytest.fixture
    def vault(self) -> Vault:
        raise NotImplementedError

    @pytest.fixture
    def let_pass(self) -> LetPass:
        """Lets that many seconds pass for the vault."""
        raise NotImplementedError

    def test_when_a_value_comes_again_then_its_placeholder_is_the_same(self, vault: Vault) -> None:
        first = vault.keep("s", "전화번호", "01012345678", "010-1234-5678")
        assert first == "<전화번호_1>"
        assert vault.keep("s", "전화번호", "01012345678", "01012345678") == first
        assert vault.keep("s", "전화번호", "01099998888", "01099998888") == "<전화번호_2>"
        assert vault.keep("s", "이름", "홍길동", "홍길동") == "<이름_1>"
        assert vault.resolve("s", first) == "010-1234-5678"

    def test_when_another_session_asks_then_it_gets_nothing(self, vault: Vault) -> None:
        placeholder = vault.keep("s", "이름", "홍길동", "홍길동")
        assert vault.resolve("other", placeholder) is None
        assert vault.known("other") == []

    def test_when_a_session_has_told_values_then_it_knows_them_until_they_expire(
        self, vault: Vault, let_pass: LetPass
    ) -> None:
        placeholder = vault.keep("s", "이름", "홍길동", "홍길동")
        assert vault.known("s") == [(placeholder, "홍길동")]
        let_pass(TTL_S + 1)
        assert vault.known("s") == []

    def test_when_a_session_is_wiped_then_only_it_is_forgotten(self, vault: Vault) -> None:
        mine = vault.keep("s", "이름", "홍길동", "홍길동")
        theirs = vault.keep("t", "이름", "김영희", "김영희")
        vault.wipe("s")
        vault.wipe("never known")
        assert vault.resolve("s", mine) is None
        assert vault.resolve("t", theirs) == "김영희"
        assert vault.keep("s", "이름", "김철수", "김철수") == "<이름_1>"

    def test_when_time_is_up_then_the_session_is_gone_without_a_sweep(self, vault: Vault, let_pass: LetPass) -> None:
        placeholder = vault.keep("s", "이름", "홍길동", "홍길동")
        let_pass(TTL_S)
        assert vault.resolve("s", placeholder) is None
        assert vault.keep("s", "이름", "김영희", "김영희") == "<이름_1>"

    @pytest.mark.parametrize("value", ["김영희", "홍길동"], ids=["another value", "the same value"])
    def test_when_a_session_goes_on_then_its_time_is_renewed(self, vault: Vault, let_pass: LetPass, value: str) -> None:
        placeholder = vault.keep("s", "이름", "홍길동", "홍길동")
        let_pass(TTL_S * 2 / 3)
        vault.keep("s", "이름", value, value)
        let_pass(TTL_S * 2 / 3)
        assert vault.resolve("s", placeholder) == "홍길동"

    def test_when_a_session_only_asks_then_its_time_isnt_renewed(self, vault: Vault, let_pass: LetPass) -> None:
        placeholder = vault.keep("s", "이름", "홍길동", "홍길동")
        let_pass(TTL_S * 2 / 3)
        assert vault.resolve("s", placeholder) == "홍길동"
        assert vault.known("s")
        let_pass(TTL_S * 2 / 3)
        assert vault.resolve("s", placeholder) is None

    def test_when_it_is_swept_then_what_lives_stays(self, vault: Vault, let_pass: LetPass) -> None:
        vault.keep("s", "이름", "홍길동", "홍길동")
        let_pass(TTL_S / 2)
        vault.keep("t", "이름", "김영희", "김영희")
        let_pass(TTL_S / 2)
        vault.sweep()
        assert vault.sweep() == 0
        assert vault.resolve("s", "<이름_1>") is None
        assert vault.resolve("t", "<이름_1>") == "김영희"

    def test_when_a_session_holds_too_much_then_it_refuses_without_naming_it(self, vault: Vault) -> None:
        for number in range(MAX_VALUES):
            vault.keep("s", "번호", str(number), str(number))
        with pytest.raises(VaultFull) as caught:
            vault.keep("s", "번호", "7654321", "7654321")
        assert "7654321" not in str(caught.value)
        assert vault.keep("s", "번호", "0", "0") == "<번호_1>"

    def test_when_threads_keep_at_once_then_every_value_has_one_placeholder(self, vault: Vault) -> None:
        def keep(turn: int) -> tuple[str, str]:
            value = str(turn % MAX_VALUES)
            return value, vault.keep("s", "번호", value, value)

        with ThreadPoolExecutor(8) as pool:
            made = set(pool.map(keep, range(100)))
        assert {placeholder for _, placeholder in made} == {f"<번호_{number}>" for number in range(1, MAX_VALUES + 1)}
        assert made == {(original, placeholder) for placeholder, original in vault.known("s")}

    # Several classes run this, each with a vault of its own.
    @settings(
        max_examples=40,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    )
    @given(st.lists(steps, max_size=12))
    def test_when_anything_is_kept_and_wiped_then_it_answers_as_a_fresh_vault_in_memory_does(
        self, vault: Vault, told: list[tuple[str, str, str, str]]
    ) -> None:
        model = SessionVault(ttl_s=TTL_S, max_values=MAX_VALUES)
        sessions = {name: f"{name}-{uuid4()}" for name in "st"}
        for step, name, label, value in told:
            if step == "wipe":
                model.wipe(name)
                vault.wipe(sessions[name])
            else:
                assert _kept(vault, sessions[name], label, value) == _kept(model, name, label, value)
            for each, session in sessions.items():
                assert sorted(vault.known(session)) == sorted(model.known(each))
                for placeholder, original in model.known(each):
                    assert vault.resolve(session, placeholder) == original

    def test_when_it_is_printed_or_logs_then_neither_original_nor_session_shows(
        self, vault: Vault, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            vault.keep("session-4711", "이름", "홍길동", "홍길동")
            vault.known("session-4711")
            vault.wipe("session-4711")
        shown = (
            repr(vault) + caplog.text + repr([record.args for record in caplog.records]) + "".join(capfd.readouterr())
        )
        assert "홍길동" not in shown
        assert "4711" not in shown

    def test_when_a_scrubber_works_with_it_then_pseudonyms_are_stable_and_come_back(
        self, vault: Vault, scrubber: Scrubber, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(scrubber, "vault", vault)
        first = scrubber.scrub("제 번호는 010-1234-5678이에요", "s")
        again = scrubber.scrub("공일공 일이삼사 오육칠팔로 전화 주세요", "s")
        assert (first.text, again.text) == ("제 번호는 <전화번호_1>이에요", "<전화번호_1>로 전화 주세요")
        assert restore(first.text, "s", vault) == "제 번호는 010-1234-5678이에요"


def _kept(vault: Vault, session: str, label: str, value: str) -> str:
    try:
        return vault.keep(session, label, value, value)
    except VaultFull:
        return "full"
