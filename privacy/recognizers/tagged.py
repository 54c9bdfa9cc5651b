"""Whatever the trained tagger is sure of: unusual names, places and numbers that no rule expects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.korean_token import KoreanToken
from privacy.name_likeness import is_surname
from privacy.recognizers.address_context import is_public_site
from privacy.recognizers.birth import is_other_date
from privacy.recognizers.case_number import PERIOD
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.recognizers.name_patterns import FOLLOWS_NAME
from privacy.recognizers.public_person import has_public_role, is_public_figure, is_public_person
from privacy.recognizers.unexplained_number import LONGEST_ORDINARY
from privacy.span_choice import THRESHOLD
from privacy.tagger.features import features_of
from privacy.tagger.prose import is_prose
from privacy.tagger.tagger import ASKED, TOLD, TaggedSpan, Tagger
from privacy.word_list import read_words

LEAST = 0.7
"""Probability from which a name counts."""
SURE = 0.75
"""The same for what the rules know better."""
LIKELY = 0.9
"""From here on a word of the dictionary too, and one with something unusual behind it."""
LEAST_IN_PROSE = 0.15
_DIGIT = re.compile(r"[\d공영일이삼사오육륙칠팔구십백천하둘셋넷]|스물|서른")
_LETTER = re.compile(r"[A-Za-z가-힣*○]")
_EDGES = " \n\t,.?!~()[]{}'\"“”‘’·:;"
_REST_OF_WORD = re.compile("[가-힣]*")
_NAMES = read_words("foreign_names") | read_words("given_names")
_WORLD = read_words("world_words") - _NAMES
_TOWNS = read_words("towns")
_NOT_NAMES = (
    read_words("not_names")
    | read_words("civic_words")
    | read_words("districts")
    | _TOWNS
    | read_words("places")
    | _WORLD
)
_PLACES_ASKED_ABOUT = {town[:-1] for town in _TOWNS if len(town) > 2} - _NAMES
"""신림 of 신림동: said in questions; in prose such words are as often names."""
_COMMON = frozenset({"NNG", "XSN", "NNB"})
_LONGEST_ACRONYM = 4
_COUNTED = re.compile("[일이삼사오육칠팔구십백천]+(?:단계|도|층|번|호|월|일|년|명|개|분|시|위|등|차)?")
_NUMERALS = frozenset({"NR", "SN"})
_PLACE_BEHIND = re.compile(r"\d+\s?(?:동|가|구역|단지|호선|지구)")
_DIGITS_ONLY = frozenset(
    {
        PersonalKind.PHONE,
        PersonalKind.RRN,
        PersonalKind.CARD,
        PersonalKind.ACCOUNT,
        PersonalKind.BRN,
        PersonalKind.DRIVER,
    }
)
# Texts, not numbers: they need no digit.
_WORDY = frozenset({PersonalKind.NAME, PersonalKind.EMAIL, PersonalKind.URL, PersonalKind.ID})


class TaggedRecognizer(KoreanRecognizer):
    """Spans of ``privacy.tagger``, all at the least score that counts: a rule that finds the same says what it is."""

    KIND = PersonalKind.NAME
    KINDS = tuple(PersonalKind)

    def __init__(self) -> None:
        super().__init__()
        self._asked = Tagger(ASKED)
        self._told = Tagger(TOLD)

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        features = features_of(text, artifacts)
        for span in self._asked.find(features, least=LEAST):
            least = LEAST if span.kind is PersonalKind.NAME else SURE
            start, end = _trimmed(text, span.start, span.end)
            if span.probability < least or start == end:
                continue
            if _is_possible(text, artifacts, span._replace(start=start, end=end)):
                yield _finding(start, end, span)
        for begin, stop in _prose_lines(text):
            for span in self._told.find(features[begin:stop], least=LEAST_IN_PROSE):
                start, end = _trimmed(text, begin + span.start, begin + span.end)
                ordinary = span.probability < LIKELY and _is_ordinary(artifacts, text, start, end)
                if start < end and not ordinary and _is_possible_in_prose(text, artifacts, start, end):
                    yield _finding(start, end, span)


def _is_possible_in_prose(text: str, artifacts: KoreanArtifacts, start: int, end: int) -> bool:
    """A role alone says little in an article, where everybody has one."""
    if has_public_role(text, start, end) and is_public_figure(text, start, end):
        return False
    if end - start == 1 and not (is_surname(text[start]) or text[start].isascii()):
        return False
    return _is_possible_anywhere(text, artifacts, start, end)


def _finding(start: int, end: int, span: TaggedSpan) -> Finding:
    return Finding(start, end, THRESHOLD, settled=True, kind=span.kind)


def _prose_lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if is_prose(line):
            yield start, start + len(line)
        start += len(line) + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _is_possible(text: str, artifacts: KoreanArtifacts, span: TaggedSpan) -> bool:
    """Whether a span can be what the tagger takes it for: a number has digits, a name is a whole word of letters."""
    if span.kind is PersonalKind.NAME:
        usual = _is_whole_word(text, span.end) and not _is_ordinary(artifacts, text, span.start, span.end)
        return (usual or span.probability >= LIKELY) and _is_possible_name(text, artifacts, span.start, span.end)
    chains = [chain for chain in artifacts.chains if chain.start < span.end and span.start < chain.end]
    if any(len(chain.digits) > LONGEST_ORDINARY for chain in chains):
        return False  # the rules hide such a chain whole
    if span.kind in _DIGITS_ONLY and not chains:
        return False  # a public number, an amount, a date: the digit chains leave those out
    if _is_otherwise_explained(text, span):
        return False
    return span.kind in _WORDY or len(_DIGIT.findall(text[span.start : span.end])) >= 2


def _is_otherwise_explained(text: str, span: TaggedSpan) -> bool:
    """What the rules of the kind know to be no personal data: an office's address, a moving day, a period."""
    match span.kind:
        case PersonalKind.ADDRESS:
            return is_public_site(text, span.start, span.end)
        case PersonalKind.BIRTH:
            return is_other_date(text, span.start)
        case PersonalKind.CASE:
            return bool(PERIOD.search(text, span.start, span.end))
    return False


def _is_possible_name(text: str, artifacts: KoreanArtifacts, start: int, end: int) -> bool:
    words = text[start:end]
    if not _LETTER.search(words) or any(letter.isdecimal() for letter in words):
        return False
    rest = _rest_of_word(text, end)
    if is_public_person(text, start, end) or words in _PLACES_ASKED_ABOUT:
        return False
    if (
        text.startswith("성씨", start)
        or words + rest in _NOT_NAMES
        or words.rstrip("이야랑") in _NOT_NAMES
        or _cuts_a_word(artifacts, end)
    ):
        return False
    return _is_possible_anywhere(text, artifacts, start, end)


def _is_whole_word(text: str, end: int) -> bool:
    return bool(FOLLOWS_NAME.fullmatch(_rest_of_word(text, end)))


def _rest_of_word(text: str, end: int) -> str:
    rest = _REST_OF_WORD.match(text, end)
    return rest.group() if rest else ""


def _is_ordinary(artifacts: KoreanArtifacts, text: str, start: int, end: int) -> bool:
    """Whether Kiwi's dictionary has the whole word as a common noun, or it begins with a number (이단계)."""
    inside = _inside(artifacts, start, end)
    if not inside:
        return False
    if _COUNTED.fullmatch(text, start, end):
        return True
    return inside[0].tag in _NUMERALS or (len(inside) == 1 and inside[0].tag == "NNG" and inside[0].end == end)


def _inside(artifacts: KoreanArtifacts, start: int, end: int) -> list[KoreanToken]:
    return [token for token in artifacts.morphemes if start <= token.idx < end and token.text]


def _is_possible_anywhere(text: str, artifacts: KoreanArtifacts, start: int, end: int) -> bool:
    words = text[start:end]
    if words in _NOT_NAMES or _PLACE_BEHIND.match(text, end) or _is_acronym(words):
        return False
    return not _is_compound(artifacts, start, end)


def _cuts_a_word(artifacts: KoreanArtifacts, end: int) -> bool:
    return any(token.idx < end < token.end and token.text in _NOT_NAMES for token in artifacts.morphemes)


def _is_acronym(words: str) -> bool:
    return 1 < len(words) <= _LONGEST_ACRONYM and words.isascii() and words.isupper()


def _is_compound(artifacts: KoreanArtifacts, start: int, end: int) -> bool:
    """Whether Kiwi reads two and more common nouns (인접 + 필지), the first longer than a surname."""
    inside = _inside(artifacts, start, end)
    return (
        len(inside) > 1
        and inside[-1].end == end
        and all(_is_common(token, first=token is inside[0]) for token in inside)
    )


def _is_common(token: KoreanToken, *, first: bool) -> bool:
    if token.tag == "NNP":
        return not first and token.text in _NOT_NAMES
    return token.tag in _COMMON and (len(token) > 1 or token.tag != "NNG")
