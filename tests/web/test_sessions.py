from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maru.clock import SystemClock
from web.sessions import LIFETIME, SessionTokens, UnknownSessionError


class AClock(SystemClock):
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


CLOCK = AClock()
TOKENS = SessionTokens("a secret", CLOCK)
SESSION = TOKENS.issue("citizen", "ko")
OF_A_DISTRICT = TOKENS.issue("citizen", "ko", "마포")


def refused(token: str | None, tokens: SessionTokens = TOKENS) -> bool:
    try:
        tokens.read(token)
    except UnknownSessionError:
        return True
    return False


@pytest.mark.parametrize("audience", ["citizen", "staff"])
@pytest.mark.parametrize("locale", ["ko", "en"])
def test_when_a_token_is_issued_then_every_process_with_the_secret_reads_it(audience: str, locale: str) -> None:
    session = TOKENS.issue(audience, locale)  # type: ignore[arg-type]
    assert SessionTokens("a secret", CLOCK).read(session.token) == session
    assert (session.audience, session.locale) == (audience, locale)
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", session.key)
    assert re.fullmatch(r"[A-Za-z0-9_.-]+", session.token)


@pytest.mark.parametrize("agency", ["city", "mapo", "마포구", "a.b c/" + "가" * 34])
def test_when_an_agency_is_named_then_the_token_carries_it(agency: str) -> None:
    session = TOKENS.issue("staff", "en", agency)
    assert TOKENS.read(session.token) == session
    assert session.agency == agency
    assert re.fullmatch(r"[A-Za-z0-9_.-]+", session.token)


def test_when_an_agency_is_put_into_a_token_or_taken_out_then_it_is_unknown() -> None:
    key, audience, locale, issued, signature = SESSION.token.split(".")
    *_, named, of_district = OF_A_DISTRICT.token.split(".")
    body = f"{key}.{audience}.{locale}.{issued}"
    assert refused(f"{body}.{named}.{signature}")
    assert refused(f"{body}.{named}.{of_district}")
    assert refused(OF_A_DISTRICT.token.replace(f".{named}.", "."))
    assert refused(OF_A_DISTRICT.token.replace(f".{named}.", ".A."))
    assert refused(OF_A_DISTRICT.token.replace(f".{named}.", ".____."))


def test_when_many_are_issued_then_no_two_are_alike() -> None:
    assert len({TOKENS.issue("citizen", "ko").key for _ in range(500)}) == 500


def test_when_the_secret_is_another_then_the_token_is_unknown() -> None:
    assert refused(SESSION.token, SessionTokens("another secret", CLOCK))
    assert refused(SESSION.token, SessionTokens("a secret ", CLOCK))


@pytest.mark.parametrize(
    ("age", "known"),
    [
        (timedelta(0), True),
        (LIFETIME - timedelta(seconds=1), True),
        (LIFETIME, True),
        (LIFETIME + timedelta(seconds=1), False),
        (timedelta(days=400), False),
    ],
)
def test_when_a_day_has_passed_then_the_token_is_unknown(age: timedelta, known: bool) -> None:
    clock = AClock()
    tokens = SessionTokens("a secret", clock)
    token = tokens.issue("citizen", "ko").token
    clock.moment += age
    assert refused(token, tokens) is not known


@pytest.mark.parametrize(
    "token",
    [
        *(
            None,
            "",
            " ",
            ".",
            "....",
            "token",
            SESSION.key,
            SESSION.token + " ",
            SESSION.token + "\n",
            " " + SESSION.token,
        ),
        SESSION.token.replace(".citizen.", ".staff."),
        SESSION.token.replace(".ko.", ".en."),
        SESSION.token.replace(".citizen.", ".admin."),
        SESSION.token.rsplit(".", 1)[0] + ".",
        SESSION.token.rsplit(".", 1)[0] + "." + "A" * 43,
        re.sub(r"\.(\d+)\.", lambda found: f".{int(found[1]) + 1}.", SESSION.token),
        re.sub(r"\.(\d+)\.", r".0\1.", SESSION.token),
        # The same digits in another script, full-width letters: they must not get past the pattern.
        SESSION.token.translate({ord("0") + n: 0x660 + n for n in range(10)}),
        SESSION.token.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
        SESSION.token.replace(".ko.", ".ｋｏ."),
        "가" * 120,
        "a" * 100_000,
    ],
    ids=lambda token: str(token)[:12],
)
def test_when_a_token_was_changed_then_it_is_unknown(token: str | None) -> None:
    assert refused(token)


@given(st.sampled_from([SESSION.token, OF_A_DISTRICT.token]), st.integers(0, 999), st.characters())
def test_when_any_character_is_changed_then_the_token_is_unknown(token: str, at: int, other: str) -> None:
    at %= len(token)
    changed = token[:at] + other + token[at + 1 :]
    assert refused(changed) == (changed != token)


@given(st.text())
def test_when_a_token_is_made_up_then_it_is_unknown(token: str) -> None:
    assert refused(token)


@given(
    st.binary(min_size=24, max_size=24),
    st.sampled_from(["citizen", "staff"]),
    st.sampled_from(["ko", "en"]),
    st.integers(0, 10**11),
    st.binary(min_size=32, max_size=32),
)
def test_when_a_token_is_forged_in_the_right_form_then_it_is_unknown(
    key: bytes, audience: str, locale: str, issued: int, signature: bytes
) -> None:
    name, signed = (base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (key, signature))
    assert refused(f"{name}.{audience}.{locale}.{issued}.{signed}")


def test_when_a_part_comes_from_another_token_then_it_is_unknown() -> None:
    one, other = TOKENS.issue("citizen", "ko"), TOKENS.issue("staff", "ko")
    *body, _signature = one.token.split(".")
    assert refused(".".join([*body, other.token.split(".")[-1]]))
