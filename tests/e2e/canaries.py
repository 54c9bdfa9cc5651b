"""Fictional personal data, never the same twice, and how people tell it; whatever is told must be found nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from random import Random

_DIGITS = "공일이삼사오육칠팔구"
_FAMILY = ("윤", "남궁", "서", "하", "표", "구", "채", "민", "황보", "도")
_GIVEN = (
    *("가람", "나래", "다솜", "라온", "마루한", "바름", "새찬", "아람", "잔디", "초롱", "한별", "보람", "샛별", "아라"),
    *("은솔", "하람", "가온", "누리", "도담", "로하", "미르", "별하", "솔찬", "이든", "찬솔", "해든", "다온", "여울"),
)
_ROADS = ("가람솔로", "새별길", "물빛로", "솔마루길", "한샘로", "달무리길")
_BANKS = ("국민은행", "농협", "신한은행", "우리은행", "카카오뱅크")
_USES = "가나다라마거너더러머버서어저고노도로모보소조구누두루무부수우주하허호"


@dataclass(frozen=True, slots=True)
class Canary:
    """Something personal: ``turns`` tell it one after the other, ``originals`` are what no disk may hold.

    ``parts`` are shorter pieces of it; files are full of such, but a kept turn may hold none.
    """

    kind: str
    turns: tuple[str, ...]
    originals: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """One original, to be told outside of any sentence: in an address, a header, a file's name."""
        return self.originals[0]


def canaries(randomness: Random) -> Iterator[Canary]:
    """Canaries without end: the kinds take turns, and so do the sentences of each kind."""
    told: set[tuple[str, ...]] = set()
    sentences = {kind: cycle(frames) for kind, (_make, frames) in _KINDS.items()}
    for kind in cycle(_KINDS):
        make, _frames = _KINDS[kind]
        values = make(randomness)
        while tuple(values) in told:
            values = make(randomness)
        told.add(tuple(values))
        frame = next(sentences[kind])
        turns = frame if isinstance(frame, tuple) else (frame,)
        yield Canary(kind, tuple(turn.format(*values) for turn in turns), _whole(kind, values), _parts(values))


def _parts(values: list[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value not in ("010", "공일공"))


def _whole(kind: str, values: list[str]) -> tuple[str, ...]:
    """What is looked for: a number told in parts as one value, for its parts alone are found anywhere."""
    if kind in ("phone in parts", "rrn in parts", "card in parts"):
        return ("-".join(values),)
    if kind == "spoken phone":
        return (" ".join(values), *values[1:])
    return tuple(values)


def _number(randomness: Random, *sizes: int) -> list[str]:
    return ["".join(randomness.choice("0123456789") for _ in range(size)) for size in sizes]


def _spoken(digits: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in digits)


def _name(randomness: Random) -> list[str]:
    return [randomness.choice(_FAMILY) + randomness.choice(_GIVEN)]


def _mobile(randomness: Random) -> list[str]:
    first, second = randomness.randint(2000, 9999), randomness.randint(1000, 9999)
    return [f"010-{first}-{second}"]


def _landline(randomness: Random) -> list[str]:
    return [
        f"{randomness.choice(('031', '051', '064'))}-{randomness.randint(200, 999)}-{randomness.randint(1000, 9999)}"
    ]


def _spoken_mobile(randomness: Random) -> list[str]:
    return ["공일공", *(_spoken(part) for part in _number(randomness, 4, 4))]


def _born(randomness: Random) -> str:
    return f"{randomness.randint(35, 99):02}{randomness.randint(1, 12):02}{randomness.randint(1, 28):02}"


def _rrn(randomness: Random) -> list[str]:
    return [f"{_born(randomness)}-{randomness.choice('12')}{_number(randomness, 6)[0]}"]


def _foreigner(randomness: Random) -> list[str]:
    return [f"{_born(randomness)}-{randomness.choice('56')}{_number(randomness, 6)[0]}"]


def _card_groups(randomness: Random) -> list[str]:
    """Four groups of four with Luhn's check digit."""
    digits = [4, 5, *(randomness.randint(0, 9) for _ in range(13))]
    total = sum(digit if index % 2 else sum(divmod(digit * 2, 10)) for index, digit in enumerate(digits))
    written = "".join(map(str, [*digits, -total % 10]))
    return [written[start : start + 4] for start in range(0, 16, 4)]


def _card_halves(randomness: Random) -> list[str]:
    first, second, third, fourth = _card_groups(randomness)
    return [f"{first}-{second}", f"{third}-{fourth}"]


def _account(randomness: Random) -> list[str]:
    return ["-".join(_number(randomness, 3, 4, 4, 2))]


def _email(randomness: Random) -> list[str]:
    return [f"{randomness.choice(('haneul', 'byeol', 'garam', 'sol'))}.{randomness.randint(10000, 99999)}@example.com"]


def _address(randomness: Random) -> list[str]:
    road = randomness.choice(_ROADS)
    return [
        f"{road} {randomness.randint(100, 899)}, {randomness.randint(101, 119)}동 {randomness.randint(201, 1909)}호"
    ]


def _plate(randomness: Random) -> list[str]:
    return [f"{randomness.randint(100, 699)}{randomness.choice(_USES)} {randomness.randint(1000, 9999)}"]


def _passport(randomness: Random) -> list[str]:
    return [f"M{randomness.randint(100, 999)}{randomness.choice('ABCDEFGHJK')}{randomness.randint(1000, 9999)}"]


def _licence(randomness: Random) -> list[str]:
    return ["-".join([f"{randomness.randint(11, 28)}", *_number(randomness, 2, 6, 2)])]


def _birth(randomness: Random) -> list[str]:
    year, month, day = randomness.randint(1935, 2004), randomness.randint(1, 12), randomness.randint(1, 28)
    return [f"{year}년 {month}월 {day}일생"]


def _receipt(randomness: Random) -> list[str]:
    return [f"1AA-2609-{randomness.randint(1000000, 9999999)}"]


def _business(randomness: Random) -> list[str]:
    return ["-".join(_number(randomness, 3, 2, 5))]


Frame = str | tuple[str, ...]

# A string is said in one turn, a tuple in several.
_KINDS: dict[str, tuple[Callable[[Random], list[str]], tuple[Frame, ...]]] = {
    "name": (
        _name,
        (
            "제 이름은 {}입니다. 전입신고는 어떻게 하나요?",
            "저는 {}입니다. 여권 신청하려고요",
            "신청인 {}이고요 등본 떼려면 어디로 가요?",
            "예금주 이름은 {}입니다",
            "{} 씨 앞으로 나온 고지서는 어디에 물어봐요?",
            "저희 어머니 성함이 {}이신데 대신 신청해도 되나요?",
        ),
    ),
    "mobile": (
        _mobile,
        (
            "제 번호는 {}인데 여기로 연락 주세요",
            "{} 이 번호로 문자 부탁드려요",
            "휴대폰 {}입니다. 대형폐기물 신고는 어떻게 해요?",
            "아까 {}로 전화한 사람인데요",
        ),
    ),
    "spoken phone": (
        _spoken_mobile,
        (
            "제 전화번호는 {0} {1} {2}입니다",
            "핸드폰이 {0}에 {1}에 {2}이에요 문자 좀 주세요",
            ("제 번호가 {0} {1}이고요", "뒤에는 {2}입니다"),
            ("전화번호 불러 드릴게요 {0}", "{1}", "{2}이요"),
        ),
    ),
    "landline": (_landline, ("집 전화는 {}입니다", "연락처가 {}인데 언제 전화 주시나요?")),
    "rrn": (_rrn, ("주민등록번호가 {}이에요 등본 떼 주세요", "주민번호 {} 입니다", "제 주민번호는 {}인데 조회되나요?")),
    "foreigner": (_foreigner, ("외국인등록번호는 {}입니다 체류지 변경 신고하려고요",)),
    "rrn in parts": (
        lambda randomness: _rrn(randomness)[0].split("-"),
        (("주민번호 앞자리는 {0}이고요", "뒷자리는 {1}입니다"),),
    ),
    "card": (
        lambda randomness: ["-".join(_card_groups(randomness))],
        ("카드번호 {} 로 세금 낼 수 있나요?", "카드번호가 {}인데 결제가 두 번 됐어요"),
    ),
    "card in parts": (_card_halves, (("카드번호 {0} 이고요", "나머지는 {1}이에요"),)),
    "account": (
        lambda randomness: _account(randomness),
        (*(f"환급 계좌는 {bank} {{}} 입니다" for bank in _BANKS), "계좌번호 {}로 넣어 주세요"),
    ),
    "e-mail": (_email, ("이메일은 {}입니다", "답변은 {}로 보내 주세요")),
    "address": (
        _address,
        (
            "서울시 마포구 {}에 살아요 전입신고 하려고요",
            "주소는 서울특별시 은평구 {}입니다",
            "수원시 팔달구 {}로 이사했어요",
        ),
    ),
    "plate": (_plate, ("차량번호 {}인데 과태료가 나왔어요", "제 차가 {}인데 견인됐나요?")),
    "passport": (_passport, ("여권번호는 {}입니다", "여권번호 {} 재발급하고 싶어요")),
    "licence": (_licence, ("운전면허번호 {} 갱신하려고요", "면허번호가 {}입니다")),
    "birth date": (_birth, ("저는 {}인데 교통카드 나오나요?", "어머니는 {}이세요 경로 혜택이 있나요?")),
    "receipt": (_receipt, ("접수번호 {} 처리됐나요?", "민원 접수번호가 {}인데 언제 끝나요?")),
    "business": (_business, ("사업자등록번호 {}입니다 폐업 신고하려고요",)),
    "phone in parts": (
        lambda randomness: _mobile(randomness)[0].split("-"),
        (("제 휴대폰 번호는 {0}-{1}이고요", "끝자리는 {2}입니다"),),
    ),
}
