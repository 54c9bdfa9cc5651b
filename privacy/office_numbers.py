"""Landlines that the sentence introduces as an office's: 여권 문의는 02-3210-0404로 전화해 주세요."""

from __future__ import annotations

import re
from collections.abc import Iterable

from privacy.digit_chains import DigitChain
from privacy.digit_gaps import is_gap, only_gap_between
from privacy.kinds import PersonalKind
from privacy.labels import Words
from privacy.number_topics import kind_named, kind_right_before, read_topics

_LANDLINE = re.compile(r"0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4])-?\d{3,4}-?\d{4}")
_OFFICE_WORDS = (
    "문의", "상담", "고객센터", "콜센터", "대표전화", "대표번호", "구청", "시청", "군청", "도청", "센터", "보건소",
    "공단", "민원실",
    "도서관", "경찰서", "소방서", "사업소", "관리소", "안내", "신고", "부서", "우체국", "세무서", "담당과", "교육청",
    "복지관",
)  # fmt: skip
_OWN_WORDS = frozenset(
    ["저", "제", "나", "내", "우리", "저희", "집", "연락처", "어머니", "아버지", "엄마", "아빠", "아내", "남편",
     "아들", "딸", "씨", "어르신",
     "회사", "가게", "사무실", "본인", "회신", "할머니", "할아버지", "전번", "번호예요"]
)  # fmt: skip


_COMES_FROM = re.compile(r"\)?\s?(?:에서|한테서?)")
_REPEAT = 4
_TURN_ENDS = re.compile(r"이?고|이?[요여]|이?에요|예요|입니다|까지|인데|[^\n]{0,12}(?:\n|\Z)")
_LETTER_OF_A_PLATE = 16
_PLATE_LETTER = re.compile(r"(?<![가-힣])[가-힣]\s?\Z")
_PASSPORT_LETTER = re.compile(r"(?<![가-힣A-Za-z])(?:엠|에스|알|비|씨|디|에이|에프|[A-Za-z])\s?\Z")


def personal_chains(chains: Iterable[DigitChain], words: Words) -> tuple[DigitChain, ...]:
    """The chains that may be personal: no public number, no office's landline, nor a part of one said again.

    A short public number (1345) that answers a question for one's own stays.
    """
    personal: list[DigitChain] = []
    offices: list[str] = []
    for chain in chains:
        if chain.is_public and not (_goes_on(chain, personal, words.text) or _is_somebodys(chain, words.text)):
            continue
        if is_office_number(chain, words):
            offices.append(chain.digits)
        elif len(chain.digits) < _REPEAT or not any(office.endswith(chain.digits) for office in offices):
            personal.append(chain)
    return tuple(personal)


def is_office_number(chain: DigitChain, words: Words) -> bool:
    """Whether a chain is a landline beside a word of an office, in a sentence with no word of the speaker's own."""
    if not _LANDLINE.fullmatch(chain.canonical) or not words.boost(chain.start, chain.end, _OFFICE_WORDS):
        return False
    if _COMES_FROM.match(words.text, chain.end):  # who calls from there may be anybody
        return False
    line_start = words.text.rfind("\n", 0, chain.start) + 1
    return not any(token.idx >= line_start and token.text in _OWN_WORDS for token in words.tokens)


def _goes_on(chain: DigitChain, personal: list[DigitChain], text: str) -> bool:
    """Whether it follows another such answer (110 155), or repeats a part of a long number."""
    if personal and personal[-1].is_public and only_gap_between(text, personal[-1].end, chain.start):
        return True
    return any(
        chain.digits == before.digits or (len(before.digits) >= 2 * _REPEAT and chain.digits in before.digits)
        for before in personal
    )


def _is_somebodys(chain: DigitChain, text: str) -> bool:
    """Whether what looks like a public number is a part of a longer one: 엠 1588 2188, 계좌 110."""
    labelled = kind_right_before(text, chain.start)
    line = "\n" not in text[chain.start : chain.end]
    whole = line and len(chain.digits) == 2 * _REPEAT and labelled is PersonalKind.ACCOUNT  # 은행 번호 1577-1234
    if labelled not in {None, PersonalKind.PHONE, PersonalKind.RRN} and not whole:
        return True
    if _PLATE_LETTER.search(text, max(0, chain.start - 4), chain.start):
        line_start = text.rfind("\n", 0, chain.start) + 1
        if kind_named(text[max(line_start, chain.start - 40) : chain.start]) is PersonalKind.PLATE:
            return True
    return bool(_PASSPORT_LETTER.search(text, max(0, chain.start - 4), chain.start)) or _answers(chain, text)


def _answers(chain: DigitChain, text: str) -> bool:
    """Whether a short number alone begins a turn in which a piece of somebody's number is due."""
    line_start = text.rfind("\n", 0, chain.start) + 1
    before = text[line_start : chain.start]
    if not _TURN_ENDS.match(text, chain.end):
        return False
    if not line_start or (len(before) > _LETTER_OF_A_PLATE and not is_gap(before)):
        return False
    lettered = {PersonalKind.PLATE, PersonalKind.PASSPORT}
    return any(
        start == line_start and topic is not None and (is_gap(before) or topic.kind in lettered)
        for start, _, topic in read_topics(text)
    )
