"""Vehicle registration plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.digit_gaps import REPAIR, is_gap
from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.number_topics import kind_named, read_topics
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.said_endings import without_ending, without_lead
from privacy.span_choice import THRESHOLD
from privacy.spoken_digits import ANY_DIGIT, exactly

REGION = "(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)"
DISTRICT = "[가-힣]{1,3}[구군시]?"
USE = "[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주하허호배바사아자육해공국합]"
_LETTER_NO_DIGIT = "(?![오구사육공])" + USE
_1_9 = "[일이삼사오육칠팔구]"
_TENS = rf"(?:{_1_9}?백\s?)?(?:{_1_9}?십\s?)?{_1_9}?"
_HEAD = rf"(?:\d{{2,3}}|(?=\S*[십백]){_TENS}|{exactly(3)}|{exactly(2)})"
_TAIL = rf"(?:\d{{4}}|{exactly(4)}|{_1_9}천\s?{_TENS}|천\s?{_TENS}(?<=[십일이삼사오육칠팔구]))"
_SEP = r"[\s,.\-_·]{0,3}"
_DOUBT = rf"(?:(?:음|어|그)\s)?(?:{USE}(?:인가|던가|였나)\s?){{0,2}}"
_NO_UNIT = r"(?!\d|[.\-/]\d|\s?(?:원|명|년|개|번길|cc|CC|대\s|평|월|호|동|일(?![공영일이삼사오육칠팔구\s])))"
_FULL = re.compile(
    rf"(?<![가-힣\d])(?P<region>{REGION}\s?)?(?P<head>{_HEAD})에?{_SEP}{_DOUBT}(?P<letter>{USE})[에의자]?{_SEP}(?P<tail>{_TAIL}){_NO_UNIT}"
)
# Motorcycles until 2026: 서울 은평 가 1234. Old cars: 서울 1 가 1234.
_MOTORCYCLE = re.compile(
    rf"{REGION}\s?(?:[가-힣]{{1,2}}[구군시]\s?|[가-힣]{{1,3}}(?:\s|(?!로))|\d\s?){USE}에?{_SEP}{_TAIL}{_NO_UNIT}"
)
_DIPLOMAT = re.compile(
    rf"(?:외교|영사|준외|준영|국기|협정)\s?(?:{ANY_DIGIT}\s?){{3}}(?:-|다시)?\s?(?:{ANY_DIGIT}\s?){{2}}{ANY_DIGIT}"
)
_TEMPORARY = re.compile(rf"임시?\s?(?:{ANY_DIGIT}\s?){{3,5}}{ANY_DIGIT}{_NO_UNIT}")
_HEAD_ONLY = re.compile(
    rf"(?<![가-힣\d])(?:{REGION}\s?)?{_HEAD}\s?{_LETTER_NO_DIGIT}(?:\s?\d{{1,3}}(?!\d))?(?=[\s,.?!…]|이?요|이고|에"
    rf"|이에요|예요|입니다|$)"
)
_LETTER_AND_TAIL = re.compile(rf"(?<![가-힣\d]){_LETTER_NO_DIGIT}에?\s?(?P<tail>{_TAIL}){_NO_UNIT}")
_TAKEN_BACK = re.compile(rf"(?:{REGION}\s?)?{_HEAD}\s?{USE}?\s(?P<back>[가-힣\s]{{2,8}})\Z")
# As the answer to a question for a plate, a letter or a district alone is a part of it.
_PIECE = re.compile(
    rf"(?P<piece>(?:{REGION}\s?)?(?:[가-힣]{{2,3}}\s)?(?:{_HEAD}\s?)?{USE}(?:\s?\d{{1,4}}(?!\d))?)(?=\s?(?:이?요"
    rf"|이고요?|에|입니다|이에요|예요)?(?:[\s,.…]|$))"
)
_HALF = re.compile(rf"(?P<half>{REGION}|(?:{REGION}\s?)?(?:[가-힣]{{2,3}}\s)?(?:{_HEAD}\s?)?{USE})")
_LETTER_EXPLAINED = re.compile(rf"[가-힣]{{2,6}}\s(?:할\s?때\s|의\s)?(?P<half>{USE})(?:\s?자)?")
"""하늘 할 때 하, 나비 나."""
# Letters that after a number are hardly ever a unit or an ending (12도, 20주, 30호, 15하고).
_SURE_LETTER = "[가나다라마거너더러머버서어저노소누무부우바아자허]"
_SURE_HALF = re.compile(
    rf"(?<![가-힣\d.\-])(?:{REGION}\s?)?(?:\d{{2,3}}|(?=\S*[십백]){_TENS}|{exactly(3)}|{exactly(2)})\s?{_SURE_LETTER}"
    r"(?=\s?$|[\s,.]{1,2}\S{0,3}$|이?래요?|이?라고|인데|이?에요|예요|이?요|이?고요?(?:\s|$)|까지|[ ][^가-힣\d])"
)
_VEHICLE = re.compile(
    r"(?<![가-힣])차(?:[가는를에의도요]|[ ]|$|량|번호)|옆집[ ]?차|트럭|택시|오토바이|렌터카|렌트|주차|견인|폐차"
    r"|번호판|자동차|승용차|화물차|봉고|승합|스쿠터"
)
_NEAR = 3
_LEAD = re.compile(r"(?:(?:네|아|어|음|그|저기|뒤에는|그다음이)\s)*+")
_DIGIT_LETTERS = frozenset("오구사육공")
_UNIT_LETTERS = frozenset("호도로배해국")


_LABEL_REACH = 60


class PlateRecognizer(KoreanRecognizer):
    """12가3456, 123나4567, 서울12가3456 (자동차등록번호판 등의 기준에 관한 고시), said, halved or over turns."""

    KIND = PersonalKind.PLATE
    CONTEXT = (
        "차량번호", "차량", "자동차", "번호판", "차번호", "차", "주차", "오토바이", "트럭", "택시", "렌터카",
        "임시번호", "임시운행", "차주", "plate",
    )  # fmt: skip

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in _FULL.finditer(text):
            yield Finding(_with_what_was_taken_back(text, match.start()), match.end(), _certainty(text, match))
        for pattern, score in (
            (_MOTORCYCLE, 0.6),
            (_DIPLOMAT, 0.6),
            (_TEMPORARY, 0.15),
            (_LETTER_AND_TAIL, 0.1),
            (_HEAD_ONLY, 0.12),
        ):
            for match in pattern.finditer(text):
                if _COUNTS.match(text, match.start()) or _LAW_BEFORE.search(
                    text, max(0, match.start() - 8), match.start()
                ):
                    continue
                named = score < THRESHOLD and kind_named(_line_before(text, match.start())) is PersonalKind.PLATE
                yield Finding(match.start(), match.end(), THRESHOLD if named else score, settled=named)
        for chain in artifacts.chains:
            if len(chain.digits) == 4:
                yield Finding(chain.start, chain.end, 0.06)
        if "\n" in text:
            yield from _answers(text)
        yield from _halves(text)


_LAW_BEFORE = re.compile(r"(?:법|령|규칙|조례)\s?제?\s?\Z")
_COUNTS = re.compile(r"\d{0,4}(?:원|일로|호(?!\s?\d{4}))")
"""10일로, 만 원이고, 제2023-91호."""


def _certainty(text: str, match: re.Match[str]) -> float:
    """Sure when written or with a region; spoken letters that are also digits or units (사, 호) need a label."""
    head, letter, tail = match.group("head", "letter", "tail")
    if match["region"] or (head.isdecimal() and tail.isdecimal()):
        return 0.75
    if letter in _DIGIT_LETTERS:
        longer = re.search(rf"{ANY_DIGIT}\s?\Z", text[: match.start()]) or re.match(
            rf"\s?{ANY_DIGIT}", text[match.end() :]
        )
        return 0.0 if longer else 0.3
    mixed = head.isdecimal() != tail.isdecimal()
    glued = not text[match.start("letter") - 1].isspace()
    return 0.3 if "천" in tail or (mixed and glued) or (glued and letter in _UNIT_LETTERS) else 0.55


def _line_before(text: str, position: int) -> str:
    return text[max(text.rfind("\n", 0, position) + 1, position - _LABEL_REACH) : position]


def _with_what_was_taken_back(text: str, start: int) -> int:
    """구십일 수 아니 | 구십이 수 …: where the first try began."""
    before = _TAKEN_BACK.search(text, max(0, start - 24), start)
    return before.start() if before and REPAIR.search(before["back"]) and is_gap(before["back"]) else start


def _answers(text: str) -> Iterator[Finding]:
    for start, end, topic in read_topics(text):
        if topic is None or topic.kind is not PersonalKind.PLATE:
            continue
        begin = _LEAD.match(text, start, end)
        if begin and (match := _PIECE.match(text, begin.end(), end)):
            yield Finding(*match.span("piece"), 0.55, settled=True)
        first = without_lead(text, start, end)
        last = without_ending(text, first, end) if first < end else end
        if first < last and (
            half := _HALF.fullmatch(text, first, last) or _LETTER_EXPLAINED.fullmatch(text, first, last)
        ):
            yield Finding(*half.span("half"), 0.55, settled=True)


def _halves(text: str) -> Iterator[Finding]:
    """Number and letter without the last four: alone in a turn, or near a word for a vehicle."""
    lines = text.split("\n")
    vehicles = [bool(_VEHICLE.search(line)) for line in lines]
    start = 0
    for at, line in enumerate(lines):
        near = any(vehicles[max(0, at - _NEAR) : at + _NEAR])
        first = without_lead(line, 0, len(line))
        answer = (first, without_ending(line, first, len(line)))
        for half in () if line.endswith("?") else _SURE_HALF.finditer(line):
            if (near or half.span() == answer) and not _LAW_BEFORE.search(line, max(0, half.start() - 8), half.start()):
                yield Finding(start + half.start(), start + half.end(), 0.55, settled=True)
        start += len(line) + 1
