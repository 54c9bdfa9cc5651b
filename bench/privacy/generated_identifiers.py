"""Made-up identifiers of every kind of number, in the groups in which people write and say them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

_PLATE_LETTERS = "가나다라마거너더러머버서어저고노도로모보소조누두루무부수우주하허호배바자"
_REGIONS = ("서울", "부산", "대구", "광주", "대전", "경기", "강원", "전남", "제주")
_DISTRICTS = ("은평", "마포", "남동", "해운대", "수성")


@dataclass(frozen=True, slots=True)
class Kind:
    """``make`` gives the groups (digits, or letters of a plate or passport); ``carriers`` hold them at ``{}``.

    ``asked`` is a question for it, ``code`` the type that the scrubber should find.
    """

    code: str
    make: Callable[[Random], list[str]]
    carriers: tuple[str, ...]
    asked: tuple[str, ...]


def digits(randomness: Random, count: int) -> str:
    """A run of random digits."""
    return "".join(randomness.choice("0123456789") for _ in range(count))


def _born(randomness: Random) -> str:
    return f"{randomness.randint(0, 99):02}{randomness.randint(1, 12):02}{randomness.randint(1, 28):02}"


_PHONE_ASKED = ("연락처가 어떻게 되세요?", "전화번호 불러 주세요", "휴대폰 번호를 말씀해 주세요", "연락 받으실 번호요?")
_RRN_ASKED = ("주민등록번호를 말씀해 주세요", "주민번호가 어떻게 되세요?", "주민번호 앞자리부터 불러 주세요")
_PLATE_ASKED = ("차량번호가 어떻게 되세요?", "차 번호 불러 주세요", "번호판 번호를 말씀해 주세요")

KINDS: dict[str, Kind] = {
    "mobile": Kind(
        "PHONE",
        lambda r: ["010", digits(r, 4), digits(r, 4)],
        ("제 전화번호는 {}", "{} 여기로 연락 주세요", "{}", "휴대폰 {}", "어 그러니까 {}", "딸 번호가 {}"),
        _PHONE_ASKED,
    ),
    "landline": Kind(
        "PHONE",
        lambda r: [r.choice(["02", "031", "051", "064"]), digits(r, r.choice([3, 4])), digits(r, 4)],
        ("집 전화는 {}", "저희 집 {}", "{} 이게 우리 가게 번호"),
        _PHONE_ASKED,
    ),
    "internet phone": Kind(
        "PHONE",
        lambda r: [r.choice(["070", "0507"]), digits(r, 4), digits(r, 4)],
        ("인터넷 전화 {}", "안심번호 {}", "{}"),
        _PHONE_ASKED,
    ),
    "rrn": Kind(
        "RRN",
        lambda r: [_born(r), r.choice("1234") + digits(r, 6)],
        ("주민번호 {}", "{}", "제 주민등록번호는 {}", "어머니 주민번호가 {}"),
        _RRN_ASKED,
    ),
    "foreigner": Kind(
        "RRN",
        lambda r: [_born(r), r.choice("5678") + digits(r, 6)],
        ("외국인등록번호 {}", "{}"),
        ("외국인등록번호를 말씀해 주세요",),
    ),
    "card": Kind(
        "CARD",
        lambda r: [r.choice("4569") + digits(r, 3), *(digits(r, 4) for _ in range(3))],
        ("카드번호 {}", "{} 카드로 냈어요", "{}"),
        ("카드번호를 말씀해 주세요", "카드번호 네 자리씩 불러 주세요"),
    ),
    "account": Kind(
        "ACCOUNT",
        lambda r: [digits(r, 3), digits(r, r.choice([2, 3, 4])), digits(r, 6)],
        ("국민은행 {}", "계좌 {} 로 넣어 주세요", "환급 계좌가 {}"),
        ("계좌번호가 어떻게 되세요?", "환급받으실 계좌번호를 불러 주세요"),
    ),
    "business": Kind(
        "BRN",
        lambda r: [digits(r, 3), digits(r, 2), digits(r, 5)],
        ("사업자번호 {}", "{} 사업자등록번호요", "저희 가게 사업자가 {}"),
        ("사업자등록번호를 불러 주세요",),
    ),
    "licence": Kind(
        "DRIVER",
        lambda r: [str(r.randint(11, 28)), digits(r, 2), digits(r, 6), digits(r, 2)],
        ("운전면허 {}", "면허번호는 {}"),
        ("면허번호를 불러 주세요", "운전면허 번호가 어떻게 되세요?"),
    ),
    "old licence": Kind(
        "DRIVER",
        lambda r: [r.choice(_REGIONS), digits(r, 2), digits(r, 6), digits(r, 2)],
        ("운전면허 {}", "면허증에 {}"),
        ("면허번호를 불러 주세요",),
    ),
    "passport": Kind(
        "PASSPORT",
        lambda r: [r.choice("MMMMSR"), digits(r, 4), digits(r, 4)],
        ("여권번호 {}", "여권이 {}", "{}"),
        ("여권번호가 어떻게 되세요?", "여권 번호를 불러 주세요"),
    ),
    "new passport": Kind(
        "PASSPORT",
        lambda r: ["M", digits(r, 3), r.choice("ABCDF"), digits(r, 4)],
        ("여권번호 {}", "새 여권 {}", "{}"),
        ("여권번호가 어떻게 되세요?",),
    ),
    "plate": Kind(
        "PLATE",
        lambda r: [str(r.randint(10, 699)), r.choice(_PLATE_LETTERS), digits(r, 4)],
        ("차량번호 {}", "제 차 {}", "주차된 차가 {}", "번호판 {}"),
        _PLATE_ASKED,
    ),
    "motorcycle": Kind(
        "PLATE",
        lambda r: [r.choice(_REGIONS), r.choice(_DISTRICTS), r.choice("가나다라마"), digits(r, 4)],
        ("오토바이 {}", "오토바이 번호판 {}"),
        ("오토바이 번호가 어떻게 되세요?",),
    ),
    "document": Kind(
        "CASE",
        lambda r: [digits(r, 4) for _ in range(4)],
        ("문서확인번호 {}",),
        ("문서확인번호를 불러 주세요",),
    ),
}
