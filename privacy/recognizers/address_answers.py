"""Parts of an address that answer a question for one: 은평구요, 증산로15길, 62번지 2층, 502호, 03417이요."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.recognizers.address_context import asks_for_address, asks_for_building, is_office_talk, names_public
from privacy.recognizers.address_parts import Address, read_address
from privacy.recognizers.dialogue import answer_lines
from privacy.recognizers.said_numbers import NUMBER, is_rather_a_word
from privacy.word_list import read_words

_WORD_START = re.compile(r"(?<![가-힣A-Za-z0-9\-])[가-힣A-Za-z0-9(]")
_LEAD = r"(?:(?:네|예|아니요?|음|어|저|그|번지는?|번지수는?|호수는?|동은|호는|건물번호는?|우편번호는?|산)[\s,]+){0,2}"
_TAIL = (
    r"(?=\s*(?:$|\n|[.,])|이?요(?![가-힣])|이?에요|예요|이고|고(?:요|\s)|입니다|인데|이라|일걸|다시|이지|번이?요"
    r"|이?여(?![가-힣])|이야)"
)
_NUMBER_ALONE = re.compile(
    rf"\s*{_LEAD}((?:산[ ]?)?(?:\d{{5}}|{NUMBER})(?:[ ]?(?:-|다시|의|에)[ ]?{NUMBER})?(?:[ ]?번지)?){_TAIL}"
)
_PAIR = re.compile(r"(?<![\d\-])\d{1,4}-\d{1,4}(?![\d\-])")
_LOT = re.compile(rf"(?<![가-힣\d])(?:산[ ]?)?{NUMBER}[ ]?번지(?:[ ]?{NUMBER}[ ]?(?:층|호))?")
_NAME_ALONE = re.compile(
    rf"\s*{_LEAD}([가-힣A-Za-z0-9]{{2,12}}?(?:[ ][가-힣A-Za-z0-9]{{2,12}}?)?)(?:\s\d{{1,2}}(?:단지|차))?{_TAIL}"
)
_NO_NAME = re.compile(r"네|예|아니|없|단독|주택|빌라|아파트|몰라|모르|그건|맞아|오피스텔")
_NOT_ROADS = read_words("not_roads")
_KIND_OF_HOUSE = re.compile(r"(?:빌라|아파트|오피스텔|주택|원룸|빌딩|상가|건물|맨션|연립|고시원|하우스|마을)")
_OFFERS = re.compile(r"주소[가는를]?(?:요|[ ]불러[ ]?(?:드릴|줄)\S*|[ ]말씀[ ]?드릴\S*|[ ]부를\S*)[ ]")


def find_answers(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what was said after a question for an address."""
    for offer in _OFFERS.finditer(text):
        line_end = text.find("\n", offer.end())
        yield from _parts(text, offer.end(), line_end if line_end >= 0 else len(text))
    if "\n" not in text:
        return
    question = ""
    for start, end in answer_lines(text, asks_for_address):
        if is_office_talk(text, start):
            continue
        yield from _parts(text, start, end)
        for pattern in (_NUMBER_ALONE, _PAIR, _LOT):
            for match in (
                [pattern.match(text, start, end)] if pattern is _NUMBER_ALONE else pattern.finditer(text, start, end)
            ):
                if match and not is_rather_a_word(match.group(match.re.groups)):
                    yield match.span(match.re.groups)
        question = text[text.rfind("\n", 0, start - 1) + 1 : start - 1]
        name = _NAME_ALONE.match(text, start, end) if asks_for_building(question) else None
        if name and not _NO_NAME.match(name[1]):
            yield name.start(1), name.end()


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    done = start
    for word in _WORD_START.finditer(text, start, end):
        if word.start() < done:
            continue
        address = read_address(text[:end], word.start(), answer=True)
        if address and _says_something(address) and (_begins_itself(address) or not names_public(text, start, end)):
            done = address.end
            yield address.start, address.end


def _begins_itself(address: Address) -> bool:
    return bool(address.region or address.town or address.road or address.number or address.named)


def _says_something(address: Address) -> bool:
    if address.road and not address.region and not address.number and not address.sub_road:
        return len(address.road) > 2 and address.road not in _NOT_ROADS
    return bool(
        address.region
        or address.known_town
        or address.road
        or (address.town and address.number)
        or (address.named and not _KIND_OF_HOUSE.fullmatch(address.named))
        or address.block
        or address.room
        or address.flat
        or address.floor
    )
