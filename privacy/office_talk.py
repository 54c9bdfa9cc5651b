"""Dialogues in which a citizen asks for an office's number, address or room: what is told then belongs to everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.span_choice import ChosenSpan

_OFFICE = re.compile(
    r"시청|구청|군청|도청|청사|주민센터|행정복지센터|동사무소|면사무소|보건소|도서관|경찰서|파출소|지구대|소방서|우체국|세무서|세무과|법원"
    r"|등기소|공단|공사|교육청|학교|병원|의원|외래|의료원|복지관|경로당|문화원|체육관|체육센터|수영장|공원|박물관|미술관|센터|민원실|콜센터|상담|안내|창구"
    r"|대기실|교부|접수처|회의실|강의실|강당|담당\s?(?:부서|과)|[가-힣]{2,6}(?:과|팀)(?:은|는|이|가|에|\s)|여권과|건축과|은행\s?지점|매표소|관리\s?사무소|주차장"
    r"|학습관|의회|대피소|당직실|외래|대표\s?번호|대표\s?전화|기념관|회관|문화관|전시관|청소년관|보훈|고용|출장소|지점|영업점"
)
_ASKS_FOR_IT = re.compile(
    r"(?:번호|전화|주소|위치|팩스|내비).{0,12}(?:뭐|몇|어떻게\s?(?:돼|되[나는죠]|됩)|알려|아세요|인가|예요|에요|있어|있나|좀|\?|주세요|줘|적을|는\s?\Z)"
    r"|어디(?:예|에|로|죠|야|인|서|쯤|라|\s?있)|몇\s?(?:층|호|번|동)|(?:관|소|청|원|점|터)[이가은는]?\s있(?:나|어|죠|습)"
    r"|(?:외래|대표|민원실|상담|안내|고객센터|콜센터)\s?(?:전화)?번호[은는]"
)
_ASKS_THE_CITIZEN = re.compile(
    r"(?:본인|고객님?|신청인|신청하시는|선생님|어르신|연락\s?(?:가능|받으실)).{0,20}(?:번호|주소|성함|이름|연락처)"
    r"|(?:성함|연락처|생년월일|주민(?:등록)?번호|계좌|카드\s?번호|차량\s?번호).{0,14}(?:어떻게|말씀|알려|불러|남겨|되[세실]|입력|눌러|\?)"
    r"|(?:말씀해|불러|남겨|입력해|적어)\s?(?:주|봐)|사시는|거주하시는|댁"
)
_OWN = re.compile(
    r"제\s|저희|우리\s?집|내\s|집\s?주소|살아|살고|사는|휴대폰|핸드폰|주민등록|주민번호|외국인|등록번호|계좌|카드|여권\s?번호|면허|생년"
    r"|앞자리|뒷자리|끝자리|뒷번호"
)
_TOLD = frozenset({PersonalKind.PHONE, PersonalKind.NUMBER, PersonalKind.ADDRESS, PersonalKind.RRN, PersonalKind.CASE})
_PRIVATE = re.compile(r"\A\W*(?:0\s?1\s?[016-9]|(?:공|영)\s?일\s?(?:공|영))|\d{6}\D?\d{7}")
_LONGEST_ANSWER = 5


def without_office_answers(text: str, spans: list[ChosenSpan]) -> list[ChosenSpan]:
    """The finds of a dialogue (turns joined by newlines) but for an office's number, address or room told on request.

    A mobile number or a whole registration number stays, whoever was asked.
    """
    if "\n" not in text or not spans:
        return spans
    public = list(_office_answers(text))
    return [
        span
        for span in spans
        if span.kind not in _TOLD
        or _PRIVATE.search(text[span.start : span.end])
        or not any(start <= span.start and span.end <= end for start, end in public)
    ]


def _office_answers(text: str) -> Iterator[tuple[int, int]]:
    """Where in the text turns stand that answer such a question, or go on about the answer."""
    left = start = 0
    office = False
    begun: int | None = None
    for line in [*text.split("\n"), ""]:
        end = start + len(line)
        own = bool(_ASKS_THE_CITIZEN.search(line) or _OWN.search(line)) or start > len(text)
        office = not own and (office or bool(_OFFICE.search(line)))
        asked = office and bool(_ASKS_FOR_IT.search(line))
        if (left or asked) and not own:
            begun = start if begun is None else begun
        elif begun is not None:
            yield begun, start - 1
            begun = None
        left = 0 if own else _LONGEST_ANSWER if asked else max(0, left - 1)
        start = end + 1
