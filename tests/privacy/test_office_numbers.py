from __future__ import annotations

import pytest

from privacy.kiwi_nlp_engine import KiwiNlpEngine


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("구청 대표번호 02-351-6114로 걸었어요", []),
        ("구청 대표번호는 02-351-6114입니다\n삼오일에 육일일사?", []),
        ("(032)567-4190에서 자꾸 상담이라고 전화 와요", ["032-567-4190"]),
        ("우리 집 02-351-6114로 문의 주세요", ["02-351-6114"]),
        ("120에 전화했어요", []),
        ("여권 엠 1588 2188", ["1588-2188"]),
        ("계좌번호요?\n110", ["110"]),
    ],
)
def test_when_a_number_is_an_offices_then_it_is_not_personal(text: str, personal: list[str]) -> None:
    assert [chain.canonical for chain in KiwiNlpEngine().process_text(text, "ko").chains] == personal
