"""People in public roles and figures of history: their names are no personal data of a conversation."""

from __future__ import annotations

import re

from privacy.word_list import read_words

FIGURES = read_words("public_figures")
_ROLE_AFTER = re.compile(
    r"[^\S\n]?(?:장군|열사|의사(?!\s?선생)|선생(?!님)|대통령|시장(?!에|\s?(?:상인|골목))|도지사|지사|군수|구청장|위원장|의원|장관|총리"
    r"|총장|대왕|왕|황제|여왕|감독|선수|작가|시인|화백|가수|배우(?!자)|아나운서|박사"
    r"|기념관|기념|생가|동상|체육공원|공원|문학관|미술관|박물관|도서관|센터|거리|광장|재단|병원|의거|평전|묘|사당|축제|콘서트"
    r"|로\s?\d|길\s?\d|전\s(?:시장|대통령|총리|장관|지사))"
)
_ROLE_BEFORE = re.compile(
    r"(?:시장|대통령|지사|총리|장관|의원|장군|백범|도산|매헌|만해|충무공|감독|가수|배우|작가|시인|화가"
    r"|구청장|위원장|홍보대사|독립운동가|선수)(?:은|는|이|인)?\s$"
)
_PRIVATE_AFTER = re.compile(
    r"\s?(?:씨|님|어르신|할머니|할아버지|고객|환자|본인|상담사|주무관|팀장|과장|계장|통장|이?라고\s?(?:합니다|해요|하는데)|입니다|이에요|예요|인데|앞으로|명의)"
)
_PRIVATE_BEFORE = re.compile(
    r"(?:이름[은이]?|성함[은이]?|저는|제가|저|예금주|명의|환자|담당자?|남편|아내|아들|딸|집주인)\s$"
)
_BEHIND = 12


def is_public_person(text: str, start: int, end: int) -> bool:
    """Whether the name ``text[start:end]`` is a public figure's, by its role or because everybody knows it."""
    return has_public_role(text, start, end) or is_public_figure(text, start, end)


def has_public_role(text: str, start: int, end: int) -> bool:
    """Whether an office, a profession of the stage or a memorial stands beside the name."""
    before = text[max(0, start - _BEHIND) : start]
    return bool(_ROLE_AFTER.match(text, end) or _ROLE_BEFORE.search(before))


def is_public_figure(text: str, start: int, end: int) -> bool:
    """Whether everybody knows the name and nothing beside it says that a private person is meant."""
    if text[start:end] not in FIGURES or _PRIVATE_AFTER.match(text, end):
        return False
    return not _PRIVATE_BEFORE.search(text[max(0, start - _BEHIND) : start])
