"""Which number a dialogue is about, turn by turn: 연락처가 어떻게 되세요? / 공일공에 / 네 / 이삼사오요."""

from __future__ import annotations

import re
from typing import NamedTuple

from privacy.digit_gaps import is_gap
from privacy.kinds import PersonalKind
from privacy.spoken_digits import READING

NUMBER_KINDS = (
    PersonalKind.PHONE,
    PersonalKind.RRN,
    PersonalKind.FOREIGNER,
    PersonalKind.CARD,
    PersonalKind.ACCOUNT,
    PersonalKind.DRIVER,
    PersonalKind.BRN,
    PersonalKind.PASSPORT,
    PersonalKind.PLATE,
    PersonalKind.CASE,
    PersonalKind.NUMBER,
)

_LABEL_REACH = 40
_LONGEST_LETTER = 3
_AFTER_LABEL = re.compile(r"^\s?(?:번호)?(?:[은는이가도을를]|요)?(?=[\s\d:：]|$)")
_LASTS = 6
"""Turns without a word of the number after which it is no longer the topic."""

_LABELS = (
    (
        PersonalKind.RRN,
        r"주민\s?(?:등록)?\s?번호|외국인\s?(?:등록)?\s?번호|외국인등록증|거소증|성별번호|등본.{0,12}앞자리",
    ),
    (PersonalKind.CARD, r"카드\s?(?:번호|뒷|뒤|앞|불러)|카드.{0,6}(?:번호|낼게요|결제)"),
    (PersonalKind.ACCOUNT, r"계좌|은행|뱅크|농협|신협|수협|축협|새마을금고|통장\s?(?:번호|앞|뒤|이|은)?|예금주"),
    (
        PersonalKind.PLATE,
        (r"차량\s?번호|한글은|차\s?번호|번호판|차번호|방문\s?차량|차\s?(?:앞|뒷|뒤|끝)\s?(?:번호|자리)|오토바이(?:\s?번호)?|차[가는]?\s(?=\d)|주차된\s차"
        r"|(?:제|내|우리|저희)\s차\s|그 차"),
    ),
    (PersonalKind.PASSPORT, r"여권\s?번호|여권.{0,6}번호|(?:신형|외국|새)\s여권|여권이|[가-힣]{2,4}\s여권(?:인데|은)"),
    (PersonalKind.DRIVER, r"면허\s?(?:증)?\s?번호|면허증|운전\s?면허"),
    (PersonalKind.BRN, r"사업자\s?(?:등록)?\s?번호|사업자[가는]?\s|사업자번호|법인\s?(?:등록)?\s?번호"),
    (PersonalKind.CASE, r"(?:접수|민원|신청|사건|납부|확인|예약|고객|관리)\s?번호"),
    (
        PersonalKind.PHONE,
        (r"연락처|전화\s?번호|핸드폰|휴대폰|휴대\s?전화|폰\s?번호|전번|집\s?전화|댁\s?전화|팩스\s?번호|안심\s?번호"
        r"|(?:저희|우리)\s집(?=\s(?:[0공영제]|$)|$)"
        r"|인터넷\s?전화"
        r"|연락.{0,8}번호|어느\s번호|회신.{0,8}번호|(?:^|\s)전화(?:는)?요|(?:제|내|엄마|아빠|아들|딸|남편|아내"
        r"|보호자|바뀐|가게|사무실|회사|매장|집)\s번호"
        r"|번호가\s바뀌"),
    ),
)  # fmt: skip
_LABEL = re.compile("|".join(f"(?P<{kind.name}>{words})" for kind, words in _LABELS))
_PLACEHOLDER = re.compile(r"<([가-힣]{1,8})_\d+>")
_PART = re.compile(
    r"뒷\s?자리|뒷\s?번호|끝\s?자리|끝\s?번호|앞\s?자리|앞\s?번호|(?:네|4|다섯|5|일곱|7|여섯|6|여덟|8|세|3|두|2|열)\s?(?:자리"
    r"|개)\s?(?:요|만|부터|씩|도|는|를|더|가|이)"
    r"|번호\s?(?:좀\s?|를\s?)?(?:불러|말씀|알려)|^(?:네\s)?번호(?:는)?요(?=\s*(?:\?|$))|묶음|나머지|하이픈\s?뒤"
    r"|끝\s(?:네|여섯|두)|숫자는요|한글은요"
)
# Somebody else's number, or no number at all: what follows isn't the speaker's.
_OTHER = re.compile(
    r"대표\s?번호|대표\s?전화|콜\s?센터|민원실|대기\s?번호|번호표|버스|창구|국번|몇\s?시|몇\s?명|몇\s?개|몇\s?층"
    r"|몇\s?살|몇\s?세|얼마"
    r"|며칠|언제|(?<![가-힣])나이[가는를\s]|지하철|호선|우편번호|구청\s?(?:번호|전화)|시청\s?(?:번호|전화)"
    r"|보건소\s?(?:번호|전화)|센터\s?(?:번호|전화)"
)
_DIGITS_SAID = re.compile(rf"\d{{2,}}|(?:(?:{READING.pattern})\s?){{2,}}")
_MOBILE_BEGUN = re.compile(r"(?<![\d가-힣])(?:01[016-9]|(?:[공영]|제로)\s?(?:일|하나|원)\s?(?:[공영일육칠팔구]|제로))")
_PROMPT = re.compile(r"\s*(?:네+\s*)?(?:$|계속|이어서|듣고|그\s?다음|다음|나머지|천천히|말씀|적었|적을)")
_OWN = re.compile(r"(?:제|내|저희|우리|본인|고객님|성함|신청자|보호자)")


class Topic(NamedTuple):
    """The number a turn may be a part of, and whether the turn right before asked for it."""

    kind: PersonalKind
    asked: bool


def kind_right_before(text: str, position: int) -> PersonalKind | None:
    """The kind of the label that stands right before a place, with nothing but particles and fillers between."""
    line_start = max(text.rfind("\n", 0, position) + 1, position - _LABEL_REACH)
    last = None
    for match in _LABEL.finditer(text, line_start, position):
        last = match
    if last is None or not last.lastgroup:
        return None
    kind, between = PersonalKind[last.lastgroup], _AFTER_LABEL.sub("", text[last.end() : position])
    lettered = kind in {PersonalKind.PASSPORT, PersonalKind.PLATE} and len(between.strip()) <= _LONGEST_LETTER
    return kind if lettered or is_gap(between) else None


def kind_named(text: str) -> PersonalKind | None:
    """The kind whose label stands last in a text."""
    last = None
    for match in _LABEL.finditer(text):
        last = match
    return PersonalKind[last.lastgroup] if last and last.lastgroup else None


def read_topics(text: str) -> list[tuple[int, int, Topic | None]]:
    """Start, end and topic of every line (turn) of a text; the topic comes from the lines before it."""
    topics: list[tuple[int, int, Topic | None]] = []
    kind, age, asked, start = None, 0, False, 0
    for line in text.split("\n"):
        topics.append((start, start + len(line), Topic(kind, asked) if kind and age < _LASTS else None))
        start += len(line) + 1
        told, asked = _opened_by(line)
        if told:
            kind, age = told, 0
        elif _OTHER.search(line) and not _OWN.search(line):
            kind = None
        elif asked:  # 뒷자리는요?
            kind, age = kind if kind and age < _LASTS else PersonalKind.PHONE, 0
        elif not _PROMPT.match(line):
            age = 0 if _DIGITS_SAID.search(line) else age + 1
    return topics


def _opened_by(line: str) -> tuple[PersonalKind | None, bool]:
    """The kind that a line names or holds a pseudonym of, and whether it asks for a part of a number."""
    part = bool(_PART.search(line)) and not re.search(r"비밀\s?번호|우편\s?번호|부제", line)
    if _OTHER.search(line) and not _OWN.search(line):
        return None, False
    if (named := kind_named(line)) is not None:
        return named, True
    for label in reversed(_PLACEHOLDER.findall(line)):
        for kind in NUMBER_KINDS:
            if kind.label == label:
                return kind, part
    return (PersonalKind.PHONE if _MOBILE_BEGUN.search(line) else None), part
