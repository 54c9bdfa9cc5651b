"""Parts of an address that answer a question for one: 은평구요, 증산로15길, 62번지 2층, 502호, 03417이요."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.recognizers.address_context import asks_for_address, asks_for_building, is_office_talk, names_public
from privacy.recognizers.address_parts import Address, read_address
from privacy.recognizers.dialogue import OpenTopic, is_nod
from privacy.recognizers.said_numbers import NUMBER, is_rather_a_word
from privacy.said_endings import without_ending, without_lead
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

_OWN_BEGUN = re.compile(
    r"(?:(?:우리|저희|제|내|본인)\s?(?:집|주소|가게|사는\s?(?:데|곳))[은는이가]?|(?:사는|살고\s?있는)\s?(?:데|곳"
    r"|동네)[은는가이]|(?<![가-힣])(?:집|집주소|주소|배송지)[은는가이]"
    r"|이사\s?(?:간|온|갈|가는|오는)\s?(?:데|곳|집)[은는가이]|(?<![가-힣])(?:도로명|단지|단지\s?이름|아파트"
    r"|아파트\s?이름|동|호수|층|번지)[은는이]|(?<![가-힣])제가)\s"
)
_PART_LABEL = re.compile(
    r"(?:도로명|동네|동|호수|호|층|층수|번지|번지수|건물\s?번호|건물\s?이름|단지|단지\s?이름|아파트|아파트\s?이름"
    r"|빌라\s?이름|상세\s?주소|우편번호)[은는이]\s"
)
_NUMBERED = re.compile(
    rf"(?:산[ ]?)?{NUMBER}(?:[ ]?(?:-|다시|의|에)[ ]?{NUMBER})?[ ]?(?:번지|번|호|동|층)"
    rf"|{NUMBER}[ ]?(?:번)?[가-하]?길(?:[ ]{NUMBER}(?:-\d{{1,3}})?)?|(?:산[ ]?)?\d{{1,4}}-\d{{1,4}}"
)
_ELSE = re.compile(
    r"성함|이름[은이을]|연락처|전화|생년|생일|번호[는가를]|메일|계좌|얼마|몇\s?(?:시|명|통|살|분|번)|언제|버스|창구"
    r"|요일|서류|수수료"
)


def find_answers(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what was said after a question for an address."""
    for offer in _OFFERS.finditer(text):
        line_end = text.find("\n", offer.end())
        yield from _parts(text, offer.end(), line_end if line_end >= 0 else len(text))
    if "\n" not in text:
        yield from _begun(text, 0, len(text))
        return
    topic, start, question, street = OpenTopic(), 0, "", False
    for line in text.split("\n"):
        end = start + len(line)
        told: list[tuple[int, int]] = []
        if topic and not is_office_talk(text, start):
            told = [*(_answers(text, start, end, question) if topic.asked else _bare_answer(text, start, end))]
            if not told and street and (number := _NUMBER_ALONE.match(text, start, end)):
                told = [number.span(1)]
        own = bool(_OWN_BEGUN.search(line)) and not names_public(text, start, end)
        if own and not told:
            told = [*_begun(text, start, end, answer=True)]
        yield from told
        if not is_nod(line):
            street = any(text[last - 1] in "로길동리가" for _, last in told)
        asks = asks_for_address(line)
        topic.hear(line, asks=asks, goes_on=False, told=bool(told) or own, closes=bool(_ELSE.search(line)))
        start, question = end + 1, line


def _answers(text: str, start: int, end: int, question: str) -> Iterator[tuple[int, int]]:
    yield from _parts(text, start, end)
    for pattern in (_NUMBER_ALONE, _PAIR, _LOT):
        for match in (
            [pattern.match(text, start, end)] if pattern is _NUMBER_ALONE else pattern.finditer(text, start, end)
        ):
            if match and not is_rather_a_word(match.group(match.re.groups)):
                yield match.span(match.re.groups)
    name = _NAME_ALONE.match(text, start, end) if asks_for_building(question) else None
    if name and not _NO_NAME.match(name[1]):
        yield name.start(1), name.end()
    yield from _bare_answer(text, start, end)


def _bare_answer(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A turn that is nothing but a part, with what people say around it (동은 112동이에요)."""
    first = without_lead(text, start, end)
    if label := _PART_LABEL.match(text, first, end):
        first = label.end()
    last = without_ending(text, first, end) if first < end else end
    if first >= last or text.startswith("?", end - 1):
        return
    if _NUMBERED.fullmatch(text, first, last) and not is_rather_a_word(text[first:last]):
        yield first, last
        return
    address = read_address(text[:last], first, answer=True)
    if address and address.end == last and _says_something(address):
        yield first, last


def _begun(text: str, start: int, end: int, *, answer: bool = False) -> Iterator[tuple[int, int]]:
    """The part with which somebody begins to tell an address: 저희 집이 관악구 남부순환로고요.

    Outside of a dialogue a district or a dong alone says too little.
    """
    last = without_ending(text, start, end)
    for label in _OWN_BEGUN.finditer(text, start, last):
        address = read_address(text[:last], label.end(), answer=True)
        enough = address and (_says_something(address) if answer else address.region and address.road)
        if address and enough and address.end == last:
            yield address.start, last


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
