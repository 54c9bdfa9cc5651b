"""A question made ready for ranking: its vector without the telling, and its words with their equals."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.embedder import Vectors
from knowledge.glossary import shared_glossary
from knowledge.morphemes import content_morphemes, shared_kiwi
from knowledge.sound import sound_runs

Encode = Callable[[Sequence[str]], Vectors]

# One word of a question: itself first, then its equals. Any of them in an entry counts.
Term = tuple[str, ...]

_NOMINAL = frozenset({"NNG", "NNP", "XR", "SL", "SN", "SH", "NR"})
_EMPTY_VERBS = frozenset({"하", "되", "있", "없", "어떻", "그렇", "이렇", "알"})
_LONGEST_PHRASE = 3
# English words that say nothing about the subject.
_ENGLISH_STOP = frozenset(
    "a an the of to in on at for from with by about into is are was were be been am do does did "  # noqa: SIM905
    "can could may might "
    "will would should shall must what where when which who whom whose how why i me my mine you your yours he him his "
    "she her it its they them their we us our this that these those there here and or but not no if so any some all "
    "have has had get got go going want need like please tell know find there's i'm just also only".split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """``vector`` is the whole question's unit vector (dimension,), ``keyword_vector`` that of its keywords alone."""

    text: str
    vector: Vectors
    keyword_vector: Vectors
    terms: tuple[Term, ...]
    is_english: bool
    runs: tuple[str, ...] = ()  # of sounds


def read_question(text: str, vector: Vectors, encode: Encode | None = None) -> Question:
    """Analyse a question; without ``encode`` (or without keywords of its own) the whole question stands for both.

    A story told around a question, fillers and forms of speech pull its vector away from what is asked; its nouns and
    verbs alone don't have them. Both vectors together do better than either.
    """
    english = is_english(text)
    keywords = "" if english or encode is None else keywords_of(text)
    keyword_vector = encode([keywords])[0] if encode is not None and keywords not in ("", text) else vector
    return Question(text, vector, keyword_vector, question_terms(text), english, () if english else sound_runs(text))


def is_english(text: str) -> bool:
    """Whether Latin letters outnumber Hangul."""
    return len(re.findall(r"[A-Za-z]", text)) > len(re.findall(r"[가-힣ㄱ-ㅎㅏ-ㅣ]", text))


def keywords_of(text: str) -> str:
    """Nouns as they stand and verbs in their dictionary form, without particles, endings and fillers."""
    found: list[str] = []
    end = -1
    for token in shared_kiwi().tokenize(text):
        tag = token.tag.split("-")[0]
        if tag in _NOMINAL or (tag == "XSN" and token.start == end):
            if token.start == end:
                found[-1] += token.form
            else:
                found.append(token.form)
            end = token.start + token.len
        elif tag in ("VV", "VA") and token.form not in _EMPTY_VERBS:
            found.append(token.form + "다")
            end = -1
    return " ".join(found)


def question_terms(text: str) -> tuple[Term, ...]:
    """The words of a question, each with its equals from the glossary; names in Latin letters stay as they are."""
    if is_english(text):
        return _english_terms(text)
    korean = shared_glossary().korean
    return tuple((form, *korean.get(form, ())) for form in dict.fromkeys(content_morphemes([text])[0]))


def _english_terms(text: str) -> tuple[Term, ...]:
    english = shared_glossary().english
    words = re.findall(r"[a-z0-9][a-z0-9-]*", re.sub(r"['’]s\b", "", text.lower()))
    terms: dict[Term, None] = {}
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = words[at : at + length]
            equals = english.get(" ".join(phrase)) or english.get(" ".join([*phrase[:-1], singular(phrase[-1])]))
            if equals:
                terms[(" ".join(phrase), *equals)] = None
                at += length
                break
        else:
            if words[at] not in _ENGLISH_STOP:
                # A name may be written apart (Jeon Tae-il): the index tries both.
                joined = words[at] + words[at + 1] if at + 1 < len(words) else ""
                terms[(words[at], joined) if joined else (words[at],)] = None
            at += 1
    return tuple(terms)


def singular(word: str) -> str:
    """An English noun's singular, by its ending alone."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def direction(vector: Vectors, other: Vectors) -> Vectors:
    """The unit vector (dimension,) halfway between two."""
    both = vector + other
    return np.ascontiguousarray(both / max(float(np.linalg.norm(both)), 1e-6), dtype=np.float32)
