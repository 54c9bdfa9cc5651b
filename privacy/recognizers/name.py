"""Names of people: after a label, with a title, introduced, of family, alone as an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.name_likeness import given_likeness, is_surname, name_likeness, surname_length
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.recognizers.name_answers import find_name_answers
from privacy.recognizers.name_patterns import (
    AFTER_BARE_LABEL,
    AFTER_GLUED_LABEL,
    AFTER_LABEL,
    AFTER_ROLE,
    ANYWHERE,
    ASKED,
    BARE_BESIDE_DATA,
    BELONGS,
    COPULA,
    FIRST_WORD,
    INTRODUCED,
    LATIN_LABEL,
    MY_NAME_IS,
    NAMED_SO,
    ROLE,
    SPACED,
    SPELLED,
    SPELLED_LETTERS,
    SURNAME_WITH_TITLE,
    TAIL,
    WITH_TITLE,
)
from privacy.recognizers.public_person import is_public_person
from privacy.spoken_digits import SPOKEN_RUN
from privacy.word_list import read_words

_DEMONSTRATIVE = frozenset("이전현본한주각타수구시도")


_PLACE_ENDINGS = tuple("령진산천봉호역동구시로길리면읍도섬강교지항포골")
_OFFICES = ("시장", "구청장", "군수", "지사", "시청", "구청", "군청")
_PLACES = read_words("places")
_NOT_NAMES = read_words("not_names") | _PLACES | read_words("towns")
_ROLE = re.compile(ROLE)
_NUMBERED = re.compile("[일이삼사오육칠팔구십백천]+[호동층번]")


class _Candidate(NamedTuple):
    start: int
    end: int
    likeness: float


class NameRecognizer(KoreanRecognizer):
    """제 이름은 홍길동, 홍길동 씨, 저 홍길동인데요, 노 대리님, HONG GIL DONG. Public figures in public roles stay.

    A context (label, title, introduction) and the word's own look (surname, given-name syllables, Kiwi's proper noun)
    add up; neither is enough alone, so that 전입신고 and 고시원 are never names.
    """

    KIND = PersonalKind.NAME

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for pattern, support in (
            (AFTER_LABEL, 0.4),
            (AFTER_GLUED_LABEL, 0.4),
            (AFTER_BARE_LABEL, 0.25),
            (AFTER_ROLE, 0.2),
            (INTRODUCED, 0.15),
        ):
            for match in pattern.finditer(text):
                candidates = [*_candidates(text, artifacts, *match.span(1), labelled=support >= 0.4)]
                if pattern is AFTER_ROLE:
                    candidates += _given_names(text, artifacts, *match.span(1))
                yield from self._judge(text, candidates, support)
        for match in ANYWHERE.finditer(text):
            candidate = _exact(text, artifacts, *match.span(1))
            if candidate.likeness >= 1.2 and not match[1].endswith(_PLACE_ENDINGS):
                yield from self._judge(text, [candidate], 0.0)
        for pattern, support in ((WITH_TITLE, 0.35), (NAMED_SO, 0.45), (BELONGS, 0.35), (BARE_BESIDE_DATA, 0.25)):
            for match in pattern.finditer(text):
                yield from self._judge(text, [_exact(text, artifacts, *match.span(1))], support)
        yield from self._answers(text, artifacts)
        yield from self._surnames(text, artifacts)
        yield from self._spelled(text)
        yield from self._latin(text)
        if "\n" in text:
            for start, end in find_name_answers(text, artifacts):
                if not is_public_person(text, start, end):
                    yield Finding(start, end, 0.6, settled=True)

    def _judge(self, text: str, candidates: Iterable[_Candidate], support: float) -> Iterator[Finding]:
        best = max(candidates, key=lambda each: each.likeness, default=None)
        if best is None or best.likeness <= 0:
            return
        if is_public_person(text, best.start, best.end):
            return
        score = support + best.likeness * 0.5
        if score >= 0.5:
            yield Finding(best.start, best.end, min(score, 0.95), settled=True)

    def _answers(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        """A turn that begins with a name: 김영희입니다, or the name alone when the turn before asked for it."""
        for match in FIRST_WORD.finditer(text):
            line_start = text.rfind("\n", 0, match.start()) + 1
            question = text[text.rfind("\n", 0, max(0, line_start - 1)) + 1 : max(0, line_start - 1)]
            asked = bool(ASKED.search(question))
            candidates = [
                each
                for each in _candidates(text, artifacts, *match.span(1), labelled=asked)
                if asked or COPULA.match(text, each.end)
            ]
            support = 0.4 if asked else 0.02
            yield from self._judge(text, candidates, support)

    def _surnames(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in SURNAME_WITH_TITLE.finditer(text):
            syllable = match[1]
            tags = {token.tag for token in artifacts.morphemes if token.idx == match.start(1) and len(token) == 1}
            if is_surname(syllable) and tags and (syllable not in _DEMONSTRATIVE or "NNP" in tags):
                yield Finding(*match.span(1), 0.6, settled=True)

    def _spelled(self, text: str) -> Iterator[Finding]:
        for match in SPELLED.finditer(text):
            yield Finding(match.start(1), match.start(1) + len(match[1].rstrip(" ,")), 0.8, settled=True)
        for match in SPELLED_LETTERS.finditer(text):
            yield Finding(*match.span(1), 0.7, settled=True)
        for match in SPACED.finditer(text):
            if name_likeness(match[1].replace(" ", "")) >= 0.55:
                yield Finding(*match.span(1), 0.65, settled=True)

    def _latin(self, text: str) -> Iterator[Finding]:
        for pattern in (LATIN_LABEL, MY_NAME_IS):
            for match in pattern.finditer(text):
                yield Finding(*match.span(1), 0.75, settled=True)


def _exact(text: str, artifacts: KoreanArtifacts, start: int, end: int) -> _Candidate:
    word = text[start:end]
    if word in _NOT_NAMES or any(token.idx < end < token.end for token in artifacts.morphemes):
        return _Candidate(start, end, 0.0)
    return _Candidate(start, end, _likeness(word, artifacts, start, end, labelled=False))


def _given_names(text: str, artifacts: KoreanArtifacts, start: int, end: int) -> Iterator[_Candidate]:
    """A given name alone (제 아들 준서가), when Kiwi too takes it for a name."""
    for token in artifacts.morphemes:
        if (
            token.idx == start
            and token.tag == "NNP"
            and len(token) == 2
            and token.end <= end
            and token.text not in _PLACES
        ):
            yield _Candidate(start, token.end, given_likeness(token.text) * 0.75)


def _candidates(text: str, artifacts: KoreanArtifacts, start: int, end: int, *, labelled: bool) -> Iterator[_Candidate]:
    """The word's beginnings that leave nothing but particles behind."""
    for length in range(2, min(8 if labelled else 5, end - start) + 1):
        word, tail = text[start : start + length], text[start + length : end]
        if (
            word not in _NOT_NAMES
            and not _ROLE.fullmatch(word)
            and not word.endswith(_OFFICES)
            and TAIL.fullmatch(tail)
        ):
            likeness = _likeness(word, artifacts, start, start + length, labelled=labelled)
            yield _Candidate(start, start + length, likeness)


def _likeness(word: str, artifacts: KoreanArtifacts, start: int, end: int, *, labelled: bool) -> float:
    """Between 0 and 1.3: the word's look, raised by Kiwi's proper noun, lowered by the dictionary's common nouns."""
    inside = [token for token in artifacts.morphemes if token.idx < end and start < token.end and token.text]
    if not inside or SPOKEN_RUN.fullmatch(word) or _NUMBERED.fullmatch(word):
        return 0.0
    look = name_likeness(word) or (given_likeness(word) * 0.8 if labelled else 0.0)
    tags = {token.tag for token in inside}
    crosses = inside[0].idx < start or inside[-1].end > end
    if any(tag[0] in "JE" or tag in {"VCP", "VCN"} for tag in tags):
        return look * 0.15
    if crosses:
        return look * 0.6
    if inside[-1].tag == "XSN" and inside[-1].text == "이":
        return 0.0  # 하윤이: the familiar ending is no part of the name
    if len(inside) == 1:
        return _likeness_of_one(look, inside[0].tag, labelled=labelled)
    if tags <= {"NNG", "XSN", "XPN", "SN", "NNB", "XR"}:
        surname_apart = len(inside[0]) == 1 and surname_length(word) == 1
        return look * (0.75 if surname_apart else 0.3)
    if tags & {"VV", "VA", "VX", "XSV", "XSA"}:
        return look * (0.55 if labelled else 0.2)
    return look


def _likeness_of_one(look: float, tag: str, *, labelled: bool) -> float:
    if tag == "NNP":
        return look + 0.3 if look >= 0.5 else max(look, 0.5 if labelled else 0.0)
    if tag == "NNG":
        return look * (0.4 if labelled else 0.35) if look >= 0.9 or labelled else 0.0
    return 0.0 if tag in {"NP", "MAG", "MM", "NNB", "NR", "MAJ", "IC"} else look * 0.5
