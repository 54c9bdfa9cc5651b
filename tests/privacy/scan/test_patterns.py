from __future__ import annotations

import json
import random
import uuid

import pytest

from privacy.kinds import PersonalKind
from privacy.scan.patterns import find_personal

# All numbers are fictional.
PHONE, RRN, FOREIGNER = PersonalKind.PHONE, PersonalKind.RRN, PersonalKind.FOREIGNER
CARD, EMAIL, PLATE = PersonalKind.CARD, PersonalKind.EMAIL, PersonalKind.PLATE


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("제 번호는 010-4827-3951입니다", PHONE, "010-4827-3951"),
        ("tel:01048273951,", PHONE, "01048273951"),
        ('{"phone":"01048273951"}', PHONE, "01048273951"),
        ("q=010 4827 3951", PHONE, "010 4827 3951"),
        ("010.4827.3951", PHONE, "010.4827.3951"),
        ("010)4827-3951", PHONE, "010)4827-3951"),
        ("(010) 4827-3951", PHONE, "010) 4827-3951"),
        ("011-482-3951", PHONE, "011-482-3951"),
        ("+82 10-4827-3951", PHONE, "+82 10-4827-3951"),
        ("+821048273951", PHONE, "+821048273951"),
        ("82-10-4827-3951", PHONE, "82-10-4827-3951"),
        ("공일공 사팔이칠 삼구오일이요", PHONE, "공일공 사팔이칠 삼구오일"),
        ("영일영에 사팔이칠에 다시 삼구오일", PHONE, "영일영에 사팔이칠에 다시 삼구오일"),
        ("공일공 4827에 삼구오일", PHONE, "공일공 4827에 삼구오일"),
        ("010 사팔이칠 삼구오일", PHONE, "010 사팔이칠 삼구오일"),
        ("공하나공 넷여덟둘일곱 셋아홉다섯하나", PHONE, "공하나공 넷여덟둘일곱 셋아홉다섯하나"),
        ("850315-2348761", RRN, "850315-2348761"),
        ("주민번호 8503152348761", RRN, "8503152348761"),
        ("rrn=8503152348763", RRN, "8503152348763"),
        ("850315-6348761", FOREIGNER, "850315-6348761"),
        ("4518-4212-3456-7894", CARD, "4518-4212-3456-7894"),
        ("카드 4518421234567894로", CARD, "4518421234567894"),
        ("3782-822463-10005", CARD, "3782-822463-10005"),
        ("haneul.yun@naver.com입니다", EMAIL, "haneul.yun@naver.com"),
        ('"<a+b@mail.co.kr>"', EMAIL, "a+b@mail.co.kr"),
        ("hong@korea.kr", EMAIL, "hong@korea.kr"),
        ("차는 12가 3456이에요", PLATE, "12가 3456"),
        ("123나4567", PLATE, "123나4567"),
        ("서울 12 가 3456", PLATE, "서울 12 가 3456"),
    ],
)
def test_when_a_value_stands_in_a_text_then_it_is_found_whole(text: str, kind: PersonalKind, value: str) -> None:
    assert [(hit.kind, text[hit.start : hit.end]) for hit in find_personal(text)] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "120 1588-2188 02-120 080-1234-5678 1339",
        "02-2133-5678",
        "2024-11-22 09:00~18:00",
        "2024-11-22T13:00:12.010482739+09:00",
        "1732252480123",  # milliseconds
        "1705031234567",  # milliseconds that begin like a birthday
        "17050312345678",
        "0.01048273951",
        "3.4518421234567894",
        "-1.01048273951e-05",
        "99010-4827-3951",
        "010-4827-39512",
        "5-010-4827-3951",
        "a01048273951b",
        "ffff010-4827-3951",
        "1 010 4827 3951 5",
        "850315-9348761",
        "851315-2348761",
        "850230-1348761",
        "991231-3348761",  # born 2099
        "850315 2348762",  # no label and a wrong checksum
        "0000-0000-0000-0000",
        "4518-4212-3456-7893",  # Luhn
        "1234-5678-9012-3452",  # no issuer
        "4444-4444-4444-4448",
        "hong@example.com",
        "hong@mail.example.org",
        "minwon@seoul.go.kr",
        "no-reply@naver.com",
        "git@github.com",
        "icon@2x.png",
        "root@localhost",
        "package@1.2.3",
        "제10조 2024",
        "12가 2024년",
        "3동 1502호",
        "10조 5000억",
        "112와 1366",
        "도로명 12가길 34",
        "공일공",
        "공공일자리",
        "영일만항 1234",
        "<전화번호_1> <주민등록번호_1>",
    ],
)
def test_when_a_text_only_looks_a_little_like_it_then_nothing_is_found(text: str) -> None:
    assert [text[hit.start : hit.end] for hit in find_personal(text)] == []


def test_when_a_log_is_full_of_random_numbers_then_nothing_is_found() -> None:
    chance = random.Random(7)
    for _ in range(20_000):
        line = json.dumps(
            {
                "id": str(uuid.UUID(int=chance.getrandbits(128))),
                "hex": f"{chance.getrandbits(256):064x}",
                "seconds": 1_700_000_000 + chance.random() * 1e8,
                "ms": chance.randrange(1_700_000_000_000, 1_900_000_000_000),
                "score": chance.random(),
                "weights": [chance.gauss(0, 1) for _ in range(3)],
                "count": chance.randrange(10**6),
            }
        )
        assert [line[hit.start : hit.end] for hit in find_personal(line)] == []
