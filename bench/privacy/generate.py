"""Fictional identifiers in carrier sentences: every layout, separator and way of saying digits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

STYLES = ("written", "full-width", "spoken", "place-value", "mixed")
_READINGS = ("공영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_NATIVE = ("제로", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_WRITTEN_GAPS = ("-", " ", "", " - ", ".", "–", "~", "/", ", ", "−", "ㅡ")
_SPOKEN_GAPS = (
    " ", "에 ", " 다시 ", " 에 ", ", ", " 음 ", " 그리고 ", "의 ", " 어 ", " 하이픈 ", "이고 ", " 네 ", " 그 다음에 ",
    " 대시 ",
    "이고요 ", " 그러니까 ", " 그 뒤에 ",
)  # fmt: skip
_TAILS = (
    "입니다",
    "이에요",
    "예요",
    "요",
    "이요",
    "",
    "이고요",
    "인데요",
    "로 해 주세요",
    " 맞나요",
    "이라고 합니다",
    "이구요",
    "거든요",
)
_DIGIT_LETTERS = frozenset("공영제로일하나이둘삼셋사넷오다섯육여칠곱팔덟구아홉천백십")


@dataclass(frozen=True, slots=True)
class GeneratedSentence:
    """A sentence and where its identifier stands."""

    text: str
    start: int
    end: int

    def left_uncovered(self, spans: Iterable[tuple[int, int]]) -> int:
        """How many digit characters of the identifier lie in none of the spans."""
        hidden = {index for start, end in spans for index in range(start, end)}
        return sum(
            index not in hidden and (self.text[index].isdecimal() or self.text[index] in _DIGIT_LETTERS)
            for index in range(self.start, self.end)
        )


def _digits(randomness: Random, count: int) -> str:
    return "".join(randomness.choice("0123456789") for _ in range(count))


def _born(randomness: Random) -> str:
    return f"{randomness.randint(0, 99):02}{randomness.randint(1, 12):02}{randomness.randint(1, 28):02}"


KINDS: dict[str, tuple[Callable[[Random], list[str]], tuple[str, ...]]] = {
    "mobile": (
        lambda r: ["010", _digits(r, 4), _digits(r, 4)],
        ("제 전화번호는 {}", "{} 여기로 연락 주세요", "{}", "휴대폰 {}"),
    ),
    "landline": (
        lambda r: [r.choice(["02", "031", "051", "064"]), _digits(r, r.choice([3, 4])), _digits(r, 4)],
        ("집 전화는 {}", "저희 집 {}"),
    ),
    "rrn": (lambda r: [_born(r), r.choice("1234") + _digits(r, 6)], ("주민번호 {}", "{}", "제 주민등록번호는 {}")),
    "foreigner": (lambda r: [_born(r), r.choice("5678") + _digits(r, 6)], ("외국인등록번호 {}", "{}")),
    "card": (
        lambda r: [r.choice("4569") + _digits(r, 3), *(_digits(r, 4) for _ in range(3))],
        ("카드번호 {}", "{} 카드로 냈어요", "{}"),
    ),
    "account": (
        lambda r: [_digits(r, 3), _digits(r, r.choice([2, 3, 4])), _digits(r, 6)],
        ("국민은행 {}", "계좌 {} 로 넣어 주세요"),
    ),
    "business": (lambda r: [_digits(r, 3), _digits(r, 2), _digits(r, 5)], ("사업자번호 {}", "{} 사업자등록번호요")),
    "licence": (
        lambda r: [str(r.randint(11, 28)), _digits(r, 2), _digits(r, 6), _digits(r, 2)],
        ("운전면허 {}", "면허번호는 {}"),
    ),
    "document": (lambda r: [_digits(r, 4) for _ in range(4)], ("문서확인번호 {}",)),
}


def generated_sentence(randomness: Random, kind: str, style: str) -> GeneratedSentence:
    """A sentence with a made-up identifier of ``kind`` (see ``KINDS``) in ``style`` (one of ``STYLES``)."""
    make, carriers = KINDS[kind]
    value = _in_style(randomness, make(randomness), style)
    before, after = randomness.choice(carriers).split("{}")
    text = before + value + after + randomness.choice(_TAILS)
    return GeneratedSentence(text, len(before), len(before) + len(value))


def _in_style(randomness: Random, groups: list[str], style: str) -> str:
    if style == "written":
        return randomness.choice(_WRITTEN_GAPS).join(groups)
    if style == "full-width":
        wide = randomness.choice(("-", " ", "－")).join(groups)
        return "".join(chr(ord(letter) + 0xFEE0) if letter.isdecimal() else letter for letter in wide)
    if style == "place-value":
        return " ".join(_place_value(group) or _said(randomness, group, native=False) for group in groups)
    native = randomness.random() < 0.3
    said = [
        group if style == "mixed" and randomness.random() < 0.5 else _said(randomness, group, native=native)
        for group in groups
    ]
    return randomness.choice(_SPOKEN_GAPS).join(said)


def _said(randomness: Random, group: str, *, native: bool) -> str:
    zero = randomness.choice(_READINGS[0])
    return "".join(
        _NATIVE[int(digit)] if native and randomness.random() < 0.5 else zero if digit == "0" else _READINGS[int(digit)]
        for digit in group
    )


def _place_value(group: str) -> str | None:
    if len(group) != 4 or group[0] == "0" or group[3] == "0":
        return None
    return "".join(
        ("" if unit and digit == "1" else _READINGS[int(digit)]) + unit
        for digit, unit in zip(group, ("천", "백", "십", ""), strict=True)
        if digit != "0"
    )
