from __future__ import annotations

import pytest

from privacy.kinds import PersonalKind
from privacy.number_topics import kind_named, kind_right_before, read_topics


@pytest.mark.parametrize(
    ("turns", "kind"),
    [
        ("연락처가 어떻게 되세요?\n5678", PersonalKind.PHONE),
        ("차 번호 불러 주세요\n12가\n네\n3456", PersonalKind.PLATE),
        ("<주민등록번호_1>이고요\n뒷자리도요\n2345678", PersonalKind.RRN),
        ("뒤에 네 자리는요?\n2276", PersonalKind.PHONE),
        ("구청 대표번호 좀요\n351-6114", None),
        ("버스 뭐 타요?\n칠공일구", None),
        ("연락처요?\n나중에요\n몇 시까지 해요?\n18", None),
    ],
)
def test_when_turns_go_before_then_they_say_what_the_last_may_be_a_part_of(
    turns: str, kind: PersonalKind | None
) -> None:
    topic = read_topics(turns)[-1][2]
    assert (topic and topic.kind) == kind


def test_when_a_label_is_near_then_its_kind_is_known() -> None:
    text = "제 계좌번호는 123"
    assert kind_named(text) is PersonalKind.ACCOUNT
    assert kind_right_before(text, text.index("1")) is PersonalKind.ACCOUNT
    assert kind_right_before("계좌 없이 123", 6) is None
