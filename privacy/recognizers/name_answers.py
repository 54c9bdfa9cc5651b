"""Names and parts of names that answer a question for one: 김이요 / 영숙이에요, 봉선화, 외자예요 진."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.name_likeness import given_likeness, is_surname, name_likeness, surname_length
from privacy.recognizers.dialogue import OpenTopic, is_nod
from privacy.recognizers.name_patterns import ROLE, TITLE
from privacy.said_endings import without_ending, without_lead
from privacy.spoken_digits import SPOKEN_RUN
from privacy.word_list import read_words

_ASKS = re.compile(
    r"성함|존함|함자|본명|실명|성씨|영문명|영문\s?(?:이름|성)|(?<![가-힣])성[이은도]|(?<![가-힣])성부터"
    r"|(?:(?:신청|대리|보호|신고|예약|피해|소유|계약|명의|세대주|예금주|본인|아이|아기|애기|아드님|따님|남편|아내"
    r"|배우자|어머님?|아버님?|고객|받는\s?분|받으실\s?분|바뀐|새|한글|전|개명\s?\S{0,2})\S{0,4}\s)"
    r"이름[은이을도까]?|^(?:네\s)?이름[은이]?(?:요|\s어떻게|\s뭐|\s무엇)|이름(?:을|이|은)?\s?(?:좀\s|한\s?글자씩\s|한\s?자씩\s|천천히\s)?(?:말씀|알려"
    r"|불러|여쭤|적어|어떻게|외자)|누구\s?(?:명의|앞|성함|이름)"
)
_ASKS_MORE = re.compile(
    r"이름|성은|성이|글자|전체|풀네임|띄어|한글|영문|배우자|다른\s?분|또\s?한\s?분|끝\s?자|마지막|가운데|다음|나머지"
    r"|그리고|무엇|어떻게\s?쓰"
)
_OF_SOMETHING_ELSE = re.compile(
    r"서식|서류|제도|건물|아파트|도서관|부서|사업|단지|정류장|역\s?이름|병원|학교|강아지|고양이|회사|상호|가게|업체"
    r"|시설|행사|강좌|약\s?이름|기관|은행|담당"
)
_BEHIND = re.compile(r"\s?(?:씨|님|가)$")
_OWN_WORDS = re.compile(
    rf"(?:{ROLE}|{TITLE}|저희?|제|우리|이름|성함|성|한자|외자|그냥|본명|한글|영문|여기|원래|지금)(?:은요|는요"
    rf"|[은는이가도로]|께서는|이에요|예요|이요)?"
)
_NO_NAME = re.compile(
    rf"(?:{ROLE}|{TITLE})(?:님|분)?|본인|저[요희]?|나[요]?|제가?|우리|네+|예|아니[요오]?|몰라\S*|모르\S*|그냥|잠깐\S*"
    rf"|잠시\S*|없\S*|있\S*|비밀|대신|대리|가족|이웃"
    r"|주민|시민|학생|직원|회사|법인|단체|익명|무명|똑같\S*|같\S*|그대로|[앞뒤]|왜\S*|누구\S*|뭐\S*|무슨|여기\S*"
    r"|이거\S*|그거\S*|아까\S*|방금|맞\S*|좋\S*|알겠\S*|다시|개명\S*|외국인|한국인"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’\-]+(?:[\s,]+[A-Za-z][A-Za-z'’\-]*){0,3}")
_HANGUL = re.compile(r"[가-힣]{1,12}(?:[\s·][가-힣]{1,8}){0,3}")
_NOT_NAMES = read_words("not_names") | read_words("civic_words") | read_words("places") | read_words("districts")
_LONGEST_KOREAN = 4
_LONGEST_ANSWER = 30
_LONGEST_SURNAME = 2
_ONLY_A_NAME = re.compile(r"<이름_\d+>(?:이?고요?|에|이?요)?[\s.,]*")
"""Earlier turns are only pseudonyms; this one may have been a surname."""
_SPELLED = re.compile(r"[가-힣]자(?:[,\s][가-힣]자)?(?=이?[요고에]|예요|입니다|\s씁|\s써|\s?\Z|\s?\n)")
_MEMORY = 3
"""Turns for which a name that was begun stays open."""
_BEGUN = re.compile(
    r"이름(?:이요|으로\s?(?:했|돼|되|신청|등록)|[이은]\s|이고)|(?<![가-힣])성[은이]\s|<이름_\d+>|(?<![가-힣])(?:저"
    r"|제가|전|저는)\s(?P<name>[가-힣])(?=이?고요?(?:\s|\Z)|이?요\Z|씨)"
)
_ELSE = re.compile(r"연락처|전화|주소|생년|생일|번호|메일|나이|계좌|날짜|몇\s|언제|얼마|어디")
_LIKE_A_NAME = 0.85
_LIKE_A_GIVEN = 0.85


def find_name_answers(text: str, artifacts: KoreanArtifacts) -> Iterator[tuple[int, int]]:
    """Start and end of every answer that is a name, a surname or a given name alone."""
    topic, start, surname = OpenTopic(_MEMORY), 0, False
    for line in text.split("\n"):
        end = start + len(line)
        told = None
        if topic and not is_nod(line) and len(line) <= _LONGEST_ANSWER and not line.endswith("?"):
            told = _answer(text, artifacts, start, end, asked=topic.asked or surname, surname=surname)
        begun = _begun(line)
        if told:
            yield told
        elif begun and begun["name"] and is_surname(begun["name"]):
            told = start + begun.start("name"), start + begun.end("name")
            yield told
        if _ONLY_A_NAME.fullmatch(line):
            surname = True
        elif told or begun or not (is_nod(line) or _ASKS_MORE.search(line)):
            surname = bool(told and told[1] - told[0] <= _LONGEST_SURNAME and surname_length(text[slice(*told)] + "가"))
        topic.hear(
            line,
            asks=_asks(line),
            goes_on=bool(_ASKS_MORE.search(line)),
            told=bool(told or begun),
            closes=bool(_ELSE.search(line)),
        )
        start = end + 1


def _answer(
    text: str, artifacts: KoreanArtifacts, start: int, end: int, *, asked: bool, surname: bool
) -> tuple[int, int] | None:
    """The name that the turn ``text[start:end]`` consists of; what nobody has asked for must look like one.

    ``surname`` when the turn before told one: then a syllable, or 영자 숙자, is a given name.
    """
    first, last = without_lead(text, start, end), without_ending(text, start, end)
    told_by_role = first
    while (space := text.find(" ", first, last)) >= 0 and _OWN_WORDS.fullmatch(text, first, space):
        first = without_lead(text, space + 1, end)
    if behind := _BEHIND.search(text, first + 1, last):
        last = behind.start()
    if surname and (spelled := _SPELLED.match(text, first, end)):
        return first, spelled.end()
    if first >= last or not _is_name(text, artifacts, first, last, surname=surname or told_by_role < first):
        return None
    name = text[first:last]
    likely = (
        len(name) == 1
        or name_likeness(name) >= _LIKE_A_NAME
        or (len(name) == 2 and given_likeness(name) >= _LIKE_A_GIVEN)
    )
    return (first, last) if asked or (likely and last < end) else None


def _begun(line: str) -> re.Match[str] | None:
    return None if _OF_SOMETHING_ELSE.search(line) else _BEGUN.search(line)


def _asks(line: str) -> bool:
    return bool(_ASKS.search(line)) and not _OF_SOMETHING_ELSE.search(line)


def _is_name(text: str, artifacts: KoreanArtifacts, start: int, end: int, *, surname: bool) -> bool:
    answer = text[start:end]
    if _LATIN.fullmatch(answer):
        return True
    if not _HANGUL.fullmatch(answer) or _NO_NAME.fullmatch(answer) or answer in _NOT_NAMES:
        return False
    if len(answer) == 1:
        known = surname or bool(surname_length(answer + "가"))
        return known and not text.startswith(("까지", "씨", "도", "만"), end)
    inside = [token for token in artifacts.morphemes if start <= token.idx < end and token.text]
    words = answer.split()
    if len(words) > 1:
        if all(len(word) == 1 for word in words):
            return name_likeness("".join(words)) >= _LIKE_A_GIVEN
        return all(token.tag in {"NNP", "NNG", "SL"} for token in inside)
    surnamed = bool(surname_length(answer))
    if SPOKEN_RUN.fullmatch(answer) or any(token.tag[0] == "V" and len(token) > 1 for token in inside):
        return False
    if len(inside) == 1 and inside[0].tag == "NNG":
        whole = surnamed and len(answer) == _LONGEST_KOREAN - 1
        return whole or (surname and given_likeness(answer) >= _LIKE_A_GIVEN)
    return surnamed or len(answer) <= _LONGEST_KOREAN or any(token.tag == "NNP" for token in inside)
