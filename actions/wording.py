"""Maru's own sentences, from the locale catalogues."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from knowledge.entry import Locale

_FOLDER = Path(__file__).parent / "locales"


@lru_cache(maxsize=8)
def catalogue(locale: Locale) -> dict[str, str]:
    """Every sentence of a language by key."""
    content: dict[str, str] = json.loads((_FOLDER / f"{locale}.json").read_text("utf-8"))
    return content


def say(key: str, locale: Locale, *, city: str, contact: str) -> str:
    """One sentence with the city's name and contact put in. Raises ``KeyError`` for an unknown key."""
    return catalogue(locale)[key].replace("{city}", city).replace("{contact}", contact)
