"""Passport numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from privacy.digit_chains import DigitChain
from privacy.digit_gaps import is_gap
from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.number_topics import kind_right_before, read_topics
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.spoken_digits import ANY_DIGIT, count_digits

# 이 (E) and 오 (O) are digits as well and left to the digit rules.
_NAME = "에이치|에이|에프|에스|에쓰|엑스|엠|엔|엘|비|브이|씨|디|지|제이|케이|피|큐|알|아르|티|유|더블유|와이|제트|아이"
_LETTER = rf"(?:[A-Z]|{_NAME})"
_DIGIT = rf"(?:쌍?{ANY_DIGIT})"
_SEP = r"[\s,.\-–−~/_·ㅡ…－]{0,3}"
# Old booklets: a letter and eight digits; since December 2021: letter, three digits, letter, four digits (외교부).
_ANY = re.compile(
    rf"(?<![A-Za-z\d가-힣])(?P<lead>[A-Z]{{1,2}}|(?:{_NAME})(?:\s?(?:{_NAME}))?)(?:이고|하고"
    rf"|에)?{_SEP}(?:그\s?다음이?\s)?"
    rf"(?P<first>(?:{_DIGIT}{_SEP}){{2,9}})(?P<letter>{_LETTER}{_SEP}(?P<second>(?:{_DIGIT}{_SEP}){{0,5}}{_DIGIT})?)?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"(?<![A-Za-z\d가-힣])(?P<lead>[A-Z]{{1,2}}|(?:{_NAME})(?:\s?(?:{_NAME}))?)(?P<gap>[^A-Za-z\d]{{0,12}})\Z", re.I
)
_MIDDLE = re.compile(rf"(?P<before>[^A-Za-z]{{0,8}}?)(?P<letter>{_LETTER})(?P<after>[^A-Za-z]{{0,8}})", re.IGNORECASE)
_USUAL = re.compile(r"[MSRODPTGJ]|엠|에스|알|디|피|티|지|제이", re.IGNORECASE)
_ENDS = re.compile(r"$|[^가-힣A-Za-z\d]|이|예|입|로|인|라|였|요|에|은|는|을|를|가|도")
# As the answer to a question for a passport number, a letter alone is a part of it.
_PIECE = re.compile(
    rf"(?P<piece>(?:(?<![가-힣]){_LETTER}{{1,2}}{_SEP}(?:{_DIGIT}{_SEP}){{0,9}}|(?:{_DIGIT}{_SEP}){{2,4}}[A-Z])"
    rf"(?:{_LETTER}{_SEP})?(?:{_DIGIT}{_SEP}){{0,5}}(?<=\S))(?=$|[^A-Za-z가-힣]|이|예|입|로|인|요|에|고)",
    re.IGNORECASE,
)
_ONE_LETTER = re.compile(_LETTER, re.IGNORECASE)
_COPULA = re.compile(r"에요|예요|요|고|라|며|었|였")
_FEWEST, _MOST = 7, 9


class PassportRecognizer(KoreanRecognizer):
    """M12345678, M123A4567, 엠 일이삼사오육칠팔, M 1 2 3 …; other countries' letters beside a label."""

    KIND = PersonalKind.PASSPORT
    CONTEXT = ("여권", "passport", "파스포트")

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in _ANY.finditer(text):
            if found := _measured(text, match):
                yield found
        for chain, following in pairwise((*artifacts.chains, None)):
            if chain:
                yield from _around_chain(text, chain, following)
        for match in _PIECE.finditer(text):
            if kind_right_before(text, match.start()) is PersonalKind.PASSPORT:
                yield Finding(match.start(), _trimmed(text, *match.span()), 0.5, settled=True)
        if "\n" in text:
            yield from _answers(text)


def _around_chain(text: str, chain: DigitChain, following: DigitChain | None) -> Iterator[Finding]:
    """A chain after a letter, with all its fillers and repairs; three digits, a letter and the next chain."""
    if _FEWEST <= len(chain.digits) <= _MOST:
        yield Finding(chain.start, chain.end, 0.14)
    lead = _LEAD.search(text, max(0, chain.start - 16), chain.start)
    if lead is None or not is_gap(lead["gap"]):
        return
    if kind_right_before(text, lead.start()) is PersonalKind.PASSPORT:
        yield Finding(lead.start(), chain.end, 0.5, settled=True)
    one = bool(_ONE_LETTER.fullmatch(lead["lead"]))
    if _FEWEST <= len(chain.corrected) <= _MOST:
        yield Finding(lead.start(), chain.end, 0.52 if one else 0.2)
    if following and len(chain.corrected) <= 4 and 4 <= len(following.groups[0].digits) <= 6:
        middle = _MIDDLE.fullmatch(text, chain.end, following.start)
        if middle and is_gap(middle["before"]) and is_gap(middle["after"]):
            yield Finding(lead.start(), following.groups[0].end, 0.6 if one else 0.3)


def _measured(text: str, match: re.Match[str]) -> Finding | None:
    """The find if it has as many digits as a passport number, with the last letter only if it is one."""
    first, second = (count_digits(match[name] or "") for name in ("first", "second"))
    new = bool(match["second"])
    end = match.end()
    if not new and (match["letter"] is None or not _ENDS.match(text, end)):
        end = match.end("first")
    trimmed = _trimmed(text, match.start(), end)
    if not second and first == _MOST and trimmed < end and text[trimmed] == "이":
        first -= 1
    end = trimmed
    if not _FEWEST <= first + second <= _MOST or (end < len(text) and text[end].isdecimal()):
        return None
    usual = bool(_USUAL.fullmatch(match["lead"])) and ((new and first == 3 and second == 4) or (not new and first == 8))
    return Finding(match.start(), end, 0.7 if usual else 0.52 if _ONE_LETTER.fullmatch(match["lead"]) or new else 0.2)


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without separators and without the 이 of the sentence (M12345678이에요, 7 이렇게)."""
    end = start + len(text[start:end].rstrip(" ,-."))
    if text[end - 1] == "이" and (_COPULA.match(text, end) or text[start : end - 1].rstrip()[-1:].isdecimal()):
        return start + len(text[start : end - 1].rstrip(" ,-."))
    return end


def _answers(text: str) -> Iterator[Finding]:
    """Pieces in the turns after the question."""
    for start, end, topic in read_topics(text):
        if topic is None or topic.kind is not PersonalKind.PASSPORT:
            continue
        for match in _PIECE.finditer(text, start, end):
            lead = text[start : match.start()]
            if is_gap(lead) or lead.endswith("앞에 "):
                yield Finding(match.start(), _trimmed(text, *match.span()), 0.55, settled=True)
                break
