"""A part of a number that the sentence introduces as one: 뒷번호 5678이에요, 앞은 같고 뒤에만 이칠공오."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.digit_chains import DigitChain
from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.number_topics import NUMBER_KINDS, kind_named, kind_right_before
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

_REACH = 28
_LABEL_REACH = 80
_COUNT = r"(?:네|4|세|3|일곱|7|여섯|6|여덟|8|다섯|5)\s?(?:자리|개)"
_BEFORE = re.compile(
    rf"(?:뒷\s?번호|뒷\s?자리|끝\s?번호|끝\s?자리|앞\s?번호|앞\s?자리|뒤에?만|뒤에?[는가요]|앞[이은]|앞에(?:만|는)?|끝[이은에]|가운데[는가]?|마지막[이은]|묶음[이은]|{_COUNT})"
    r"(?:[^\n\d.]{0,16}[\s,])?\Z"
)
_AFTER = re.compile(
    r"[이가은는]?[^\n\d가-힣]{0,2}(?:(?:이?요|이에요|예요|입니다)?\s)?(?:(?:제|내)\s)?(?:[가-힣]{1,4}\s)?"
    r"(?:뒷\s?번호|뒷\s?자리|끝\s?자리|앞\s?자리|뒤고|뒤예요|앞이고|그\s앞이|그\s뒤가)|으?로\s끝나"
)
_FEWEST_OF_A_CASE = 4
# Of one or two syllables only what ends there is a number: 번호판 칠이 벗겨졌어요 is none.
_SAID_ALONE = re.compile(r"\s?(?:이?[요여]|이?에요?|예요|입니다|이?고요?)?[\s.,]*(?:$|\n)|\s?이?고요?\s|,")
_BIRTH_DATE = re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_HALF = re.compile(r"뒷\s?자리|앞\s?자리|뒤에\s첫\s?자리")
_NO_IDENTIFIER = re.compile(r"비밀\s?번호|비번|부제|대기|번호표|우편\s?번호|버스")


class NumberPartRecognizer(KoreanRecognizer):
    """Three to eight digits beside 뒷번호, 끝자리, 뒤에만, 네 자리만; the kind by the labels of the sentence."""

    KIND = PersonalKind.NUMBER
    KINDS = NUMBER_KINDS

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for chain in artifacts.chains:
            # 칠이요 may be 72
            fewest = 1 if chain.spoken and text.startswith(("이", " 이"), chain.end) else 2
            if not fewest <= len(chain.digits) <= 8 or chain.is_choice:
                continue
            if chain.spoken and len(chain.digits) <= 2 and not _SAID_ALONE.match(text, chain.end):
                continue
            if (labelled := kind_right_before(text, chain.start)) and (
                labelled is not PersonalKind.CASE or len(chain.digits) >= _FEWEST_OF_A_CASE
            ):
                yield Finding(chain.start, chain.end, 0.5, settled=True, kind=labelled)
            if len(chain.digits) < 3:
                continue
            begin = max(text.rfind("\n", 0, chain.start) + 1, chain.start - _LABEL_REACH)
            line = text[begin : chain.end + _LABEL_REACH].partition("\n")[0]
            if _introduced(text, begin, chain, line) and not _NO_IDENTIFIER.search(line):
                yield Finding(chain.start, chain.end, 0.55, settled=True, kind=_kind(chain, line))


def _introduced(text: str, begin: int, chain: DigitChain, line: str) -> bool:
    if _BEFORE.search(text, max(begin, chain.start - _REACH), chain.start) or _AFTER.match(text, chain.end):
        return True
    return bool(_BIRTH_DATE.fullmatch(chain.digits) and _HALF.search(line))


def _kind(chain: DigitChain, line: str) -> PersonalKind:
    if named := kind_named(line):
        return named
    half = _BIRTH_DATE.fullmatch(chain.digits) or len(chain.digits) == 7
    return PersonalKind.RRN if half else PersonalKind.PHONE
