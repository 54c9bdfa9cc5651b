"""Birth dates, when the sentence or the question before says that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.name_likeness import name_likeness
from privacy.recognizers.birth_dates import (
    BACKWARDS,
    DAY,
    DAY_ALONE,
    FULL,
    MONTH,
    MONTH_ALONE,
    MONTH_DAY,
    MONTH_SLASH_DAY,
    RELATIVE,
    SEPARATED,
    YEAR,
    YEAR_ALONE,
    digit_dates,
)
from privacy.recognizers.dialogue import OpenTopic
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.said_endings import without_ending, without_lead

_YEAR_BORN = re.compile(
    rf"(?<!\d)(?<![가-힣]){YEAR}(?:[ ]?생(?!산|활|기|긴|겼|겨)|(?=[ ](?:쥐|소|범|호랑이|토끼|용|뱀|말|양|원숭이|닭"
    rf"|개|돼지)띠))"
)
_BORN_AFTER = re.compile(
    r"[ ]?(?:생(?:이|인|입|으|일|[,/]|\s|$|\))|(?:에|날|말에?|초에?)?[ ]?(?:태어|출생(?!신고|연도)|났|나셨|나신"
    r"|낳|난[ ](?:우리|제|내|저희|(?:아이|아들|딸|조카|손주|손자|손녀|동생)|사람|분))|생일"
    r"|생일|생신|이?[ ]?(?:제|내|우리[ ]?\S{1,3}|어머니|아버지|엄마|아빠)[ ]?(?:생일|생신))"
)
_DEADLINE_AFTER = re.compile(r"[ ]?(?:이전|이후|전\s|까지|부터|기준|현재|이상|이하|이내|~|∼)")
_NOT_A_BIRTH = re.compile(
    r"시행|개정|제정|기한|마감|신청|접수|행사|개최|출범|준공|계약|잔금|공사|고시|공고|발급|방문|예약|납부|납기"
    r"|이사|전입|입주|퇴사|입사|만료|발생|사고|회의"
    r"|행정|시험|모집|열리|연휴|공휴일|휴일|휴관|개관|개통|까지|부터|기간|법률|조례"
)
_PERSON = (
    r"(?:저|제|나|내|저희|우리)?[ ]?(?:애|아이|아기|아들|딸|첫째|둘째|셋째|막내|쌍둥이|손주|손자|손녀|어머니"
    r"|어머님|엄마|아버지|아버님|아빠|부모님|할머니|할아버지"
    r"|남편|아내|와이프|집사람|마누라|영감|배우자|신랑|동생|언니|누나|오빠|형|조카|시어머니|시아버지|장모님|장인"
    r"|이모|고모|삼촌|본인|여자친구|남자친구|나|저|전|난|제가|내가)"
)
_PERSON_BEFORE = re.compile(
    rf"(?<![가-힣]){_PERSON}(?:[은는이가도께서]|께서는|만|요|이?고요?)?[\s,]+(?:둘[ ]?다|각각|전부|실제로|호적은"
    rf"|주민등록상?)?[ ]?\Z"
)
_IS_ONE = re.compile(
    r"[ ]?(?:이?세요|이?신데|이십니다|이셔|이시고|이셨|이시네|이시죠)"
    r"|[ ]?(?:여자|남자|여성|남성|여아|남아)(?:[고이예,\s]|$)"
    r"|[ ]?이야(?![기])"
)
_COPULA = re.compile(r"(?:이?에요|예요|입니다|이?요(?![가-힣])|이고요?|이?거든요?|인데요?|이여|이야|임)(?:[\s,.]|$)")
_BEGINS = re.compile(r"(?:^|\n)\s*(?:네|예|음|어)?[\s,]*\Z")
_NAME_BEFORE = re.compile(r"[가-힣A-Za-z>][ ]?[(/][ ]?\Z")
_NAMED_BEFORE = re.compile(r"(?:^|[\s,])(?P<name>[가-힣]{3,4})[ ]?[,(/]?[ ]?\Z")
_A_NAME = 0.9
_PAPER_BEFORE = re.compile(
    r"(?:병원|호적|민증|신분증|주민등록증?|등본|초본|가족관계\S{0,4}|보험"
    r"|공단|학교|여권|면허증|서류|전산)(?:상|상에)?(?:에는|에|엔|은|는|이)?[ ]\Z"
)
_SAYS_AFTER = re.compile(r"[ ]?(?:으로|로|이?라고)[ ]?(?:등록|돼|되|올라|적혀|잘못|기재|나와|나온|써)")
"""What a paper says of somebody: 병원엔 1971년 3월 16일로 등록돼 있대요."""
_OTHER_BEFORE = re.compile(rf"(?:{_NOT_A_BIRTH.pattern})(?:[ ]?(?:날짜|예정일|일정|일자|날|일))?[은는이가]?[ ]?\Z")
_COHORT_AFTER = re.compile(
    r"[ ]?(?:부터|까지|이후|이전|이상|이하|들|만\s|은\s|에[ ]?한|[~∼\-]|대상|이내|또는|과\s|와\s|이나\s|이죠|이잖)"
)

_NEAR = 10
_STOPS = frozenset(("", " ", ",", ")", "/", "\n"))
_ASKED = re.compile(
    r"생년|생일|생신|년생|태어나(?!면)|태어난[ ]?(?:해|날|달|연도)|출생(?!신고|아|률|[ ]?등록)|월생|birth",
    re.IGNORECASE,
)
_NEXT_ASKED = re.compile(
    r"월일|연도|년도|날짜|며칠|몇[ ]?일|몇[ ]?월|달은|일은|월은|해는|몇[ ]?년|둘째|첫째|동생은|양력|음력|앞자리"
    r"|여섯[ ]?자리|생일"
)
_ONE = r"(?:\d|[공영일이삼사오육륙칠팔구])"
_PIECE = rf"(?:{YEAR}생?|{MONTH_DAY.pattern}|{MONTH}|{DAY})"
_BARE = re.compile(
    rf"(?:{_PIECE}[ ,]*){{1,3}}|{SEPARATED.pattern}|(?:19|20){_ONE}{{2}}|{_ONE}{{2}}|{_ONE}{{4}}|{_ONE}{{6}}"
    rf"|(?:천구백|이천)[일이삼사오육칠팔구십]{{1,4}}"
)
_PIECE_LABEL = re.compile(
    r"(?:음력(?:으로)?|양력(?:으로)?|연도는|년도는|해는|태어난[ ]?(?:해|날|달)[은는]|월은|달은|일은|날은|날짜는"
    r"|월일은|생일은|생신은|며칠이냐면|월이[ ]|생년은)[ ]?"
)
_LABELLED_PIECE = re.compile(
    rf"(?:생일|생신|생년|생년월일|태어난[ ]?(?:해|날|달)|출생[ ]?연도|출생년도)[은는이가]?[ ](?:음력[ ]"
    rf"|양력[ ])?(?P<piece>{_PIECE}(?:[ ]{_PIECE}){{0,2}})(?=$|[\s,.]|이?[요고에]|인데|입니|예요)"
)
_OWN_YEAR = re.compile(
    rf"(?<![가-힣]){_PERSON}[은는이가도께서]{{0,3}}[ ](?:\S{{1,3}}띠[ ])?(?P<piece>{YEAR})(?=에[ ]?(?:태어|났|나셨"
    rf"|나서|출생)|이?[고라]|이?요|이에요)"
)
_OWN_PIECES = (_LABELLED_PIECE, _OWN_YEAR)
_PIECES = (RELATIVE, FULL, SEPARATED, BACKWARDS, MONTH_DAY, YEAR_ALONE, MONTH_ALONE, DAY_ALONE)


class BirthRecognizer(KoreanRecognizer):
    """1990년 1월 1일생, 90년 1월생, 900101 after a label, 천구백팔십년 오월 오일. Deadlines and other dates stay."""

    KIND = PersonalKind.BIRTH
    CONTEXT = (
        "생년월일", "생년", "생일", "생신", "출생일", "출생", "태어나", "태어난", "탄생일", "월일", "호적", "전산",
        "birth", "born",
    )  # fmt: skip

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        yield from _dates(text)
        yield from _years(text)
        yield from _digit_dates(text)
        if "\n" in text:
            for start, end in _answers(text):
                yield Finding(start, end, 0.65, settled=True)


def _dates(text: str) -> Iterator[Finding]:
    for pattern, score in (
        (FULL, 0.14),
        (SEPARATED, 0.14),
        (BACKWARDS, 0.14),
        (MONTH_DAY, 0.1),
        (MONTH_SLASH_DAY, 0.1),
    ):
        for match in pattern.finditer(text):
            if _DEADLINE_AFTER.match(text, match.end()) or (match.re is SEPARATED and match["sep"].isspace()):
                continue
            born = _BORN_AFTER.match(text, match.end())
            end = match.end() + 1 if born and text.startswith("생", match.end()) else match.end()
            if born and text.startswith("생일", match.end()):
                end = match.end()
            if pattern is MONTH_DAY:
                yield Finding(match.start(), end, 0.6 if born else score)
            else:
                yield Finding(match.start(), end, 0.7 if born or _is_of_a_person(text, match) else score)


def is_other_date(text: str, start: int) -> bool:
    """Whether the word right before a date says of what else it is the date: 이사는 팔월 이십일."""
    return bool(_OTHER_BEFORE.search(text, max(0, start - 12), start))


def _is_of_a_person(text: str, match: re.Match[str]) -> bool:
    """Whether a whole date is said of somebody (어머니가 1939-06-05이신데) or opens the talk."""
    line_start = text.rfind("\n", 0, match.start()) + 1
    if _IS_ONE.match(text, match.end()):
        return True
    whole = match.re is not FULL or match.group().rstrip()[-1] not in "월달"
    before = text[line_start : match.start()]
    if whole and _PAPER_BEFORE.search(before) and _SAYS_AFTER.match(text, match.end()):
        return True
    if match.re is SEPARATED and _is_given_with_a_name(text, match, before, opens=line_start == 0):
        return True
    if not whole or _NOT_A_BIRTH.search(text, line_start, min(_line_end(text, match.end()), match.end() + _NEAR)):
        return False
    told = bool(_COPULA.match(text, match.end()))
    ends = told or text[match.end() : match.end() + 1] in {"", ",", ".", "\n"}
    if _PERSON_BEFORE.search(before):
        return ends
    return ends and bool(_BEGINS.search(before)) and line_start == 0 and (told or text.startswith(",", match.end()))


def _is_given_with_a_name(text: str, match: re.Match[str], before: str, *, opens: bool) -> bool:
    """Whether a date stands behind a name (김영수 1991.2.7) or begins the talk (1999-02-14 예비군 연기)."""
    if _NOT_A_BIRTH.search(text, match.end(), match.end() + 6) or text[match.end() : match.end() + 1] not in _STOPS:
        return False
    if opens and match.group().startswith("19") and _BEGINS.search(before):
        return True
    named = _NAMED_BEFORE.search(before)
    return named is not None and name_likeness(named["name"]) >= _A_NAME and not _NOT_A_BIRTH.search(named["name"])


def _years(text: str) -> Iterator[Finding]:
    """90년생, 육이년생이고요; 1961년생부터 is a rule's."""
    for match in _YEAR_BORN.finditer(text):
        if not _COHORT_AFTER.match(text, match.end()):
            yield Finding(match.start(), match.end(), 0.6, settled=True)


def _digit_dates(text: str) -> Iterator[Finding]:
    for start, end in digit_dates(text):
        said_born = text.startswith("생", end) and not text.startswith(("생활", "생산"), end)
        sure = (
            said_born
            or _IS_ONE.match(text, end)
            or (_NAME_BEFORE.search(text, max(0, start - 4), start) and text[end : end + 1] in {")", "/", ""})
        )
        yield Finding(start, end, 0.7 if sure else 0.25)


def _answers(text: str) -> Iterator[tuple[int, int]]:
    """Dates and pieces of dates in the turns for which a birth date is open."""
    topic, start = OpenTopic(), 0
    for line in text.split("\n"):
        end = start + len(line)
        other = bool(_NOT_A_BIRTH.search(line))
        pieces = [] if other or not topic else [*_pieces(line)] if topic.asked else [*_bare_pieces(line)]
        if not other:
            pieces += [match.span("piece") for each in _OWN_PIECES for match in each.finditer(line)]
        yield from ((start + first, start + last) for first, last in pieces)
        asks, goes_on = bool(_ASKED.search(line)), bool(_NEXT_ASKED.search(line))
        topic.hear(line, asks=asks, goes_on=goes_on, told=bool(pieces), closes=other or not line.strip())
        start = end + 1


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    position = 0
    while matches := [match for piece in _PIECES if (match := piece.search(line, position))]:
        first = min(matches, key=lambda each: (each.start(), -each.end()))
        position = first.end()
        if not _DEADLINE_AFTER.match(line, position):
            born = line.startswith("생", position) and not line.startswith("생일", position)
            yield first.start(), position + born
    yield from digit_dates(line)
    yield from _bare_pieces(line)


def _bare_pieces(line: str) -> Iterator[tuple[int, int]]:
    """What is nothing but a piece, with what people say around it (월은 삼월이고요)."""
    first = without_lead(line, 0, len(line))
    if label := _PIECE_LABEL.match(line, first):
        first = without_lead(line, label.end(), len(line))
    if first < (last := without_ending(line, first, len(line))) and _BARE.fullmatch(line, first, last):
        yield first, last


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)
