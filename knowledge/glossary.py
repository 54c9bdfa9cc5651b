"""Everyday and English words, and the words that offices write for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.morphemes import content_morphemes

SHIPPED = Path(__file__).parent / "glossary.yml"


@dataclass(frozen=True, slots=True)
class Glossary:
    """``korean`` from a morpheme, ``english`` from a lower-case word or phrase, to the morphemes of its equals."""

    korean: Mapping[str, tuple[str, ...]]
    english: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def shared_glossary() -> Glossary:
    """The shipped glossary, read once."""
    return read_glossary(SHIPPED)


def read_glossary(path: Path) -> Glossary:
    """Read ``en`` and ``ko`` sections of ``word: equal, equal``."""
    content: dict[str, dict[str, str]] = yaml.safe_load(path.read_text("utf-8"))
    return Glossary(korean=_section(content["ko"]), english=_section(content["en"]))


def _section(words: dict[str, str]) -> dict[str, tuple[str, ...]]:
    forms = content_morphemes(list(words.values()))
    return {_stem(word): tuple(dict.fromkeys(found)) for word, found in zip(words, forms, strict=True) if found}


def _stem(word: str) -> str:
    # Kiwi's form of a verb or adjective is its stem: 고치다 → 고치.
    return word.removesuffix("다") if len(word) > 1 else word
