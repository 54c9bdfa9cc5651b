"""What the city has published: the seeds' questions and answers and Rasa's examples."""

from __future__ import annotations

from functools import lru_cache

import yaml

from maru.cli.transcripts import examples_of_rasa
from maru.settings import ROOT
from privacy.strict_pass import StrictPass


@lru_cache(maxsize=1)
def strict_pass() -> StrictPass:
    """The strict pass over the shipped FAQ."""
    texts = [
        text for file in sorted((ROOT / "data" / "faq").rglob("*.yml")) for text in _texts(file.read_text("utf-8"))
    ]
    return StrictPass([*texts, *examples_of_rasa()])


def _texts(seeds: str) -> list[str]:
    entries = yaml.safe_load(seeds)["entries"]
    languages = [language for entry in entries for language in (entry, entry.get("en") or {})]
    return [
        text
        for each in languages
        for text in (each.get("question", ""), each.get("answer", ""), *(each.get("variants") or []))
    ]
