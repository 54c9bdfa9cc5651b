from __future__ import annotations

import unicodedata

import pytest

from privacy.scan.forms import forms


@pytest.mark.parametrize(
    ("original", "name", "text"),
    [
        ("010-4827-3951", "raw", "010-4827-3951"),
        ("010-4827-3951", "digits", "01048273951"),
        ("010-4827-3951", "separators", "010 4827 3951"),
        ("010-4827-3951", "separators", "010.4827.3951"),
        ("01048273951", "separators", "010-4827-3951"),
        ("0212345678", "separators", "02-1234-5678"),
        ("8503152348761", "separators", "850315-2348761"),
        ("4518421234567893", "separators", "4518 4212 3456 7893"),
        ("010-4827-3951", "abroad", "82-10-4827-3951"),
        ("010-4827-3951", "abroad", "821048273951"),
        ("010-4827-3951", "abroad", "82 10-4827-3951"),
        ("010-4827-3951", "spoken", "공일공 사팔이칠 삼구오일"),
        ("01048273951", "spoken", "공일공사팔이칠삼구오일"),
        ("010-4827-3951", "spoken", "영일영에 사팔이칠에 삼구오일"),
        ("010-4827-3951", "spoken", "제로일제로 사팔이칠 삼구오일"),
        ("010-4827-3951", "spoken", "공 일 공 사 팔 이 칠 삼 구 오 일"),
        ("010-4827-3951", "spoken", "공하나공 넷여덟둘일곱 셋아홉다섯하나"),
        ("010-4827-3951", "spoken", "공 하나 공 넷 여덟 둘 일곱 셋 아홉 다섯 하나"),
        ("010-4827-3951", "spoken", "010 사팔이칠 삼구오일"),
        ("010-4827-3951", "full-width", "０１０－４８２７－３９５１"),
        ("윤하늘별", "nfd", unicodedata.normalize("NFD", "윤하늘별")),
        (unicodedata.normalize("NFD", "윤하늘별"), "raw", "윤하늘별"),
        ("윤 하늘별", "bare", "윤하늘별"),
        ("haneul@test.kr", "full-width", "ｈａｎｅｕｌ＠ｔｅｓｔ．ｋｒ"),
    ],
)
def test_when_a_value_has_other_spellings_then_they_are_looked_for(original: str, name: str, text: str) -> None:
    assert (name, text) in forms(original)


@pytest.mark.parametrize("original", ["010-4827-3951", "윤하늘별", "haneul@test.kr", "1234"])
def test_when_listed_then_no_spelling_stands_twice_and_the_own_one_comes_first(original: str) -> None:
    found = forms(original)
    assert found[0] == ("raw", original)
    assert len({form.text for form in found}) == len(found)
