"""Reads the parts of an address in their order: region, road or town, number, building, unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from privacy.recognizers.address_patterns import (
    BEFORE_HOUSE,
    BLOCK,
    BLOCK_AND_ROOM,
    BLOCK_SAID,
    BRACKETED_TOWN,
    CLOSE,
    COMPLEX_NUMBER,
    DISTRICT,
    EDGE,
    FLOOR,
    GAP,
    HAMLET,
    HOUSE,
    KIND_OF_FLAT,
    LOOSE_ROOM,
    NAMED,
    NO_TOWN,
    POSTCODE,
    PROVINCE,
    ROAD,
    ROOM,
    SAID_BLOCK,
    SHOP,
    STREET_SECTION,
    TOWN,
    UNIT_AFTER,
    WORD,
)
from privacy.recognizers.said_numbers import without_copula
from privacy.word_list import read_words

_DISTRICTS = read_words("districts")
_TOWNS = read_words("towns")
NOT_BUILDINGS = read_words("not_buildings")


@dataclass(slots=True)
class Address:
    """What was read from ``start`` to ``end``; parts that are not there are empty."""

    start: int
    end: int
    postcode: str = ""
    province: str = ""
    district: str = ""
    town: str = ""
    known_town: bool = False
    road: str = ""
    sub_road: bool = False
    number: str = ""
    number_end: int = 0
    paired: bool = False
    lot: bool = False
    named: str = ""
    block: str = ""
    floor: str = ""
    room: str = ""
    flat: str = ""

    @property
    def region(self) -> bool:
        return bool(self.province or self.district)

    @property
    def unit(self) -> bool:
        """Whether it says which flat: a room, or a floor or basement behind something."""
        return bool(self.room or self.flat or (self.floor and self.number))


class _Reader:
    """A cursor over the text that takes one part after the other."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.end = start
        self._start = start

    def next_at(self) -> int:
        """Where the next part would begin: after a space, a comma or an opening bracket."""
        if self.end == self._start:
            return self.end
        match = GAP.match(self.text, self.end)
        return match.end() if match else self.end

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.next_at())
        if match and match.end() > self.end:
            self.end = match.end()
            return match
        return None

    def take_known(self, pattern: re.Pattern[str], names: frozenset[str], *, glued: bool = False) -> str:
        """The longest name of ``names`` that begins here and ends where a word may end."""
        at = self.end if glued else self.next_at()
        for size in range(6, 1, -1):
            word = self.text[at : at + size]
            if len(word) == size and word in names and pattern.fullmatch(word) and self._is_edge(at + size):
                self.end = at + size
                return word
        return ""

    def _is_edge(self, at: int) -> bool:
        if EDGE.match(self.text, at):
            return True
        rest = self.text[at : at + 6]  # 은평구응암동12
        return any(rest[:size] in _TOWNS or rest[:size] in _DISTRICTS for size in range(2, 7)) or bool(
            ROAD.match(self.text, at)
        )


def read_address(text: str, start: int, *, answer: bool = False) -> Address | None:
    """The address that begins at ``start``, however little of it there is; None when nothing there is part of one.

    ``answer`` lets a block stand without a room and takes any building's name.
    """
    reader = _Reader(text, start)
    found = Address(start, start)
    _read_region(reader, found)
    _read_street(reader, found)
    _read_building(reader, found, answer=answer)
    found.end = reader.end
    if close := CLOSE.match(text, found.end):
        found.end = close.end() if "(" in text[start : found.end] else found.end
    return found if found.end > start else None


def _read_region(reader: _Reader, found: Address) -> None:
    if match := reader.take(POSTCODE):
        found.postcode = match.group()
    _read_province(reader, found)
    for _ in range(2):
        found.district = reader.take_known(DISTRICT, _DISTRICTS) or found.district
    for _ in range(2):
        _read_town(reader, found)
    if found.town and (found.town[-1] in "읍면" or found.region) and (match := reader.take(HAMLET)):
        found.town = match.group()


def _read_province(reader: _Reader, found: Address) -> None:
    """서울, 경기도; also glued to its city (서울은평구)."""
    at = reader.end
    match = reader.take(PROVINCE)
    if match is None:
        return
    if not EDGE.match(reader.text, match.end()):
        found.district = reader.take_known(DISTRICT, _DISTRICTS, glued=True)
        if not found.district:
            reader.end = at
            return
    found.province = match.group()


def _read_town(reader: _Reader, found: Address) -> None:
    at = reader.next_at()
    match = TOWN.match(reader.text, at)
    if match is None or not EDGE.match(reader.text, match.end()) or SAID_BLOCK.fullmatch(match.group()):
        return
    name = re.sub(r"\d|\s", "", match.group()).removesuffix("가")
    known = name in _TOWNS or re.sub("[일이삼사]동$", "동", name) in _TOWNS
    if known or (found.region and len(name) > 1) or (len(name) > 2 and name[-1] == "동" and not NO_TOWN.search(name)):
        found.town, found.known_town = match.group(), known
        reader.end = match.end()


def _read_street(reader: _Reader, found: Address) -> None:
    if match := reader.take(ROAD):
        found.road, found.sub_road = match["name"], bool(match["sub"])
        if reader.text.startswith("에 ", reader.end):
            reader.end += 1
    if not (found.road or found.town):
        return
    at = reader.end
    pause = BEFORE_HOUSE.match(reader.text, reader.end)
    begin = pause.end() if pause else at
    house = HOUSE.match(reader.text, begin)
    if house is None or (begin == at and not found.road and not house["first"][0].isdecimal()):
        return
    if not house["second"] and UNIT_AFTER.match(reader.text, house.end("first")):
        return  # a unit's number
    if len(house.group()) == 1 and STREET_SECTION.match(reader.text, house.end()):
        return
    reader.end = without_copula(reader.text, house.start(), house.end())
    found.number, found.number_end = reader.text[house.start() : reader.end].strip(), reader.end
    found.paired = bool(house["second"])
    found.lot = bool(house["lot"] or house["hill"])
    if bracket := BRACKETED_TOWN.match(reader.text, reader.end):
        reader.end = bracket.end()


def _read_building(reader: _Reader, found: Address, *, answer: bool) -> None:
    at, before = reader.end, reader.end
    words = 0
    while words < 3 and not _read_unit(reader, found, answer=answer):
        match = reader.take(NAMED) or ((found.number or found.named) and reader.take(WORD)) or None
        if not match or match.group() in NOT_BUILDINGS:
            break
        words += 1
        if NAMED.fullmatch(match.group()):
            found.named, before = match.group(), reader.end
    if not (found.block or found.room or found.flat or found.floor):
        reader.end = before if found.named and (answer or found.number) else at
        found.named = found.named if reader.end > at else ""
        if answer and found.named and (match := reader.take(COMPLEX_NUMBER)):
            reader.end = match.end()
    elif found.floor and not found.room and found.number and (match := reader.take(SHOP)):
        reader.end = match.end()


def _read_unit(reader: _Reader, found: Address, *, answer: bool) -> bool:
    began = reader.end
    reader.take(COMPLEX_NUMBER)
    named = bool(found.named or reader.end > began)
    if named and (match := reader.take(BLOCK_AND_ROOM)):
        found.block = found.room = match.group()
        return True
    if match := reader.take(BLOCK) or (reader.take(BLOCK_SAID) if answer else None):
        found.block = match.group()
    if match := reader.take(KIND_OF_FLAT):
        found.flat = match.group()
    if not (found.block and found.room) and (match := reader.take(FLOOR)):
        found.floor = match.group()
    if match := reader.take(ROOM) or (reader.take(LOOSE_ROOM) if found.block else None):
        found.room = match.group()
    elif not found.flat and (match := reader.take(KIND_OF_FLAT)):
        found.flat = match.group()
    if found.block and not found.room and not found.floor and not answer:
        found.block = ""
    done = bool(found.block or found.room or found.floor or found.flat)
    if not done:
        reader.end = began
    return done
