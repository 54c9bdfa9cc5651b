from __future__ import annotations

from collections.abc import Callable

import pytest

from privacy.recognizers.case_number import CaseNumberRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="module")
def recognizer() -> CaseNumberRecognizer:
    return CaseNumberRecognizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("문서확인번호 1711-5123-4567-8901로 확인", ["1711-5123-4567-8901"]),
        ("전자납부번호 11010-1-20-24-6-0123456-7로", ["11010-1-20-24-6-0123456-7"]),
        ("민원 신청번호 1AA-2403-0123456 어떻게 됐어요", ["1AA-2403-0123456"]),
        ("사건번호 2023가단12345 문의", ["2023가단12345"]),
        ("접수번호 20240012345 처리됐나요", ["20240012345"]),
        ("행정심판 2024-행심-0482이고", ["2024-행심-0482"]),
        ("위반번호 A240918-4471 이의신청", ["A240918-4471"]),
        ("예약번호 YEY-9K3M2로", ["YEY-9K3M2"]),
        ("대기 번호가 B-0417이래요", ["B-0417"]),
        ("접수증에 제2025-00384호라고 찍혀 있어요", ["2025-00384"]),
        ("이공이사 가단 삼만오천이백일이에요", ["이공이사 가단 삼만오천이백일"]),
        (
            "신문고 번호 일에이에이 다시 이오공사 다시 공칠삼팔이일육입니다",
            ["일에이에이 다시 이오공사 다시 공칠삼팔이일육"],
        ),
        ("문자로 온 접수번호 케이 이오 다시 구공칠일인데", ["케이 이오 다시 구공칠일"]),
        ("아까 접수한 거 삼천이백칠번이에요", ["삼천이백칠"]),
        ("접수번호 알려 주세요\n2AA-2409\n하이픈 뒤에도요\n0417382요", ["2AA-2409", "0417382"]),
        ("대기번호 37번이세요", []),
        ("그만두기 전 18개월 동안 신고한 날이 180일 이상", []),
        ("접수번호를 모르겠어요", []),
        ("신청번호 서울복지-2024-10983 조회", ["서울복지-2024-10983"]),
        ("문자엔 N-20241203-9라고만 왔어요", ["N-20241203-9"]),
        ("서울시공고-2024-1234 보여 주세요", []),
        ("접수 기간이 3/15~4/30 맞나요", []),
        ("시청 민원실 공이 이일삼삼 칠구공공 맞습니까", []),
        ("공고 제2024-1234호", []),
        ("제19234호로 개정", []),
    ],
)
def test_when_case_numbers_stand_in_a_text_then_they_alone_are_found(
    finds: Finds, recognizer: CaseNumberRecognizer, text: str, expected: list[str]
) -> None:
    assert finds(recognizer, text) == expected
