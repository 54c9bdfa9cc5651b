"""Yes or no to what was asked, in the forms in which people say it; and what they say right behind a no.

Used only while something is asked: without a question 응 or 아니 may mean anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_GAP = r"[\s.,!?~…]*"
_THAT = r"(바로\s*)?(그|이|저)\s*(거|것|게|건|걸|얘기|말|뜻|질문)"
_YES_WORDS = (
    r"네+|넵|넹|예+|응+|엉|어+|ㅇㅇ|ㅇㅋ|그래(요)?|그려|그렇(지|죠|습니다|소|네요?|다니까요?)?|그럼요?|그러믄요?|맞다|"
    r"(딱\s*)?맞(아|아요|어|어요|네|네요|지|지요|죠|소|습니다|습니다요|구먼|구만|다니까요?)|옳지|옳소|암|기여|"
    rf"{_THAT}(예요|에요|이에요|야|이야|요|입니다|여|지|지요|죠|(을|를)?\s*(물어봤|말했|말한|물어본)[가-힣]*(\s*거[가-힣]*)?)?|"
    r"(알려|말해|얘기해|보여|읽어|들려)\s*(줘|줘요|주세요|주십시오|주시오|다오|봐요?)|부탁(해|해요|합니다|드려요|드립니다)|"
    r"좋(아|아요|습니다|소)|오케이|당연(하지|하죠|하지요|히)?|물론(이지|이죠|입니다)?|정답(이에요|입니다)?|"
    r"yes|yeah|yep|yup|right|correct|exactly|ok|okay|sure|please|that('?s| is)? (it|right|the one|correct)|it is"
)
_YES = re.compile(rf"{_GAP}(({_YES_WORDS}){_GAP})+", re.IGNORECASE)

_NO_WORDS = (
    r"아니(요|오|야|여|에요|예요|라고요?|라니까요?|라구요?|래도)?|아뇨|아냐|아녀|아닌데요?|아닙니다|아니고요?|ㄴㄴ+|노노|땡|"
    r"틀렸(어|어요|습니다|네|네요|다)|틀려요?|잘못\s*(들었|알아들었|짚었)[가-힣]*|(안|못)\s*맞(아|아요|습니다|네요)|"
    r"no(pe|t (really|that( one)?|this( one)?|it))?|wrong|"
    r"that('?s| is) (not|wrong)( (it|right|what i (meant|asked|said)))?|(something|anything) else"
)
_NOT_THAT = (
    rf"{_THAT}(이|가|은|는|을|를)?\s*(말고요?|아니고요?|아니라고?요?|아니라니까요?|아니(에요|예요|야|여|요|오)?|아닌데요?|아닙니다|빼고)|"
    r"(그런|이런)\s*(거|것|뜻|게)(이)?\s*(말고요?|아니[가-힣]*)|말고요?|instead|rather|i (meant|said)"
)
# 아니 alone opens many a question; behind it stands what was meant.
_NO = re.compile(
    rf"{_GAP}((어|음|아이고?|에이|글쎄(요)?){_GAP})?((({_NO_WORDS})(?![가-힣A-Za-z])|({_NOT_THAT})(?![가-힣A-Za-z])){_GAP})+",
    re.IGNORECASE,
)
_POINTS_AT_IT = re.compile(_NOT_THAT, re.IGNORECASE)
# Behind a no, these name nothing that could be looked for.
_NOTHING_ELSE = re.compile(
    rf"{_GAP}((다른|딴)\s*(거|것|걸|건|게|질문|얘기)[가-힣]*(\s*(있|물어|말|찾)[가-힣]*)?|{_THAT}[가-힣]*|"
    r"(됐|괜찮|필요\s*없|싫|아니)[가-힣]*|(그|내|제|이)?\s*(가|말은|것은|거는)?|"
    rf"thanks?( you)?|the other( one)?|another( one)?){_GAP}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class YesOrNo:
    """``rest`` is what was said behind a no that may be a question of its own; empty behind a yes.

    ``points_at_it`` tells 그거 말고 from a mere 아니.
    """

    answer: Literal["yes", "no"]
    rest: str = ""
    points_at_it: bool = False


def yes_or_no(text: str) -> YesOrNo | None:
    """What ``text`` says to a question that was asked; None for anything else, such as a question of its own."""
    if not text.strip():
        return None
    if _YES.fullmatch(text):
        return YesOrNo("yes")
    refusal = _NO.match(text)
    if refusal is None:
        return None
    rest = text[refusal.end() :].strip()
    points = _POINTS_AT_IT.search(refusal.group()) is not None
    return YesOrNo("no", "" if _NOTHING_ELSE.fullmatch(rest) else rest, points)


def behind_a_no(text: str) -> str:
    """The question behind 아니 그거 말고; empty where there is none."""
    said = yes_or_no(text)
    return said.rest if said is not None else ""
