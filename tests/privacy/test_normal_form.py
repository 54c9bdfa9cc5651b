from __future__ import annotations

import pytest

from privacy.kinds import PersonalKind
from privacy.normal_form import normal_form


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        (
            PersonalKind.PHONE,
            [
                "010-1234-5678",
                "01012345678",
                "공일공 일이삼사 오육칠팔",
                "０１０ １２３４ ５６７８",
                "82 10-1234-5678",
                "010 천이백삼십사 오천육백칠십팔",
            ],
        ),
        (PersonalKind.EMAIL, ["Hong@Daum.net", "hong @ daum.net", "hong 골뱅이 다음 닷 net"]),
        (PersonalKind.NAME, ["홍길동", "홍 길 동"]),
        (PersonalKind.PLATE, ["12가3456", "12가 3456", "12 가-3456"]),
    ],
)
def test_when_one_value_is_spelled_in_several_ways_then_its_form_is_one(
    kind: PersonalKind, spellings: list[str]
) -> None:
    assert len({normal_form(kind, spelling) for spelling in spellings}) == 1


def test_when_two_values_differ_then_their_forms_do() -> None:
    assert normal_form(PersonalKind.PHONE, "010-1234-5678") != normal_form(PersonalKind.PHONE, "010-1234-5679")
