"""Home addresses: road names, lots, flats; public buildings stay."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.korean_token import KoreanToken
from privacy.recognizers.address_answers import find_answers
from privacy.recognizers.address_context import (
    counts_something,
    is_address_talk,
    is_labelled,
    is_own,
    is_public,
    names_public,
)
from privacy.recognizers.address_latin import find_latin
from privacy.recognizers.address_parts import NOT_BUILDINGS, Address, read_address
from privacy.recognizers.address_patterns import NAMED
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.recognizers.said_numbers import NUMBER, is_place_value, is_rather_a_word
from privacy.word_list import read_words

_NOT_ROADS = read_words("not_roads")
_WORD_START = re.compile(r"(?<![가-힣A-Za-z0-9\-])[가-힣A-Za-z0-9(]")
_WORD_BEFORE = re.compile(r"(?<![가-힣A-Za-z0-9])[가-힣A-Za-z0-9]{2,12}[ ]?\Z")
_MOST_WORDS = 2
_where = attrgetter("idx")
_MEMORY = 6
"""Turns after an address in which a bare 502호 still belongs to it."""
_UNIT_LABEL = re.compile(r"(?:호수|동|층|호|동[ ]?호수)[은는이가][ ]?\Z")
_ASKED_ABOUT = re.compile(r"[은는이가][ ](?:어느|어디|무슨)")
_LABELLED_UNIT = re.compile(
    rf"(?<![가-힣])(?:동|호수|동[ ]?호수|호)[은는][ ]?(?P<unit>{NUMBER}[ ]?[동호])(?=[\s,.]|$|이?[요에예고라]|인데|맞)"
)


class AddressRecognizer(KoreanRecognizer):
    """은평구 연서로 123, 역삼동 678-9 그린빌라 201호, 백일동 천이백삼호 (도로명주소법 제2조). A district or a dong
    alone is no address unless it answers a question for one; the site of a public building stays."""

    KIND = PersonalKind.ADDRESS

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        done, told = 0, -1
        for word in _WORD_START.finditer(text):
            if word.start() < done:
                continue
            address = read_address(text, word.start())
            if address and _is_home(address, text, artifacts, told):
                done = told = address.end
                start = address.start if _begins_itself(address) else _with_complex(text, address.start, artifacts)
                whole = address.number or (address.known_town and address.room)
                yield Finding(start, address.end, 0.75 if whole else 0.7, settled=True)
        for match in _LABELLED_UNIT.finditer(text):
            if not is_public(text, match.start(), match.end()):
                yield Finding(*match.span("unit"), 0.6, settled=True)
        for start, end in find_answers(text):
            yield Finding(start, end, 0.6, settled=True)
        for start, end in find_latin(text):
            yield Finding(start, end, 0.75, settled=True)


def _begins_itself(address: Address) -> bool:
    return bool(address.region or address.town or address.road)


def _is_home(address: Address, text: str, artifacts: KoreanArtifacts, told: int) -> bool:
    """``told`` is where the address before ended, -1 when there was none."""
    if address.number and (
        (address.road and _is_road(address, text, artifacts)) or (address.town and _is_lot(address, text))
    ):
        in_public = is_public(text, address.start, address.number_end)
        return not in_public or (bool(address.room) and not names_public(text, address.number_end, address.end))
    if address.block and address.room:
        return address.named != "" or not is_public(text, address.start, address.end)
    if address.room and address.named:
        return not is_public(text, address.start, address.end)
    return bool(address.room) and _is_own_room(address, text, told)


def _is_road(address: Address, text: str, artifacts: KoreanArtifacts) -> bool:
    if address.road in _NOT_ROADS or (not address.unit and counts_something(text, address.end)):
        return False
    labelled = is_labelled(text, address.start)
    if is_rather_a_word(address.number):
        return address.sub_road or bool(address.room) or (labelled and len(address.number) > 1)
    if address.region or labelled or address.sub_road or address.paired or address.block:
        return True
    said = not any(letter.isdecimal() for letter in address.number)
    if said and not (address.room or address.flat or is_place_value(address.number)):
        return False
    return _is_road_name(address.road, artifacts, text.index(address.road, address.start))


def _is_lot(address: Address, text: str) -> bool:
    if _ASKED_ABOUT.match(text, address.end):
        return False
    if not address.unit and counts_something(text, address.end):
        return False
    said = not any(letter.isdecimal() for letter in address.number)
    if address.paired or address.lot:
        return address.known_town or address.region or len(address.town) > 2
    if said and is_rather_a_word(address.number):
        return False
    if address.region or address.room or address.flat:
        return address.known_town or address.region
    return address.known_town and len(address.town) > 2 and is_own(text, address.start, address.end)


def _is_own_room(address: Address, text: str, told: int) -> bool:
    """Whether a bare 502호 is somebody's flat."""
    said = not any(letter.isdecimal() for letter in address.room)
    if len(address.room) < (4 if said else 3) or is_public(text, address.start, address.end):
        return False
    line = text.rfind("\n", 0, address.start) + 1
    return (
        is_own(text, address.start, address.end)
        or bool(_UNIT_LABEL.search(text, max(line, address.start - 8), address.start))
        or (told >= 0 and text.count("\n", told, address.start) <= _MEMORY)
        or is_address_talk(text, address.start)
    )


def _with_complex(text: str, start: int, artifacts: KoreanArtifacts) -> int:
    """Where the building's name before a unit begins: 힐스테이트 녹번 | 208동 1502호."""
    for _ in range(_MOST_WORDS):
        before = _WORD_BEFORE.search(text, max(0, start - 14), start)
        if before is None or not _is_building(before, artifacts):
            break
        start = before.start()
    return start


def _is_building(word: re.Match[str], artifacts: KoreanArtifacts) -> bool:
    name = word.group().strip()
    if NAMED.fullmatch(name):
        return True
    tokens = _morphemes(artifacts, word.start(), word.start() + len(name))
    if name in NOT_BUILDINGS or not tokens or any(token.tag[0] in "VEJMI" for token in tokens):
        return False
    return any(token.tag in {"NNP", "SL"} and len(token) > 1 for token in tokens)


def _morphemes(artifacts: KoreanArtifacts, start: int, end: int) -> tuple[KoreanToken, ...]:
    """Kiwi's morphemes that begin between ``start`` and ``end``."""
    first = bisect_left(artifacts.morphemes, start, key=_where)
    return artifacts.morphemes[first : bisect_left(artifacts.morphemes, end, lo=first, key=_where)]


def _is_road_name(road: str, artifacts: KoreanArtifacts, start: int) -> bool:
    """Whether Kiwi reads the word as a name (봉천로) rather than as noun and particle (서류로)."""
    tokens = [token for token in _morphemes(artifacts, start, start + len(road)) if token.text]
    if not tokens:
        return False
    if tokens[-1].tag.startswith("JK") or tokens[-1].tag in {"JX", "JC"}:
        return tokens[0].tag == "NNP" and len(tokens) == 2 and len(tokens[0]) >= 2
    return tokens[0].tag in {"NNP", "NNG", "SN"} and not tokens[-1].tag.startswith(("E", "V", "M"))
