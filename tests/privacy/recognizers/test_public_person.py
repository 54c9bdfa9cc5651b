from __future__ import annotations

import pytest

from privacy.recognizers.public_person import is_public_figure, is_public_person


@pytest.mark.parametrize(
    ("text", "name", "public"),
    [
        ("이순신 장군 동상이 어디예요", "이순신", True),
        ("김철수 시장이 발표했어요", "김철수", True),
        ("가수 박새벽 콘서트 교통 통제", "박새벽", True),
        ("박노수미술관 휴관일", "박노수", True),
        ("윤동주 시를 좋아해요", "윤동주", True),
        ("제 이름은 윤동주입니다", "윤동주", False),
        ("환자 이순신 님 앞으로", "이순신", False),
        ("김철수 씨 앞으로", "김철수", False),
        ("김철수 시장상인회에서 왔어요", "김철수", False),
    ],
)
def test_when_a_name_stands_in_a_public_role_then_it_is_public(text: str, name: str, public: bool) -> None:
    start = text.index(name)
    assert is_public_person(text, start, start + len(name)) is public


def test_when_only_the_role_is_public_then_nobody_is_a_known_figure() -> None:
    assert not is_public_figure("김철수 시장이", 0, 3)
