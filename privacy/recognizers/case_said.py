"""Case numbers with letters, words or 만, as said: 일에이비 이사공구, 케이 이오 다시 구공칠일."""

from __future__ import annotations

import re

from privacy.recognizers.said_letters import LETTER
from privacy.spoken_digits import READING

_DIGIT = rf"(?:\d|{READING.pattern})"
_JOIN = r"(?:[ ]?(?:다시|하이픈|대시|에|의|-)[ ]?|[ ])"
_GROUPS = rf"(?:{_DIGIT}{{1,12}}(?:{_JOIN}{_DIGIT}{{1,12}}){{0,5}})"
# A single 이, 오 or 지 is rather a word.
_LETTERS = rf"(?:(?!아이[피디]|(?:이|오|시|유|지|비|아이)[ ]?{_DIGIT}){LETTER}(?:[ ]?{LETTER}){{0,2}})"

PETITION_SAID = re.compile(
    rf"(?<![가-힣\d])(?![공영0]|[가-힣\d][ ]?[이오][ ]?[이오])"
    rf"(?:{_DIGIT}|원|투|쓰리)[ ]?{LETTER}[ ]?{LETTER}{_JOIN}?{_GROUPS}"
)
"""국민신문고 numbers: a digit, two letters, year and month, serial number."""
PETITION_HEAD = re.compile(rf"(?<![가-힣\d])(?:{_DIGIT}|원|투|쓰리)[ ]?{LETTER}[ ]?{LETTER}(?![가-힣])")
LETTERED_ANSWER = re.compile(rf"(?<![가-힣\d]){LETTER}(?:[ ]?{LETTER}){{0,2}}{_JOIN}{_GROUPS}")
"""The same as an answer, where a single letter is no word."""
LETTERED_SAID = re.compile(rf"(?<![가-힣\d]){_LETTERS}{_JOIN}{_GROUPS}")
PLACE_VALUE_SAID = re.compile(
    r"(?<![가-힣\d])(?=[가-힣]{0,8}[만천])"
    r"(?:[일이삼사오육칠팔구십백천]{0,7}만)?[ ]?[일이삼사오육칠팔구십백천]{2,8}(?=번|이?에요|예요|이?요|입니다"
    r"|인데|이고|호|이라|로|[ ]|$)"
)
_COURT_WORDS = (
    r"가단|가합|가소|나|다|고단|고합|고정|고약|노|도|드단|드합|르|므|느단|느합|구단|구합|누|두|카단|카합|카기|타경"
    r"|타채|차전?|머|개회|하단|하면|브|스"
    r"|즈단|과(?=\d)|재나|형제?|진정|내사|수제?"
)
COURT_WORD = (
    r"(?:가단|가합|가소|고단|고합|고정|고약|드단|드합|느단|느합|구단|구합|카단|카합|타경|타채|차전|개회|하단|하면|즈단)"
)
"""Of these the ones that are hardly ever another word."""
COURT = re.compile(
    rf"(?<![\d가-힣])(?:(?:19|20)\d{{2}}|이천[일이삼사오육칠팔구십]{{0,4}}|이공[공일이삼]{_DIGIT})[ ]?년?[ ]?"
    rf"(?:{_COURT_WORDS})[ ]?"
    r"(?:제[ ]?)?(?:\d{2,7}|[영공일이삼사오육칠팔구십백천만]{2,12})(?:호(?!선))?(?!\d)"
)
