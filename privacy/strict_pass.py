"""The second, stricter look at a phrase before anybody may learn from it: when in doubt, it is dropped.

Unlike the scrubber, which must leave every ordinary word alone, this loses some harmless phrases on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kiwipiepy import Token

from knowledge.morphemes import shared_kiwi
from privacy.digit_chains import read_chains
from privacy.kiwi_nlp_engine import KiwiNlpEngine
from privacy.korean_token import KoreanToken
from privacy.name_likeness import name_likeness
from privacy.spoken_digits import SPOKEN_RUN, read_digits
from privacy.word_list import read_words

MAX_CHARS: Final = 60
"""Longest phrase: a longer one tells a story, and stories are of one person."""
_LONGEST_NUMBER = 3
_SHORT_NOUN = 2
"""Longest common noun (in syllables) that could be a given name: 가람, 하늘."""
_LIKE_A_NAME = 0.8
_NEAR = 2
"""Words to each side of a placeholder that must be published ones."""

_PLACEHOLDER = re.compile(r"<[가-힣]+_\d+>")
_ALLOWED = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣa-zA-Z0-9\s.,?!~'\"%·…-]*")
_DIGITS = re.compile(r"\d(?:[\s.,-]?\d){3,}")
_PART_OF_AN_ADDRESS = re.compile(
    r"(?:\d|[일이삼사오육칠팔구십백천])\s?(?:번지|호(?!선)|번길|길|통\s?\d|반\s|동\s?\d|층|로\s?\d)|[가-힣]{1,4}(?:로|길)\s?\d"
    r"|\d\s?-\s?\d|[가-힣]{2,}\s?(?:아파트|빌라|연립|맨션|오피스텔|빌딩|단지)(?:에|에서)?\s?(?:살|사는|사세)"
)
_LATIN = re.compile(r"[a-zA-Z]+(?:'[a-z]+)?")
_NOUNS = frozenset({"NNG", "NNP", "XR"})
_NAMED = re.compile(r"[가-힣]{1,4}(?=\s?(?:씨|님|양|군|선생|여사|어르신)(?![가-힣]))")


class StrictPass:
    """Decides by the words that the city has published (``published``: questions and answers) and the places' names.

    ``reason`` names why a phrase is dropped, or is None for one that may go on to a reviewer.
    """

    def __init__(self, published: Iterable[str]) -> None:
        self._engine = KiwiNlpEngine()
        self._words = frozenset(read_words("places")) | _words_of(published)

    def reason(self, phrase: str) -> str | None:
        """``too_long``, ``sign``, ``digits``, ``address``, ``latin``, ``name`` or ``placeholder``; None if none."""
        bare = _PLACEHOLDER.sub(" ", phrase)
        if len(phrase) > MAX_CHARS:
            return "too_long"
        if not _ALLOWED.fullmatch(bare):
            return "sign"
        if _DIGITS.search(bare) or any(len(chain.digits) > _LONGEST_NUMBER for chain in read_chains(bare)):
            return "digits"
        if _spoken_number(bare):
            return "digits"
        if _PART_OF_AN_ADDRESS.search(bare):
            return "address"
        if any(word.lower() not in self._words for word in _LATIN.findall(bare)):
            return "latin"
        morphemes = self._engine.read(bare, deadline=float("inf")).morphemes
        if any(self._may_name_somebody(token) for token in morphemes) or self._addressed(bare):
            return "name"
        return "placeholder" if self._beside_something_rare(phrase) else None

    def _known(self, word: str) -> bool:
        return word.lower() in self._words

    def _may_name_somebody(self, token: KoreanToken) -> bool:
        """A noun that the city never used, or a proper one of a single syllable: a surname cut off (권은비)."""
        if token.tag == "NNP" and len(token.text) == 1:
            return True
        if token.tag not in _NOUNS or self._known(token.text):
            return False
        return token.tag == "NNP" or len(token.text) <= _SHORT_NOUN or name_likeness(token.text) >= _LIKE_A_NAME

    def _addressed(self, text: str) -> bool:
        return any(not self._known(match.group()) for match in _NAMED.finditer(text))

    def _beside_something_rare(self, phrase: str) -> bool:
        for match in _PLACEHOLDER.finditer(phrase):
            before = _PLACEHOLDER.sub(" ", phrase[: match.start()]).split()[-_NEAR:]
            after = _PLACEHOLDER.sub(" ", phrase[match.end() :]).split()[:_NEAR]
            tokens = self._engine.read(" ".join([*before, *after]), deadline=float("inf")).morphemes
            if any(token.tag in _NOUNS | {"SL"} and not self._known(token.text) for token in tokens):
                return True
        return False


def _spoken_number(text: str) -> bool:
    """A run that reads as four digits or more, spaces in it or not (천 오백, 이 삼 오 육)."""
    for match in SPOKEN_RUN.finditer(text.replace(" ", "")):
        read = read_digits(match.group(), 0)
        if read is not None and len(read[0]) > _LONGEST_NUMBER:
            return True
    return False


def _words_of(published: Iterable[str]) -> frozenset[str]:
    texts = list(published)
    latin = {word.lower() for text in texts for word in _LATIN.findall(text)}
    analysed: Iterable[list[Token]] = shared_kiwi().tokenize(texts)
    nouns = {
        token.form.lower() for tokens in analysed for token in tokens if token.tag.split("-")[0] in _NOUNS | {"SL"}
    }
    return frozenset(latin | nouns | set(_merged(texts)))


def _merged(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from re.findall(r"[가-힣]{2,}", text)
