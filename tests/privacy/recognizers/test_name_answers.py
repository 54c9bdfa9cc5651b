from __future__ import annotations

import pytest

from privacy.kiwi_nlp_engine import KiwiNlpEngine
from privacy.recognizers.name_answers import find_name_answers


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["성함이 어떻게 되세요?", "서요", "이름까지요", "보람입니다"], ["서", "보람"]),
        (["예금주 성함은요?", "아내 이름이에요 봉선화"], ["봉선화"]),
        (["이름이 외자예요", "허", "준이요"], ["허", "준"]),
        (["영문 성을 알려 주세요", "CHOI"], ["CHOI"]),
        (["성부터 말씀해 주세요", "응우옌이고요", "네", "티 흐엉이에요"], ["응우옌", "티 흐엉"]),
        (["이름을 한 글자씩 말씀해 주세요", "최자", "네", "영자에", "네", "숙자요"], ["최자", "영자", "숙자"]),
        (["저 임이고요", "네", "재현인데요"], ["임", "재현"]),
        (["<이름_1>이고요", "상진이요"], ["상진"]),
        (["성함이 어떻게 되세요?", "남편이요"], []),
        (["성함이 어떻게 되세요?", "몰라요"], []),
        (["성함이 어떻게 되세요?", "왜요?"], []),
        (["도서관 이름이 뭐예요?", "한별이요"], []),
        (["서식 이름이요", "별지 제7호요"], []),
        (["어떤 민원이세요?", "이사요"], []),
    ],
)
def test_when_a_name_is_asked_for_then_its_parts_are_found(
    nlp_engine: KiwiNlpEngine, turns: list[str], expected: list[str]
) -> None:
    text = "\n".join(turns)
    artifacts = nlp_engine.read(text, deadline=float("inf"))
    assert [text[start:end] for start, end in find_name_answers(text, artifacts)] == expected
