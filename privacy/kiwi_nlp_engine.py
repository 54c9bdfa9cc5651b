"""Presidio's ``NlpEngine`` on Kiwi: Korean words with their particles cut off, noun runs merged, digits chained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from kiwipiepy import Kiwi, Token
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from knowledge.morphemes import shared_kiwi
from privacy.digit_chains import DigitChain, read_chains
from privacy.korean_token import KoreanToken
from privacy.labels import Words
from privacy.office_numbers import personal_chains

LANGUAGE = "ko"
_NOUN_TAGS = frozenset({"NNG", "NNP", "NNB", "NR", "XPN", "XSN", "XR", "SL", "SN", "SH"})
# Kiwi gives an unknown word the id of its part of speech; words of its dictionary come after those.
_FIRST_WORD_ID = 60
_WORD_TAGS = _NOUN_TAGS | {"NP", "VV", "VA", "VX", "MAG", "MM", "IC"}


class KoreanArtifacts(NlpArtifacts):
    """Presidio's artifacts plus what Korean recognizers need.

    ``tokens`` are words with noun runs merged (주민 + 등록 + 번호 → 주민등록번호); ``lemmas`` runs beside it, "" for
    particles, endings and punctuation, so that they don't use up the context window. ``morphemes`` are Kiwi's own,
    ``words`` the same tokens for label look-ups, ``chains`` the digit chains, written and spoken alike, without public
    numbers. ``deadline`` is a ``time.monotonic`` moment.
    """

    def __init__(
        self,
        words: Words,
        morphemes: tuple[KoreanToken, ...],
        chains: tuple[DigitChain, ...],
        deadline: float,
    ) -> None:
        super().__init__(
            entities=[],
            tokens=cast(Any, words.tokens),  # Presidio only asks for len() and .text, not for spaCy's Doc
            tokens_indices=list(words.starts),
            lemmas=list(words.lemmas),
            nlp_engine=None,  # the keyword list it would build is never read
            language=LANGUAGE,
        )
        self.words = words
        self.morphemes = morphemes
        self.chains = chains
        self.deadline = deadline

    def to_json(self) -> str:
        """Nothing: Presidio would log the words."""
        return "{}"


class KiwiNlpEngine(NlpEngine):
    """Presidio's NLP engine for Korean; needs no spaCy model. Shares the process's one Kiwi."""

    def __init__(self) -> None:
        self._kiwi: Kiwi | None = None

    def load(self) -> None:
        self._kiwi = shared_kiwi()

    def is_loaded(self) -> bool:
        return self._kiwi is not None

    def process_text(self, text: str, language: str) -> KoreanArtifacts:
        return self.read(text, deadline=float("inf"))

    def read(self, text: str, *, deadline: float) -> KoreanArtifacts:
        """Words, morphemes and digit chains of an NFC text, for recognizers that must be done by ``deadline``."""
        kiwi = self._kiwi or shared_kiwi()
        morphemes = tuple(_surface(text, token) for token in kiwi.tokenize(text))
        tokens, lemmas = _merge_noun_runs(text, morphemes)
        words = Words(text, tokens, lemmas, [token.idx for token in tokens])
        return KoreanArtifacts(words, morphemes, personal_chains(read_chains(text), words), deadline)

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **kwargs: Any
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:
        return not word

    def is_punct(self, word: str, language: str) -> bool:
        return bool(word) and not any(letter.isalnum() for letter in word)

    def get_supported_entities(self) -> list[str]:
        return []

    def get_supported_languages(self) -> list[str]:
        return [LANGUAGE]


def _surface(text: str, token: Token) -> KoreanToken:
    tag = token.tag.split("-")[0]
    if tag == "NNG" and token.id < _FIRST_WORD_ID:
        tag = "NNP"  # a noun in no dictionary is rather a name
    return KoreanToken(text[token.start : token.start + token.len], token.start, tag)


def _merge_noun_runs(text: str, morphemes: tuple[KoreanToken, ...]) -> tuple[list[KoreanToken], list[str]]:
    words: list[KoreanToken] = []
    lemmas: list[str] = []
    for token in morphemes:
        if not token.text:
            continue
        previous = words[-1] if words else None
        if previous and token.tag in _NOUN_TAGS and previous.tag in _NOUN_TAGS and previous.end == token.idx:
            words[-1] = KoreanToken(text[previous.idx : token.end], previous.idx, token.tag)
            lemmas[-1] = words[-1].text.lower()
        else:
            words.append(token)
            lemmas.append(token.text.lower() if token.tag in _WORD_TAGS else "")
    return words, lemmas
