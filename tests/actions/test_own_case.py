from __future__ import annotations

import pytest

from actions.own_case import is_own_case


@pytest.mark.parametrize(
    "text",
    [
        "제 신청 결과 나왔어요?",
        "제가 지난달에 넣은 임대주택 신청, 지금 몇 번째인지 봐 주실 수 있어요?",
        "우리 집 재산세 얼마 나왔는지 지금 불러줘",
        "내 신청서 취소해줘 지금 당장",
        "어린이집 대기 우리 애 지금 몇 번이에요",
        "저번에 얘기한 건인데 그거 됐어요?",
        "접수 결과 확인해 줘",
        "복지카드 발급 신청한 거 어디쯤 왔어요, 배송 중인가요?",
        "제가 보낸 서류가 잘 도착했는지 확인해 주시겠습니까?",
        "Has my application been approved yet?",
        "Can you check my case?",
    ],
)
def test_when_somebody_asks_about_their_own_file_then_it_is_known(text: str) -> None:
    assert is_own_case(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "전입신고는 어떻게 하나요?",
        "임대주택 대기 순번은 어떤 기준으로 정해지나요?",
        "여권을 만들려면 무엇이 필요한가요",
        "가로등 고쳐 주세요",
        "불법 주차 신고",
        "How do I renew a passport?",
        "강릉시 시립수영장 몇 시에 문 열어요?",
    ],
)
def test_when_a_question_is_about_how_things_work_then_it_is_nobodys_own_case(text: str) -> None:
    assert not is_own_case(text)
