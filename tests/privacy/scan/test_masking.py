from __future__ import annotations

import pytest

from privacy.scan.masking import mask


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("010-4827-3951", "010-****-**51"),
        ("01048273951", "010******51"),
        ("850315-2348761", "850***-*****61"),
        ("4518-4212-3456-7893", "451*-****-****-**93"),
        ("윤하늘별", "윤***"),
        ("홍길", "홍*"),
        ("haneul@test.kr", "h*****@****.**"),
        ("공일공 사팔이칠 삼구오일", "공** **** ****"),
        ("12가 3456", "1** ****"),
        ("1234", "1***"),
        ("", ""),
    ],
)
def test_when_a_value_is_shown_then_most_of_it_is_hidden(value: str, shown: str) -> None:
    assert mask(value) == shown
