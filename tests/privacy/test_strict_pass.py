from __future__ import annotations

from pathlib import Path

import pytest

from privacy.strict_pass import MAX_CHARS, StrictPass
from tests.privacy.published import strict_pass

PHRASES = Path(__file__).parent / "phrases"
HARMLESS = (PHRASES / "harmless.txt").read_text("utf-8").splitlines()
SLIPPED = (PHRASES / "slipped.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def strict() -> StrictPass:
    return strict_pass()


def test_when_phrases_are_harmless_then_few_are_lost(strict: StrictPass) -> None:
    lost = {phrase: reason for phrase in HARMLESS if (reason := strict.reason(phrase))}
    assert len(HARMLESS) == 300
    assert len(lost) <= 0.15 * len(HARMLESS), lost


@pytest.mark.parametrize("phrase", SLIPPED)
def test_when_something_personal_slipped_through_the_scrubber_then_the_phrase_is_dropped(
    strict: StrictPass, phrase: str
) -> None:
    assert strict.reason(phrase) is not None


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("전입신고 어떻게 해요", None),
        ("제 번호는 <전화번호_1>인데 전입신고 어떻게 해요", None),
        ("<이름_1> 이름으로 등본 떼 주세요", None),
        ("은방울꽃 <이름_1> 모임이요", "name"),
        ("가" * (MAX_CHARS + 1), "too_long"),
        ("전입신고 a@b", "sign"),
        ("전입신고 gov.kr/x", "sign"),
        ("전입신고 [서울](city)", "sign"),
        ("전입신고\n신고", None),
        ("전입신고 1234", "digits"),
        ("전입신고 12 34", "digits"),
        ("전입신고 일이삼사", "digits"),
        ("전입신고 천 오백", "digits"),
        ("전입신고 101호", "address"),
        ("전입신고 zyxwv", "latin"),
        ("", None),
    ],
)
def test_when_a_phrase_is_looked_at_then_the_reason_is_named(
    strict: StrictPass, phrase: str, reason: str | None
) -> None:
    assert strict.reason(phrase) == reason


def test_when_nothing_is_published_then_almost_nothing_passes() -> None:
    assert StrictPass([]).reason("전입신고 서류") == "name"
