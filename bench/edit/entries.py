"""FAQ entries of an imagined country, as many as wanted: always the same ones, no two alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from knowledge.entry import Entry

_FIRST = ("가람", "나래", "다솜", "라온", "마루", "보람", "새별", "아라", "한울", "해솔")
_SECOND = ("동", "읍", "면", "마을", "지구", "신도시", "항구", "언덕", "나루", "벌")
_SERVICES = (
    "주민등록등본",
    "여권",
    "대형폐기물",
    "무료 예방접종",
    "거주자 우선주차",
    "도서관 회원증",
    "체육관 수강",
    "전기차 충전소",
    "반려동물 등록",
    "상수도 요금",
    "청년 월세 지원",
    "어르신 일자리",
    "공영 텃밭",
    "자전거 대여",
    "건축 허가",
    "음식점 영업신고",
    "장난감 도서관",
    "다자녀 할인",
    "마을버스 노선",
    "가로등 고장",
)
_ASPECTS = (
    ("어떻게 신청하나요", "신청 방법", "신청하려면", "신청서를 내면 됩니다"),
    ("비용이 얼마인가요", "수수료", "돈이 얼마나 드나요", "정해진 요금을 냅니다"),
    ("언제까지 해야 하나요", "기한", "며칠 안에 하나요", "정해진 기한 안에 합니다"),
    ("무엇을 가져가야 하나요", "준비물", "필요한 서류", "신분증을 가져갑니다"),
    ("어디로 문의하나요", "담당 부서", "전화번호", "담당 부서로 전화합니다"),
)


def generated_entries(count: int) -> list[Entry]:
    """The first ``count`` of 10,000 Korean entries for citizens, each with three variants: five vectors an entry."""
    return list(islice(_entries(), count))


def _entries() -> Iterator[Entry]:
    # The service varies fastest: few entries already speak of many things.
    for first, second, aspect, service in product(_FIRST, _SECOND, _ASPECTS, _SERVICES):
        asked, noun, plain, told = aspect
        place = first + second
        number = (_FIRST.index(first) * len(_SECOND) + _SECOND.index(second)) * len(_ASPECTS) + _ASPECTS.index(aspect)
        yield Entry(
            entry_id=f"generated-{number:03}-{_SERVICES.index(service):02}",
            question=f"{place} {service} {asked}?",
            variants=(f"{place} {service} {noun}", f"{service} {plain} {place}", f"{place}에서 {service} {asked}"),
            answer=f"{place} {service}: {told}. 접수 창구는 {number % 9 + 1}번입니다.",
            category=service,
        )
